export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface HttpRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

export type Answer = {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export type Exchange =
  | Answer
  | { readonly kind: 'lost'; readonly detail: 'network' | 'timeout' | 'unreadable' }
  /** Given up by the caller: before anything was sent, or while the answer was waited for. */
  | { readonly kind: 'cancelled'; readonly wasSent: boolean }

/** One request and its whole answer, within its time and size; a redirect is never followed, so no token leaves with it. */
export async function exchange(fetch: Fetch, request: HttpRequest): Promise<Exchange> {
  if (request.signal?.aborted) return { kind: 'cancelled', wasSent: false }
  const deadline = startDeadline(request.timeoutMs, request.signal)
  try {
    const response = await fetch(request.url, initOf(request, deadline.signal))
    if (isRedirect(response)) {
      await response.body?.cancel()
      return { kind: 'lost', detail: 'unreadable' }
    }
    const text = await boundedText(response, request.maxBytes)
    if (text === null) return { kind: 'lost', detail: 'unreadable' }
    return { kind: 'answered', status: response.status, headers: response.headers, text }
  } catch {
    if (request.signal?.aborted) return { kind: 'cancelled', wasSent: true }
    return { kind: 'lost', detail: deadline.passed() ? 'timeout' : 'network' }
  } finally {
    deadline.stop()
  }
}

const initOf = (request: HttpRequest, signal: AbortSignal): RequestInit => ({
  method: request.method,
  headers: request.headers,
  redirect: 'manual',
  signal,
  ...(request.body === undefined ? {} : { body: request.body }),
})

const isRedirect = (response: Response): boolean =>
  response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)

/** The body as text, or null when it is larger than we are willing to hold. */
async function boundedText(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks, size))
}

/** A signal that fires when the time is over or the caller gives up, and leaves no timer or listener behind. */
function startDeadline(timeoutMs: number, caller: AbortSignal | undefined) {
  const controller = new AbortController()
  let passed = false
  const giveUp = () => controller.abort()
  const timer = setTimeout(() => {
    passed = true
    giveUp()
  }, timeoutMs)
  caller?.addEventListener('abort', giveUp)
  return {
    signal: controller.signal,
    passed: () => passed,
    stop: () => {
      clearTimeout(timer)
      caller?.removeEventListener('abort', giveUp)
    },
  }
}
