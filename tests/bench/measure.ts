/** What one measurement of a call came to: calls per second, and how long one took in milliseconds. */
export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

/** Something to be measured; `call` is one call, `before` and `after` are not timed. */
export interface Subject {
  readonly name: string
  /** Calls that fit into one measurement at most, for what uses something up. */
  readonly most?: number
  before?(): Promise<unknown>
  call(caller: number): Promise<unknown>
  after?(): Promise<unknown>
}

const SECONDS = 1
const WARM_UP = 100

/** Calls a subject again and again from so many callers at once, for a second. */
async function measure(subject: Subject, callers: number): Promise<Measured> {
  await subject.before?.()
  for (let call = 0; call < Math.min(WARM_UP, (subject.most ?? 10_000) / 10); call++)
    await subject.call(call % callers)
  const took: number[] = []
  const began = performance.now()
  const until = began + SECONDS * 1000
  let left = (subject.most ?? Number.POSITIVE_INFINITY) * 0.9
  const one = async (caller: number) => {
    while (performance.now() < until && left > 0) {
      left -= 1
      const asked = performance.now()
      await subject.call(caller)
      took.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => one(caller)))
  const seconds = (performance.now() - began) / 1000
  await subject.after?.()
  return { perSecond: took.length / seconds, p50: percentile(took, 50), p99: percentile(took, 99) }
}

/** The value below which so many percent of the values are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}

/** Measures every subject in turn, several rounds, so that what disturbs the machine disturbs them all. */
export async function inRounds(
  subjects: readonly Subject[],
  callers: number,
  rounds: number,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const all = new Map<string, Measured[]>(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const subject of subjects) all.get(subject.name)?.push(await measure(subject, callers))
  return all
}

export const median = (values: readonly number[]): number => percentile(values, 50)

/** How many times as fast one is as another: the median of the ratios within each round. */
export const ratioOf = (one: readonly Measured[], other: readonly Measured[]): number =>
  median(one.map(({ perSecond }, round) => perSecond / (other[round]?.perSecond ?? Number.NaN)))
