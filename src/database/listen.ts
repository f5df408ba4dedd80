import pg from 'pg'
import type { Database } from './connect.ts'

/** Who is told what the database announces. */
export interface Listener {
  heard(payload: string): void
  /** From now on everything is heard; what was announced before may have been missed. */
  begun(): void
}

export interface Listening {
  /** Hears nothing any more; resolves when its connection is closed. */
  close(): Promise<void>
}

/**
 * Listens to a channel of the database until it is closed. On PostgreSQL it has a connection of its own, which it
 * opens again whenever it is lost.
 */
export const listen = ({ native }: Database, channel: string, listener: Listener): Listening =>
  native.kind === 'embedded'
    ? listenInside(native.pglite, channel, listener)
    : listenTo(native.url, channel, listener)

type Embedded = Extract<Database['native'], { kind: 'embedded' }>['pglite']

function listenInside(pglite: Embedded, channel: string, listener: Listener): Listening {
  const listening = pglite.listen(channel, (payload) => listener.heard(payload))
  listening.then(
    () => listener.begun(),
    () => {}, // the database was closed
  )
  return { close: () => listening.then((stop) => stop()).catch(() => {}) }
}

/** The pause before the next attempt to connect, in milliseconds: none after a connection that held, then ever more. */
const pauseBefore = (attempt: number) => Math.min(250 * attempt ** 2, 10_000)

/** A connection that died without a word is found out by asking it something this often, in milliseconds. */
const ASKED_EVERY = 15_000

function listenTo(url: string, channel: string, listener: Listener): Listening {
  const closing = new AbortController()
  const done = (async () => {
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      await pause(pauseBefore(attempt), closing.signal)
      if (closing.signal.aborted) return
      if (await heardOnce(url, channel, listener, closing.signal)) attempt = 0
    }
  })()
  return {
    close() {
      closing.abort()
      return done
    },
  }
}

/** Listens on one connection until it is lost or no longer wanted; whether it ever listened. */
async function heardOnce(
  url: string,
  channel: string,
  listener: Listener,
  signal: AbortSignal,
): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, query_timeout: ASKED_EVERY })
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  client.on('notification', ({ payload }) => listener.heard(payload ?? ''))
  let begun = false
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
    begun = true
    listener.begun()
    const asking = setInterval(() => client.query('select 1').catch(() => client.end()), ASKED_EVERY)
    await lost
    clearInterval(asking)
  } catch {
    // the server is not there, or went while it was asked: it is tried again
  }
  await client.end().catch(() => {})
  return begun
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (milliseconds === 0 || signal.aborted) return resolve()
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
