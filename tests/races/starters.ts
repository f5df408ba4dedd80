import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StartAsk } from '../../src/engine/gate/index.ts'

/** What came of one start: the outcome or refusal, and the run it names. */
export interface Answered {
  readonly said: string
  readonly runId: number | null
}

export interface ToStarter {
  readonly url: string
  readonly asks: readonly StartAsk[]
}
export type FromStarter = { kind: 'warm' } | { kind: 'done'; answers: readonly Answered[] }

/** Starts everything at the same time, dealt out to that many processes. */
export async function startFromProcesses(
  processes: number,
  url: string,
  asks: readonly StartAsk[],
): Promise<Answered[]> {
  const starters = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('starter.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] }),
  )
  try {
    const warm = starters.map((starter) => hear(starter, 'warm'))
    for (const [place, starter] of starters.entries())
      starter.send({
        url,
        asks: asks.filter((_, number) => number % processes === place),
      } satisfies ToStarter)
    await Promise.all(warm)
    const done = starters.map((starter) => hear(starter, 'done'))
    for (const starter of starters) starter.send('go')
    return (await Promise.all(done)).flatMap((message) => (message.kind === 'done' ? message.answers : []))
  } finally {
    for (const starter of starters) starter.kill('SIGKILL')
  }
}

async function hear(starter: ChildProcess, kind: FromStarter['kind']): Promise<FromStarter> {
  const gone = once(starter, 'exit').then(([code]) => {
    throw new Error(`A starter ended with ${code} before it was ${kind}`)
  })
  const [message] = (await Promise.race([once(starter, 'message'), gone])) as [FromStarter]
  if (message.kind !== kind) throw new Error(`A starter said ${message.kind} instead of ${kind}`)
  return message
}

/** How often each answer was given. */
export const tallyOf = (answers: readonly Answered[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ said }) => said)].map(([said, { length }]) => [said, length]),
  )

/** The runs that the answers name, each once. */
export const runsNamed = (answers: readonly Answered[]) => [...new Set(answers.map(({ runId }) => runId))]
