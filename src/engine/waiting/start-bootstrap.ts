import { randomUUID } from 'node:crypto'
import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import { answeredAlready, type Gate, type StartAnswer, type StartAsk, startStep } from '../gate/index.ts'
import { advance } from './advance.ts'
import { type BootstrapStep, enterBootstrap, stepsOf } from './bootstrap.sql.ts'
import { recordSessionDeed, touchSession } from './onboarding-session.sql.ts'
import { type Candidate, candidateOf, heldBackBy } from './step-order.ts'

/** A bootstrap as somebody asks for it, for a session and a connection that were looked at already. */
export interface BootstrapAsk {
  readonly actor: PersonalActor
  readonly sessionId: number
  readonly tenantId: number
  readonly connectionId: number
  readonly operations: readonly OperationCode[]
  readonly sourceSurface: string | null
  readonly idempotency: StartAsk['idempotency']
  /** The version that the client saw, if it says so. */
  readonly expectedVersion: number | null
  readonly correlationId: string
  /** Whether what was seen of the session still holds, asked once nobody else can change it. */
  stillHolds(tx: Db): Promise<boolean>
  /** Hears of a fault in letting the line move, which takes nothing from the answer. */
  report(fault: unknown): void
}

/** What comes of it: an answer of the gate, or why the session could not take it. */
export type BootstrapAnswer =
  | StartAnswer
  | { readonly kind: 'stale' }
  | { readonly kind: 'session_ended' }
  /** Everything that was asked for has finished already. */
  | { readonly kind: 'nothing_left' }
  | { readonly kind: 'line_full' }

type Turn = BootstrapAnswer | { readonly kind: 'again' }

const MOST_TURNS = 10

/**
 * Starts a bootstrap, or more of it: its operations enter the session's order, and whichever is next goes through the
 * gate at once. Order, decision, run and the client's kept answer are one commit. The others follow by themselves.
 */
export async function startBootstrap(gate: Gate, ask: BootstrapAsk): Promise<BootstrapAnswer> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const correlationId = turn === 0 ? ask.correlationId : randomUUID()
    const [first] = ask.operations
    if (!first) return { kind: 'nothing_left' }
    const before = await answeredAlready(gate, startOf(ask, first, correlationId))
    if (before) return before
    const came = await oneTurn(gate, { ...ask, correlationId })
    if (came.kind === 'again') continue
    await moveIfFreed(gate, came, ask).catch(ask.report)
    return came
  }
  return { kind: 'undecided' }
}

/** Whatever is not decided leaves nothing behind: neither order nor version. */
class NotDecided extends Error {
  readonly came: Turn
  constructor(came: Turn) {
    super(came.kind)
    this.came = came
  }
}

const oneTurn = (gate: Gate, ask: BootstrapAsk): Promise<Turn> =>
  gate.db
    .transaction()
    .execute(async (tx) => {
      const came = await tryIn(tx, gate, ask)
      if (came.kind === 'decided') return came
      throw new NotDecided(came)
    })
    .catch(notDecidedOrThrow)

function notDecidedOrThrow(fault: unknown): Turn {
  if (fault instanceof NotDecided) return fault.came
  const { code, constraint } = fault as { code?: string; constraint?: string }
  if (constraint === 'waiting_starts_bounded') return { kind: 'line_full' }
  if (code === '40P01' || code === '40001') return { kind: 'again' }
  throw fault
}

async function tryIn(tx: Db, gate: Gate, ask: BootstrapAsk): Promise<Turn> {
  const { actor, connectionId, correlationId, expectedVersion, operations, sessionId, tenantId } = ask
  const session = await touchSession(tx, sessionId, actor, expectedVersion)
  if (!session) return { kind: 'stale' }
  if (session.state === 'cancelled') return { kind: 'session_ended' }
  if (session.connectionId !== connectionId || !(await ask.stillHolds(tx))) return { kind: 'stale' }
  const before = await stepsOf(tx, sessionId)
  const known = operations.filter((operation) => before.some((step) => step.operation === operation))
  if (session.state === 'completed' && known.length < operations.length) return { kind: 'session_ended' }
  const entering = [...new Set([...operations, ...heldIn(before)])]
  await enterBootstrap(tx, { ...session, actor, sessionId, tenantId, connectionId, operations: entering })
  const steps = await stepsOf(tx, sessionId)
  const next = candidateOf(steps)
  if (!next) return { kind: 'nothing_left' }
  const facts = { operations, connectionId }
  await recordSessionDeed(tx, session, { action: 'onboarding.bootstrap', actor, correlationId, facts })
  return startStep({ ...gate, db: tx }, startOf(ask, next.step.operation, correlationId), {
    as: next.runId === null ? { waitingStartId: next.step.id } : { runId: next.runId },
    orderAfter: (kind) => orderOf(steps, next, kind),
  })
}

/** What did not end well is first in the order, so whoever asks for anything resumes it. */
const heldIn = (steps: readonly BootstrapStep[]) => {
  const held = heldBackBy(steps)
  return held ? [held.operation] : []
}

/** What the answer says of the order: the one at work, if any is, and everything that is still to come. */
function orderOf(steps: readonly BootstrapStep[], { step }: Candidate, kind: string) {
  const isAtWork = kind === 'accepted' || kind === 'deduped'
  const pending = steps.filter(({ id, state }) => state === 'pending' && !(isAtWork && id === step.id))
  return {
    acceptedOperation: isAtWork ? step.operation : null,
    pendingOperations: pending.map(({ operation }) => operation),
  }
}

const startOf = (ask: BootstrapAsk, operation: OperationCode, correlationId: string): StartAsk => ({
  actor: ask.actor,
  target: { kind: 'tenant', tenantId: asTenantId(ask.tenantId) },
  surface: 'bootstrap',
  operation,
  parsed: {
    ok: true,
    input: { connectionId: ask.connectionId, selection: {}, sourceSurface: ask.sourceSurface },
  },
  idempotency: ask.idempotency,
  correlationId,
})

/** The run in the way may have ended while the order was being written, and told nobody. */
async function moveIfFreed(
  gate: Gate,
  came: BootstrapAnswer,
  { report, tenantId }: BootstrapAsk,
): Promise<void> {
  if (came.kind !== 'decided' || came.outcome.kind === 'accepted') return
  const query = gate.db.selectFrom('tenants').select('scope_key').where('id', '=', tenantId)
  const tenant = await query.executeTakeFirst()
  if (tenant) await advance(gate, tenant.scope_key, report)
}
