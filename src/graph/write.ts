import type { Answer, Exchange } from './exchange.ts'
import { failed, type GraphFailure, type Result } from './failure.ts'

/**
 * What the result of a request means when it was a write. Only an answer in which Microsoft refuses says that it was
 * not carried out, and 429 is one; a lost connection, an answer too late, a server error or an answer nobody
 * can read says nothing.
 */
export function asWrite(answer: Exchange, result: Result<Answer>): Result<Answer> {
  if (result.ok) return result
  const { failure } = result
  if (answer.kind === 'cancelled') return answer.wasSent ? unknown('cancelled', failure) : result
  if (failure.kind === 'unreachable') return unknown(failure.detail, failure)
  if (failure.kind === 'throttled' && failure.diagnostics.status !== 429)
    return unknown('server_error', failure)
  return result
}

/** A write was carried out, but what Microsoft said of it is missing. */
export const unreadableWrite = (failure: GraphFailure): Result<never> => unknown('unreadable', failure)

type Detail = Extract<GraphFailure, { kind: 'outcome_unknown' }>['detail']

const unknown = (detail: Detail, { diagnostics }: GraphFailure): Result<never> =>
  failed({ kind: 'outcome_unknown', detail }, diagnostics)
