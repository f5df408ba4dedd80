import type { Role } from '../../access/index.ts'
import { admissible } from './admissible.ts'
import type { Gate, Refusal, StartAsk } from './ask.ts'
import { decideStart } from './decide-start.ts'
import { draftOf } from './draft-outcome.ts'
import type { DraftOutcome } from './start-outcome.ts'

export type ExplainAnswer =
  | {
      readonly kind: 'explained'
      readonly draft: DraftOutcome
      /** The run that a start would join or find in its way. */
      readonly holder: { readonly runId: number } | null
      readonly role: Role
    }
  | Refusal

/** What a start would come to at this moment, on the same facts and by the same decision; starts nothing. */
export async function explain(gate: Gate, ask: StartAsk): Promise<ExplainAnswer> {
  const asked = await admissible(gate, { ...ask, idempotency: null })
  if (asked.kind !== 'admissible') return asked
  const verdict = decideStart(asked.facts)
  return {
    kind: 'explained',
    draft: draftOf(asked, verdict),
    holder: 'active' in verdict ? verdict.active : null,
    role: asked.ground.role,
  }
}
