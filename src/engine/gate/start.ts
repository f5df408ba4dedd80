import { personBehind } from '../../access/index.ts'
import { match } from '../../kernel/index.ts'
import { type AdmissibleStart, admissible } from './admissible.ts'
import type { Gate, StartAnswer, StartAsk } from './ask.ts'
import { admit, block, type Decision, join, type RunRow } from './commit.sql.ts'
import { decideStart, type StartVerdict } from './decide-start.ts'
import { draftOf } from './draft-outcome.ts'
import { forgetExpiredAnswer } from './records.sql.ts'
import type { StartOutcome } from './start-outcome.ts'

/** How often a start is decided again when the ground shifted under it. */
const MOST_TURNS = 10

/**
 * Answers a start: reads the facts, decides, commits; and begins again when what it was decided on no
 * longer holds at the commit. This is the only way to a run. Faults of the database are thrown.
 */
export async function start(gate: Gate, ask: StartAsk): Promise<StartAnswer> {
  const { userId } = personBehind(ask.actor)
  if (ask.idempotency && userId) await forgetExpiredAnswer(gate.db, userId, ask.idempotency.key)
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const asked = await admissible(gate, ask)
    if (asked.kind !== 'admissible') return asked
    const before = answeredBefore(ask, asked)
    if (before) return before
    const verdict = decideStart(asked.facts)
    const decision = decisionOf(ask, asked, verdict)
    await gate.atRacePoint?.('before_commit')
    const run = await commit(gate, decision, verdict).catch((fault) => askAgainOrThrow(fault, decision))
    await gate.atRacePoint?.('after_commit')
    if (run === 'key_undecided') return { kind: 'key_undecided' }
    if (run) return { kind: 'decided', outcome: { ...decision.draft, run }, role: asked.ground.role }
  }
  return { kind: 'undecided' }
}

/** The kept answer to the same request under the same key; another request under it is refused. */
function answeredBefore({ idempotency }: StartAsk, { ground }: AdmissibleStart): StartAnswer | null {
  const { kept, role } = ground
  if (!kept) return null
  if (kept.requestHash !== idempotency?.requestHash) return { kind: 'key_reused' }
  return { kind: 'decided', outcome: kept.answer as StartOutcome, role }
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
  ask: StartAsk,
  { facts, ground, input }: AdmissibleStart,
  verdict: StartVerdict,
): Decision {
  return {
    actor: ask.actor,
    facts,
    scopeKey: ground.tenant.scopeKey,
    selection: input.selection,
    draft: draftOf({ facts, ground }, verdict),
    sourceSurface: input.sourceSurface,
    correlationId: ask.correlationId,
    idempotency: ask.idempotency,
  }
}
