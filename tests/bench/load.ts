/** A process of its own that puts load on a server on this machine as it is told, and says what came of it. */
import autocannon from 'autocannon'
import type { Measured } from './measure.ts'

export interface Asked {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly seconds: number
}

export interface Loaded extends Measured {
  /** Requests that were answered with anything but 2xx, or not at all. */
  readonly failed: number
}

process.on('message', async ({ connections, headers, method, seconds, url }: Asked) => {
  const result = await autocannon({ url, method, headers: { ...headers }, connections, duration: seconds })
  process.send?.({
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  } satisfies Loaded)
})
