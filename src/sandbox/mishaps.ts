import { setTimeout as delay } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import type { SandboxFaults } from './directory.ts'

/** Drops the connection in the middle of a request, as a broken network would. */
export function dropConnection(env: HttpBindings): Response {
  env.incoming.socket.destroy()
  return new Response(null)
}

/** Lets an answer be late; does not keep the process alive. */
export async function beLate(faults: SandboxFaults): Promise<void> {
  if (faults.slowMs) await delay(faults.slowMs, undefined, { ref: false })
}

/** The Retry-After header in the chosen form; two seconds unless told otherwise. */
export function retryAfterHeader(faults: SandboxFaults, now: Date): Record<string, string> {
  const seconds = faults.retryAfterSeconds ?? 2
  const form = faults.retryAfter ?? 'seconds'
  if (form === 'absent') return {}
  if (form === 'decimal') return { 'Retry-After': seconds.toFixed(3) }
  if (form === 'seconds') return { 'Retry-After': String(Math.ceil(seconds)) }
  return { 'Retry-After': new Date(now.getTime() + Math.ceil(seconds) * 1000).toUTCString() }
}
