import { personBehind } from '../../access/index.ts'
import { type AdmissibleStart, admissible } from './admissible.ts'
import type { Gate, StartAnswer, StartAsk } from './ask.ts'
import { type Asker, decideAndCommit } from './decide-and-commit.ts'
import { decideStart } from './decide-start.ts'
import { forgetExpiredAnswer } from './records.sql.ts'
import { answeredBefore, knownOf } from './start.ts'

/** A step of a bootstrap that somebody asks for: the waiting start that it is, or the run of one that is at work. */
export interface StepToTry {
  readonly as: { readonly waitingStartId: number } | { readonly runId: number }
  readonly orderAfter: NonNullable<Asker['orderAfter']>
}

/** What came of trying it; `again` when the ground shifted and everything has to be read anew. */
export type TriedStep = StartAnswer | { readonly kind: 'again' }

/** What there is to answer before anything is looked at: a refusal, or the answer kept under the client's key. */
export async function answeredAlready(gate: Gate, ask: StartAsk): Promise<StartAnswer | null> {
  const { userId } = personBehind(ask.actor)
  if (ask.idempotency && userId) await forgetExpiredAnswer(gate.db, userId, ask.idempotency.key)
  const asked = await admissible(gate, ask)
  return asked.kind === 'admissible' ? answeredBefore(ask, asked) : asked
}

/**
 * Tries a step at the click, in the transaction that `gate.db` is: with the decision its waiting start leaves the
 * line, or stays in it while the scope is busy. One that is at work is joined, and never started a second time; where
 * nothing may start, that is what is told.
 */
export async function startStep(gate: Gate, ask: StartAsk, step: StepToTry): Promise<TriedStep> {
  const { as, orderAfter } = step
  const asked = await admissible(gate, ask)
  if (asked.kind !== 'admissible') return asked
  const { actor, correlationId, idempotency } = ask
  const asker = { actor, correlationId, idempotency, orderAfter }
  if ('runId' in as) {
    const isAtWork = asked.facts.active?.runId === as.runId
    if (!isAtWork && decideStart(asked.facts).kind !== 'blocked') return { kind: 'again' }
    return answerOf(asked, await decideAndCommit(gate, asker, asked))
  }
  const { waitingStartId } = as
  const facts = { ...asked.facts, waited: { waitingStartId, since: null, mayStart: true } }
  return answerOf(
    asked,
    await decideAndCommit(gate, { ...asker, waitingStartId, isAtTheClick: true }, { ...asked, facts }),
  )
}

function answerOf(asked: AdmissibleStart, outcome: Awaited<ReturnType<typeof decideAndCommit>>): TriedStep {
  if (!outcome) return { kind: 'again' }
  return outcome === 'key_undecided' ? { kind: outcome } : { kind: 'decided', outcome, ...knownOf(asked) }
}
