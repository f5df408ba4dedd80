import { type Actor, personBehind } from '../../access/index.ts'
import { match } from '../../kernel/index.ts'
import type { AdmissibleStart } from './admissible.ts'
import type { Gate } from './ask.ts'
import { admit, block, type Decision, join, type RunRow } from './commit.sql.ts'
import { decideStart, type StartVerdict } from './decide-start.ts'
import { draftOf } from './draft-outcome.ts'
import type { BootstrapOrder, StartOutcome } from './start-outcome.ts'

/** Who has a start decided, and for whom. */
export interface Asker {
  readonly actor: Actor
  /** The person it belongs to; without one it is the actor's own. */
  readonly person?: Decision['initiator']
  readonly waitingStartId?: number
  /** Somebody pressed a button for it just now and sees the answer, although it is a waiting start. */
  readonly isAtTheClick?: boolean
  /** What a bootstrap says of its order, whichever way its start is decided. */
  readonly orderAfter?: (kind: StartVerdict['kind']) => BootstrapOrder
  readonly correlationId: string
  readonly idempotency: Decision['idempotency']
}

/**
 * One turn: decides a start and writes what was decided. Undefined when it no longer holds, and the ground has to be
 * read again; `key_undecided` when somebody else is at the client's key.
 */
export async function decideAndCommit(
  gate: Gate,
  asker: Asker,
  asked: AdmissibleStart,
): Promise<StartOutcome | 'key_undecided' | undefined> {
  const verdict = decideStart(asked.facts)
  const decision = decisionOf(asker, asked, verdict)
  await gate.atRacePoint?.('before_commit')
  const run = await commit(gate, decision, verdict).catch((fault) => askAgainOrThrow(fault, decision))
  await gate.atRacePoint?.('after_commit')
  return run === undefined || run === 'key_undecided' ? run : { ...decision.draft, run }
}

/** Writes what was decided; undefined when it no longer holds. */
const commit = ({ db }: Gate, decision: Decision, verdict: StartVerdict): Promise<RunRow | undefined> =>
  match(verdict, {
    accepted: ({ connectionId, connectionVersion }) =>
      admit(db, decision, { id: connectionId, version: connectionVersion }),
    deduped: ({ active }) => join(db, decision, active.runId),
    scope_busy: ({ active }) => join(db, decision, active.runId),
    blocked: ({ reason }) => block(db, decision, reason),
  })

/** PostgreSQL's words for "somebody else was in the way": decide again, on new facts. */
const IN_THE_WAY = new Set([
  '23505', // unique_violation: the client's key was used between facts and commit
  '40001', // serialization_failure
  '40P01', // deadlock_detected
])
const LOCK_NOT_AVAILABLE = '55P03'

function askAgainOrThrow(fault: unknown, { idempotency }: Decision): 'key_undecided' | undefined {
  const { code = '' } = fault as { code?: string }
  if (IN_THE_WAY.has(code)) return undefined
  if (code === LOCK_NOT_AVAILABLE && idempotency) return 'key_undecided'
  throw fault
}

function decisionOf(
  { actor, correlationId, idempotency, isAtTheClick = false, orderAfter, person, waitingStartId }: Asker,
  { facts, ground, input }: AdmissibleStart,
  verdict: StartVerdict,
): Decision {
  return {
    actor,
    initiator: person ?? personBehind(actor),
    facts,
    scopeKey: ground.tenant.scopeKey,
    selection: input.selection,
    draft: {
      ...draftOf({ facts, ground }, verdict),
      ...(orderAfter && { bootstrap: orderAfter(verdict.kind) }),
    },
    sourceSurface: input.sourceSurface,
    correlationId,
    idempotency,
    waitingStartId: waitingStartId ?? null,
    isUnattended: waitingStartId !== undefined && !isAtTheClick,
  }
}
