import { randomUUID } from 'node:crypto'
import { type PersonalActor, type Role, roleMay, SYSTEM } from '../../access/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import { definitionOf, type OperationCode } from '../catalog/index.ts'
import type { AdmissibleStart } from './admissible.ts'
import type { Gate } from './ask.ts'
import type { Decision } from './commit.sql.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { type GroundQuestion, groundOfStart } from './facts.sql.ts'
import { factsOf } from './facts.ts'
import type { Selection } from './identity.ts'
import { isFirstInLine } from './records.sql.ts'
import type { StartOutcome } from './start-outcome.ts'

/** A start that waited in line, as it was asked for. */
export interface WaitingStart {
  readonly id: number
  /** Who asked, as they would ask today; null when nobody of that account is left. */
  readonly actor: PersonalActor | null
  /** Whose it is, as records name them. */
  readonly person: Decision['initiator']
  readonly tenantId: number
  readonly operation: OperationCode
  readonly selection: Selection
  /** The connection that was chosen; null means the default. */
  readonly connectionId: number | null
  readonly since: string
  /** The onboarding session of whose bootstrap it is a step; null for any other. */
  readonly sessionId: number | null
}

/** What came of trying it: an outcome, or nothing, because its turn is over or not yet, or the ground kept shifting. */
export type TriedStart = StartOutcome['kind'] | 'not_its_turn' | 'undecided'

const MOST_TURNS = 10

/**
 * Tries a start that waited, as the person who asked, judged by what is true now; it is System's deed, and its run
 * is the person's. Run, audit record and the end of the waiting are one commit; while the scope is busy it waits on.
 */
export async function startWaiting(gate: Gate, waiting: WaitingStart): Promise<TriedStart> {
  const asker = {
    actor: SYSTEM,
    person: waiting.person,
    waitingStartId: waiting.id,
    correlationId: randomUUID(),
    idempotency: null,
  }
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const asked = await standing(gate, waiting)
    if (!asked) return 'not_its_turn'
    const outcome = await decideAndCommit(gate, asker, asked)
    if (typeof outcome === 'object') return outcome.kind
    if (!(await isFirstInLine(gate.db, waiting.id))) return 'not_its_turn'
  }
  return 'undecided'
}

/** How the start stands now: everything about it, whoever may see that, and whether its person may still start it. */
async function standing(gate: Gate, waiting: WaitingStart): Promise<AdmissibleStart | null> {
  const definition = definitionOf(waiting.operation)
  const { connectionId, selection } = waiting
  const isStep = waiting.sessionId !== null
  const mayStart = await hasRole(
    gate,
    waiting,
    (role) =>
      roleMay(role, definition.capability) && (!isStep || roleMay(role, 'workspace.onboarding.manage')),
  )
  const ground = await groundOfStart(gate.db, { ...questionOf(waiting), actor: SYSTEM })
  await gate.atRacePoint?.('after_facts')
  if (!ground) return null
  const waited = { waitingStartId: waiting.id, since: isStep ? null : waiting.since, mayStart }
  return {
    kind: 'admissible',
    definition,
    input: { connectionId, selection, sourceSurface: isStep ? 'onboarding.bootstrap' : 'start when free' },
    ground,
    facts: { ...factsOf(gate, definition, selection, ground), waited },
  }
}

async function hasRole(gate: Gate, waiting: WaitingStart, isEnough: (role: Role) => boolean) {
  if (!waiting.actor) return false
  const ground = await groundOfStart(gate.db, { ...questionOf(waiting), actor: waiting.actor })
  return ground !== undefined && isEnough(ground.role)
}

const questionOf = ({ connectionId, operation, tenantId }: WaitingStart): Omit<GroundQuestion, 'actor'> => ({
  target: { kind: 'tenant', tenantId: asTenantId(tenantId) },
  operation,
  connectionId,
  idempotencyKey: null,
})
