import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Gate, type StartAnswer, type StartAsk, start } from '../../src/engine/gate/index.ts'
import type { RacePoint } from '../../src/kernel/index.ts'

/** What came of one start: the outcome or refusal, and the run it names. */
export interface Answered {
  readonly said: string
  readonly runId: number | null
}

/** One of many starts; it may pause on its way. */
export interface AskAtOnce {
  readonly ask: StartAsk
  readonly pause?: { readonly at: RacePoint; readonly milliseconds: number } | null
}

export type ToStarter =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'asks'; readonly asks: readonly AskAtOnce[] }
  | { readonly kind: 'go' }
export type FromStarter = { kind: 'open' | 'ready' } | { kind: 'done'; answers: readonly Answered[] }

/** Processes that start what they are told to, all at once, round after round. */
export interface Starters {
  /** Answers in the order of the starts, which are dealt out to all processes. */
  start(asks: readonly AskAtOnce[]): Promise<Answered[]>
  close(): void
}

/** Opens that many processes, each with all its connections to a PostgreSQL. */
export async function openStarters(processes: number, url: string): Promise<Starters> {
  const starters = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('starter.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] }),
  )
  const close = () => {
    for (const starter of starters) starter.kill('SIGKILL')
  }
  const tellAll = (message: (place: number) => ToStarter, answer: FromStarter['kind']) =>
    Promise.all(
      starters.map((starter, place) => {
        const heard = hear(starter, answer)
        starter.send(message(place))
        return heard
      }),
    )
  try {
    await tellAll(() => ({ kind: 'open', url }), 'open')
  } catch (fault) {
    close()
    throw fault
  }
  return {
    async start(asks) {
      const dealt = (place: number) => asks.filter((_, number) => number % processes === place)
      await tellAll((place) => ({ kind: 'asks', asks: dealt(place) }), 'ready')
      const done = await tellAll(() => ({ kind: 'go' }), 'done')
      const answers = done.map((message) => (message.kind === 'done' ? message.answers : []))
      return asks.map((_, number) => {
        const answer = answers[number % processes]?.[Math.floor(number / processes)]
        if (!answer) throw new Error(`Start ${number} was not answered`)
        return answer
      })
    },
    close,
  }
}

/** Starts everything at the same time, dealt out to that many new processes. */
export async function startFromProcesses(
  processes: number,
  url: string,
  asks: readonly StartAsk[],
): Promise<Answered[]> {
  const starters = await openStarters(processes, url)
  try {
    return await starters.start(asks.map((ask) => ({ ask })))
  } finally {
    starters.close()
  }
}

async function hear(starter: ChildProcess, kind: FromStarter['kind']): Promise<FromStarter> {
  const listening = new AbortController()
  const { signal } = listening
  try {
    const gone = once(starter, 'exit', { signal }).then(([code]) => {
      throw new Error(`A starter ended with ${code} before it was ${kind}`)
    })
    const [message] = (await Promise.race([once(starter, 'message', { signal }), gone])) as [FromStarter]
    if (message.kind !== kind) throw new Error(`A starter said ${message.kind} instead of ${kind}`)
    return message
  } finally {
    listening.abort()
  }
}

/** Makes one of many starts; a fault is an answer, too. */
export async function answerTo(gate: Gate, { ask, pause }: AskAtOnce): Promise<Answered> {
  const atRacePoint = async (point: RacePoint) => {
    if (pause?.at === point) await new Promise((resolve) => setTimeout(resolve, pause.milliseconds))
  }
  return start({ ...gate, atRacePoint }, ask).then(inShort, (fault: unknown) => ({
    said: `failed: ${String(fault)}`,
    runId: null,
  }))
}

function inShort(answer: StartAnswer): Answered {
  if (answer.kind !== 'decided') return { said: answer.kind, runId: null }
  return { said: answer.outcome.kind, runId: answer.outcome.run.id }
}

/** How often each answer was given. */
export const tallyOf = (answers: readonly Answered[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ said }) => said)].map(([said, { length }]) => [said, length]),
  )

/** The runs that the answers name, each once. */
export const runsNamed = (answers: readonly Answered[]) => [...new Set(answers.map(({ runId }) => runId))]
