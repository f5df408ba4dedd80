import { z } from 'zod'
import { parseAnswer } from './answer.ts'
import type { Answer } from './exchange.ts'
import { failed, type GraphFailure, type Result, success } from './failure.ts'
import { graphFailure } from './graph-failure.ts'

/** The most requests that Microsoft takes in one batch. */
const MOST = 20

/** One read of a batch: a path that follows the version, and what its answer looks like. */
export interface BatchRead<T> {
  readonly path: string
  readonly schema: z.ZodType<T>
}

/** What a batch is sent with. */
export interface BatchParts {
  /** POSTs the batch once. */
  readonly post: (body: string) => Promise<Result<Answer>>
  /** Reads one path alone, with a new token if the old one is refused. */
  readonly readAlone: (path: string) => Promise<Result<Answer>>
  /** Repeats an attempt that a moment's trouble may have failed, as long as patience lasts. */
  readonly patiently: (attempt: () => Promise<Result<null>>) => Promise<Result<null>>
  /** Hears of each failure inside the answer. */
  readonly learn: (failure: GraphFailure) => void
  readonly now: () => Date
}

/**
 * Reads many things with few requests, at most twenty in each; the results are in the order of the reads. Every
 * read succeeds or fails for itself: those that failed by a moment's trouble are repeated without the others, as
 * long as patience lasts; of those that were throttled the caller hears, and nothing is sent before their pause
 * is over. https://learn.microsoft.com/graph/json-batching
 */
export async function readBatch<T>(parts: BatchParts, reads: readonly BatchRead<T>[]): Promise<Result<T>[]> {
  const results: Result<T>[] = []
  for (let from = 0; from < reads.length; from += MOST)
    results.push(...(await readSome(parts, reads.slice(from, from + MOST))))
  return results
}

async function readSome<T>(parts: BatchParts, reads: readonly BatchRead<T>[]): Promise<Result<T>[]> {
  const results = new Map<BatchRead<T>, Result<T>>()
  let open = reads
  const ended = await parts.patiently(async () => {
    const answers = await answersTo(parts, open)
    for (const [index, read] of open.entries()) {
      const answer = answers[index] ?? MISSING
      if (!answer.ok) parts.learn(answer.failure)
      results.set(read, answer.ok ? parseAnswer(answer.value, read.schema) : answer)
    }
    open = open.filter((read) => isPassing(results.get(read)))
    return longestPause(open.map((read) => results.get(read)))
  })
  const isGivenUp = !ended.ok && ended.failure.kind === 'cancelled'
  return reads.map((read) => (isGivenUp && open.includes(read) ? ended : (results.get(read) ?? MISSING)))
}

/** One request for all of these; what was refused for its token is read once more alone, where it gets a new one. */
async function answersTo(
  { now, post, readAlone }: BatchParts,
  reads: readonly BatchRead<unknown>[],
): Promise<Result<Answer>[]> {
  const requests = reads.map(({ path }, index) => ({ id: String(index), method: 'GET', url: path }))
  const posted = await post(JSON.stringify({ requests }))
  if (!posted.ok) return reads.map(() => posted)
  const body = parseAnswer(posted.value, batchAnswer)
  if (!body.ok) return reads.map(() => body)
  const answers: Result<Answer>[] = []
  for (const [index, { path }] of reads.entries()) {
    const answer = answerOf(body.value, String(index), posted.value, now())
    const isRefused = !answer.ok && answer.failure.kind === 'unauthenticated'
    answers.push(isRefused ? await readAlone(path) : answer)
  }
  return answers
}

const batchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
})

/** The answer to one request of a batch. Answered twice is as good as not at all: nobody knows which one counts. */
function answerOf(
  { responses }: z.infer<typeof batchAnswer>,
  id: string,
  batch: Answer,
  now: Date,
): Result<Answer> {
  const [response, another] = responses.filter((one) => one.id === id)
  if (!response || another) return MISSING
  const answer: Answer = {
    kind: 'answered',
    status: response.status,
    headers: headersOf(response.headers ?? {}, batch),
    text: JSON.stringify(response.body ?? null),
  }
  if (answer.status >= 200 && answer.status < 300) return success(answer)
  return graphFailure(answer, batch.headers.get('client-request-id') ?? '', now)
}

/** A header of its own, or what the whole batch says: its ids, and the date a Retry-After is measured against. */
function headersOf(own: Readonly<Record<string, string>>, batch: Answer): Headers {
  const headers = new Headers()
  for (const name of ['date', 'request-id', 'client-request-id'])
    if (batch.headers.has(name)) headers.set(name, batch.headers.get(name) ?? '')
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  return headers
}

const MISSING = failed({ kind: 'unreachable', detail: 'unreadable' })

const isPassing = (result: Result<unknown> | undefined): boolean =>
  result?.ok === false &&
  (result.failure.kind === 'throttled' ||
    (result.failure.kind === 'unreachable' && result.failure.detail !== 'unreadable'))

/** What stands for all that are to be repeated: the failure with the longest pause; null when nothing is. */
function longestPause(results: readonly (Result<unknown> | undefined)[]): Result<null> {
  const failures = results.flatMap((result) => (result?.ok === false ? [result.failure] : []))
  const [longest] = failures.toSorted((a, b) => pauseOf(b) - pauseOf(a))
  return longest ? { ok: false, failure: longest } : success(null)
}

const pauseOf = (failure: GraphFailure): number =>
  failure.kind === 'throttled' ? (failure.retryAfterSeconds ?? 0) : -1
