import { personBehind } from '../../access/index.ts'
import { type AdmissibleStart, admissible } from './admissible.ts'
import type { Gate, StartAnswer, StartAsk } from './ask.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { forgetExpiredAnswer } from './records.sql.ts'
import type { StartOutcome } from './start-outcome.ts'

/** How often a start is decided again when the ground shifted under it. */
const MOST_TURNS = 10

/**
 * Answers a start: reads the facts, decides, commits; and begins again when what it was decided on no
 * longer holds at the commit. This, `startStep` and `startWaiting` are the only ways to a run. Faults of the database are thrown.
 */
export async function start(gate: Gate, ask: StartAsk): Promise<StartAnswer> {
  const { userId } = personBehind(ask.actor)
  if (ask.idempotency && userId) await forgetExpiredAnswer(gate.db, userId, ask.idempotency.key)
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const asked = await admissible(gate, ask)
    if (asked.kind !== 'admissible') return asked
    const before = answeredBefore(ask, asked)
    if (before) return before
    const outcome = await decideAndCommit(gate, ask, asked)
    if (outcome === 'key_undecided') return { kind: 'key_undecided' }
    if (outcome) return { kind: 'decided', outcome, ...knownOf(asked) }
  }
  return { kind: 'undecided' }
}

/** The kept answer to the same request under the same key; another request under it is refused. */
export function answeredBefore({ idempotency }: StartAsk, asked: AdmissibleStart): StartAnswer | null {
  const { kept } = asked.ground
  if (!kept) return null
  if (kept.requestHash !== idempotency?.requestHash) return { kind: 'key_reused' }
  return { kind: 'decided', outcome: kept.answer as StartOutcome, ...knownOf(asked) }
}

/** What an answer tells beside its outcome: the asker's role, and what the start would work on. */
export const knownOf = ({ ground, input }: AdmissibleStart) => ({
  role: ground.role,
  selection: input.selection,
})
