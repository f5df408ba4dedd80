import { expect } from 'vitest'
import { explain, type StartAnswer, start as startAtGate } from '../../../src/engine/gate/index.ts'
import {
  type Asked,
  at,
  collapseOf,
  type Model,
  type Prediction,
  predict,
  runOf,
  type Said,
  settle,
  stillHolds,
  type Verdict,
} from '../model.ts'
import { holdAt, type Real } from '../real.ts'
import { askOf } from '../scene.ts'
import { kindOfStep, note, pick } from '../step.ts'

/** Somebody asks what a start would come to, and then starts. */
export const start = kindOfStep('start', (asked: Asked) => ({
  possible: () => true,
  play: (model, real) => ask(model, real, asked),
}))

/** The very same start once more, with the same key if it had one. */
export const startAgain = kindOfStep('startAgain', (number: number) => ({
  possible: (model) => model.asked.length > 0,
  play: (model, real) => ask(model, real, pick(model.asked, number)),
}))

async function ask(model: Model, real: Real, asked: Asked): Promise<void> {
  await expectForetold(model, real, asked)
  const said = saidBy(await startAtGate(real.world.gate, askOf(real, asked)))
  expectAnswer(model, asked, predict(model, asked), said)
}

/** Somebody starts, and the start is held between its decision and its commit. */
export const beginStart = kindOfStep('beginStart', (asked: Asked) => ({
  possible: ({ starts }) => starts.length < 3,
  async play(model, real) {
    const prediction = predict(model, asked)
    const held = await holdAt('before_commit', (atRacePoint) =>
      startAtGate({ ...real.world.gate, atRacePoint }, askOf(real, asked)),
    )
    if (held.over || !isVerdict(prediction))
      return expectAnswer(model, asked, prediction, saidBy(await held.result))
    const id = model.nextId++
    model.starts.push({ id, asked, verdict: prediction })
    real.starts.set(id, held)
  },
}))

/** A held start commits what it decided, or decides anew when that no longer holds. */
export const releaseStart = kindOfStep('releaseStart', (number: number) => ({
  possible: ({ starts }) => starts.length > 0,
  async play(model, real) {
    const held = pick(model.starts, number)
    model.starts.splice(model.starts.indexOf(held), 1)
    const still = stillHolds(model, held.asked, held.verdict)
    note(still ? 'a held start commits what it decided' : 'a held start decides anew')
    const prediction = still ? held.verdict : predict(model, held.asked)
    const { letGo, result } = at([real.starts.get(held.id)], 0) ?? expect.fail()
    letGo()
    expectAnswer(model, held.asked, prediction, saidBy(await result))
  },
}))

/** What is explained is what the start that follows is answered; a repeated request is told what is so now. */
async function expectForetold(model: Model, real: Real, asked: Asked): Promise<void> {
  const prediction = predict(model, { ...asked, key: null })
  const answer = await explain(real.world.gate, askOf(real, asked))
  if (prediction.kind === 'forbidden') model.forbidden += 1
  if (answer.kind !== 'explained') return expect(answer.kind).toBe(prediction.kind)
  const { draft, holder } = answer
  expect({ kind: draft.kind, holder: holder?.runId ?? null, reason: reasonIn(draft) }).toEqual({
    kind: prediction.kind,
    holder: 'holder' in prediction ? prediction.holder : null,
    reason: reasonFor(prediction),
  })
}

function expectAnswer(model: Model, asked: Asked, prediction: Prediction, said: Said): void {
  note(`answered ${prediction.kind}`)
  if (prediction.kind === 'forbidden') model.forbidden += 1
  expect(said).toEqual(answerOf(model, asked, prediction))
  if (!isVerdict(prediction)) return
  if (prediction.kind === 'accepted') expectNewRun(model, prediction.scope, said)
  settle(model, asked, prediction, said)
}

function answerOf(model: Model, asked: Asked, prediction: Prediction): unknown {
  if (prediction.kind === 'replayed') return prediction.said
  if (!isVerdict(prediction)) return { kind: prediction.kind }
  const answer = { kind: prediction.kind, reason: reasonFor(prediction), runId: expect.any(Number), tries: 1 }
  if (prediction.kind === 'accepted') return { ...answer, runStatus: 'queued' }
  if (prediction.kind === 'blocked')
    return { ...answer, runStatus: 'completed', ...recordOf(model, asked, prediction) }
  return { ...answer, runId: prediction.holder, runStatus: runOf(model, prediction.holder).phase }
}

/** The record on which a blocked start is counted, if there is one already. */
function recordOf(model: Model, asked: Asked, blocked: Verdict & { kind: 'blocked' }) {
  note(`blocked: ${blocked.reason}`)
  const runId = model.collapsing.get(collapseOf(asked, blocked))
  if (runId === undefined) return {}
  note('a blocked start is counted on the first one')
  return { runId, tries: runOf(model, runId).startsAnswered + 1 }
}

function expectNewRun(model: Model, scope: string, { runId }: Said): void {
  expect(model.runs.has(runId ?? 0)).toBe(false)
  for (const run of model.runs.values())
    if (run.admitted && run.scope === scope) note('accepted on a scope that was held before')
}

function saidBy(answer: StartAnswer): Said {
  if (answer.kind !== 'decided') return { kind: answer.kind }
  const { outcome } = answer
  const { id, status, tries } = outcome.run
  return { kind: outcome.kind, reason: reasonIn(outcome), runId: id, runStatus: status, tries }
}

const isVerdict = (prediction: Prediction): prediction is Verdict =>
  !['invisible', 'forbidden', 'key_reused', 'replayed'].includes(prediction.kind)

const reasonIn = (outcome: { kind: string; reason?: { code: string } }) => outcome.reason?.code ?? null

function reasonFor(prediction: Prediction): string | null {
  if (prediction.kind === 'blocked') return prediction.reason
  if (prediction.kind === 'deduped') return 'already_running'
  return prediction.kind === 'scope_busy' ? 'scope_busy' : null
}
