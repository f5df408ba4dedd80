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
    return JSON.parse(UNSTORABLE.test(text) ? storable(text) : text)
  } catch {
    return undefined
  }
}

/** An escape of half a character, or of the character that ends texts elsewhere; it may also be half of a whole one. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i

const ESCAPES = /\\(?:ud[89ab]..\\ud[c-f]..|u.{4}|.)/gi
const UNSTORABLE_ALONE = /^\\u(0000|d[89a-f]..)$/i

/** A name that was cut in the middle of a character is valid JSON, but no text that a database keeps. */
const storable = (text: string): string =>
  text.replace(ESCAPES, (escaped) => (UNSTORABLE_ALONE.test(escaped) ? '\\ufffd' : escaped))
