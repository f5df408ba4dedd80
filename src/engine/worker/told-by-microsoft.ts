import type { GraphFailure } from '../../graph/index.ts'
import type { ItemFailure } from '../runs/index.ts'

/**
 * A failure as support at Microsoft asks for it: the code, and by which ids they find the request. Only for
 * diagnostics; it holds no secret, and of Microsoft's text not more than a line.
 */
export function toldByMicrosoft({ diagnostics, kind }: GraphFailure): ItemFailure[] {
  const facts = NAMED.flatMap(([field, name]) => {
    const fact = diagnostics[field]
    return fact === undefined ? [] : [`${name} ${fact}`]
  })
  if (facts.length === 0) return []
  return [{ code: diagnostics.code ?? kind, message: facts.join(', '), count: 1 }]
}

const NAMED = [
  ['status', 'HTTP'],
  ['requestId', 'request-id'],
  ['clientRequestId', 'client-request-id'],
  ['traceId', 'trace'],
  ['correlationId', 'correlation'],
  ['message', 'message'],
] as const
