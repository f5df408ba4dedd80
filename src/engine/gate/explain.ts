import { admissible } from './admissible.ts'
import type { Gate, Refusal, StartAsk } from './ask.ts'
import { decideStart, type StartVerdict } from './decide-start.ts'
import type { StartGround } from './facts.sql.ts'
import type { StartFacts } from './start-facts.ts'

export type ExplainAnswer =
  | {
      readonly kind: 'explained'
      readonly verdict: StartVerdict
      readonly facts: StartFacts
      readonly ground: StartGround
    }
  | Refusal

/** What a start would come to at this moment, on the same facts and by the same decision; starts nothing. */
export async function explain(gate: Gate, ask: StartAsk): Promise<ExplainAnswer> {
  const asked = await admissible(gate, { ...ask, idempotency: null })
  if (asked.kind === 'answered_before') return { kind: 'undecided' }
  if (asked.kind !== 'admissible') return asked
  const { facts, ground } = asked
  return { kind: 'explained', verdict: decideStart(facts), facts, ground }
}
