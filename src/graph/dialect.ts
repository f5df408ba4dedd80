import { z } from 'zod'

/** An error of Microsoft Graph, whichever of its services wrote it. */
export interface GraphError {
  /** Outermost first, lower case. */
  readonly codes: readonly string[]
  /** The deepest code as it was written. */
  readonly code: string | null
  /** The sentence, without Intune's trailer of internal ids and addresses. */
  readonly message: string
  readonly activityId: string | null
  readonly requestId: string | null
}

/**
 * Reads an error body: the directory's (nested `innerError`), Intune's (the message is JSON in a string) or the device
 * service's (JSON in a string in a string). Null when the text is not Graph's.
 */
export function parseGraphError(text: string): GraphError | null {
  const outer = parseAs(errorBody, text)?.error
  if (!outer) return null
  const nested = unwrap(outer.message ?? '')
  const inner = innerChain(outer)
  const codes = [outer.code, ...inner.map((error) => error.code), ...nested.codes].filter(isText)
  const sentence = [nested.message, ...inner.map((error) => error.message).filter(isText)].at(-1) ?? ''
  return {
    codes: codes.map((code) => code.toLowerCase()),
    code: codes.at(-1) ?? null,
    message: sentence.split(' - Operation ID')[0] ?? '',
    activityId: /Activity ID: ([0-9a-f-]{36})/i.exec(nested.message)?.[1] ?? null,
    requestId: inner.map((error) => error['request-id']).find(isText) ?? null,
  }
}

const text = z.string().nullish().catch(null)

const innerFields = { code: text, message: text, 'request-id': text }

const errorLevel = z.looseObject({
  ...innerFields,
  innerError: z.unknown().optional(),
  innererror: z.unknown().optional(),
})

type ErrorLevel = z.infer<typeof errorLevel>

const errorBody = z.object({ error: errorLevel })

/** The inner errors, outermost first; five levels are more than was ever seen. */
function innerChain(outer: ErrorLevel): ErrorLevel[] {
  const chain: ErrorLevel[] = []
  let level: ErrorLevel | undefined = outer
  while (level && chain.length < 5) {
    level = errorLevel.safeParse(level.innerError ?? level.innererror).data
    if (level) chain.push(level)
  }
  return chain
}

const nestedMessage = z.object({ ErrorCode: text, Message: z.string() })

/** Unpacks a message that is itself JSON, at most two levels deep. */
function unwrap(message: string): { message: string; codes: string[] } {
  const codes: string[] = []
  let current = message
  for (let level = 0; level < 2; level += 1) {
    const packed = parseAs(nestedMessage, current)
    if (!packed) break
    if (packed.ErrorCode) codes.push(packed.ErrorCode)
    current = packed.Message
  }
  return { message: current, codes }
}

function parseAs<T>(schema: z.ZodType<T>, json: string): T | null {
  try {
    return schema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

const isText = (value: string | null | undefined): value is string => Boolean(value)
