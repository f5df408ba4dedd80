import { setTimeout as delay } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type SandboxFaults, strikes } from './faults.ts'
import type { Delivery } from './traffic.ts'

/** Drops the connection in the middle of a request, as a broken network would. */
export function dropConnection(env: HttpBindings): Response {
  env.incoming.socket.destroy()
  return new Response(null)
}

/** Sends half of an answer, and drops the connection. */
export function cutAnswer({ incoming, outgoing }: HttpBindings, body: string, head: CutHead): Response {
  outgoing.writeHead(head.status, { ...head.headers, 'Content-Length': Buffer.byteLength(body) })
  outgoing.write(body.slice(0, Math.ceil(body.length / 2)), () => incoming.socket.destroy())
  return RESPONSE_ALREADY_SENT
}

interface CutHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** Milliseconds that the answer to exchange number `count` is late; after the last of so many none is any more. */
export function latenessOf(faults: SandboxFaults, count: number): number {
  const { slowEvery, slowMs = 0, slowNext } = faults
  if (slowEvery === undefined && slowNext === undefined) return slowMs
  if (slowEvery !== undefined && count % slowEvery === 0) return slowMs
  if (!strikes(faults, 'slowNext')) return 0
  if (slowEvery === undefined && faults.slowNext === undefined) delete faults.slowMs
  return slowMs
}

/** Lets an answer be late; does not keep the process alive. */
export const beLate = (ms: number): Promise<void> => delay(ms, undefined, { ref: false })

/** Whether the answer to exchange number `count` arrives, and if not, where the connection breaks. */
export function deliveryOf(faults: SandboxFaults, count: number): Delivery {
  const isEach = faults.dropEvery !== undefined && count % faults.dropEvery === 0
  if (!isEach && !strikes(faults, 'dropNext')) return 'delivered'
  return faults.dropWhere === 'in_body' ? 'cut' : 'dropped'
}

/** How an answer tells to wait, and until when that is. */
export interface Wait {
  readonly headers: Readonly<Record<string, string>>
  readonly until: Date | null
}

/** The Retry-After header in the chosen form, for so many seconds; two unless told otherwise. */
export function waitOf(
  { retryAfter = 'seconds', retryAfterSeconds = 2 }: SandboxFaults,
  now: Date,
  seconds = retryAfterSeconds,
): Wait {
  if (retryAfter === 'absent') return { headers: {}, until: null }
  const told = retryAfter === 'decimal' ? Math.ceil(seconds * 1000) / 1000 : Math.ceil(seconds)
  const until = new Date(now.getTime() + told * 1000)
  if (retryAfter === 'date') {
    const text = until.toUTCString()
    return { headers: { 'Retry-After': text }, until: new Date(text) }
  }
  return { headers: { 'Retry-After': retryAfter === 'decimal' ? told.toFixed(3) : String(told) }, until }
}
