import type { z } from 'zod'
import type { Answer } from './exchange.ts'
import { failed, type Result, success } from './failure.ts'

/** Reads the body with the schema; a body of another shape is unreadable, and not worth a retry. */
export function parseAnswer<T>(answer: Answer, schema: z.ZodType<T>): Result<T> {
  const parsed = schema.safeParse(parseJson(answer.text))
  if (parsed.success) return success(parsed.data)
  return failed(
    { kind: 'unreachable', detail: 'unreadable' },
    {
      status: answer.status,
      requestId: answer.headers.get('request-id'),
      clientRequestId: answer.headers.get('client-request-id'),
    },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
