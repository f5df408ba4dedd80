/** How many requests are remembered for each directory. */
const REMEMBERED = 500

/** A Graph request as it was answered. */
export interface AnsweredRequest {
  /** When it came, ISO 8601. */
  readonly at: string
  readonly clientId: string
  readonly method: string
  /** With its query, but without what page and delta tokens hold. */
  readonly path: string
  readonly status: number
  /** Until when this answer told to wait, ISO 8601. */
  readonly waitUntil: string | null
  /** It came although the application had been told to wait longer. */
  readonly isTooEarly: boolean
  /** It came as one of a batch. */
  readonly isBatched: boolean
  /** What became of the answer on its way. */
  readonly delivery: Delivery
}

export type Delivery = 'delivered' | 'dropped' | 'cut'

/** What a directory remembers of the applications that ask it; never more than a few hundred requests. */
export interface Traffic {
  /** The last ones, oldest first. */
  readonly lately: AnsweredRequest[]
  readonly counts: { requests: number; tooEarly: number; byStatus: Record<string, number> }
  /** By application: until when it was told to wait, in milliseconds since 1970. */
  readonly told: Map<string, number>
  /** By application: the resource units it has used. */
  readonly used: Map<string, { units: number; at: number }>
  /** When conditional access last took a request of anybody, in milliseconds since 1970. */
  conditionalAccessAt: number
  /** Requests over the wire, a batch being one. */
  exchanges: number
}

export const newTraffic = (): Traffic => ({
  lately: [],
  counts: { requests: 0, tooEarly: 0, byStatus: {} },
  told: new Map(),
  used: new Map(),
  conditionalAccessAt: Number.NEGATIVE_INFINITY,
  exchanges: 0,
})

export interface Answered {
  readonly arrived: Date
  readonly clientId: string
  readonly method: string
  readonly url: URL
  readonly status: number
  readonly waitUntil: Date | null
  readonly isTooEarly: boolean
  readonly isBatched: boolean
  readonly delivery: Delivery
}

/** Whether an application comes although it was told to wait longer. */
export const comesTooEarly = ({ told }: Traffic, clientId: string, arrived: Date): boolean =>
  arrived.getTime() < (told.get(clientId) ?? 0)

/** Remembers a request. */
export function noteRequest(traffic: Traffic, answered: Answered): void {
  const { arrived, clientId, delivery, isBatched, isTooEarly, method, status, url, waitUntil } = answered
  const { counts, lately, told } = traffic
  counts.requests += 1
  counts.byStatus[status] = (counts.byStatus[status] ?? 0) + 1
  if (isTooEarly) counts.tooEarly += 1
  if (waitUntil && delivery === 'delivered')
    told.set(clientId, Math.max(waitUntil.getTime(), told.get(clientId) ?? 0))
  lately.push({
    at: arrived.toISOString(),
    clientId,
    method,
    path: withoutTokens(url),
    status,
    waitUntil: waitUntil?.toISOString() ?? null,
    isTooEarly,
    isBatched,
    delivery,
  })
  if (lately.length > REMEMBERED) lately.shift()
}

/** Forgets every request and count, but not who was told to wait. */
export function forgetRequests({ counts, lately }: Traffic): void {
  lately.splice(0)
  Object.assign(counts, { requests: 0, tooEarly: 0, byStatus: {} })
}

const withoutTokens = ({ pathname, search }: URL): string =>
  (pathname + search).replace(/((?:\$|%24)(?:skip|delta)token=)[^&]+/gi, '$1…')
