import { expect, test } from 'vitest'
import { failed } from './failure.ts'
import { decideRetry, type RetryFacts } from './retry.ts'

const busy = (retryAfterSeconds: number | null) => failed({ kind: 'throttled', retryAfterSeconds }).failure
const lost = (detail: 'network' | 'timeout' | 'server_error' | 'unreadable') =>
  failed({ kind: 'unreachable', detail }).failure
const facts: RetryFacts = {
  failure: busy(3),
  retries: 0,
  maxRetries: 5,
  patienceLeftMs: 60_000,
  chance: 0.5,
}

test.each<[string, Partial<RetryFacts>, ReturnType<typeof decideRetry>]>([
  ['the pause Microsoft asks for is kept', {}, { kind: 'wait', ms: 3_000 }],
  ['a fraction of a second is rounded up', { failure: busy(0.2491) }, { kind: 'wait', ms: 250 }],
  ['a pause longer than our patience is not begun', { failure: busy(61) }, { kind: 'give_up' }],
  [
    'without a pause asked for, the first takes about two seconds',
    { failure: busy(null) },
    { kind: 'wait', ms: 1_500 },
  ],
  ['pauses double', { failure: busy(null), retries: 2 }, { kind: 'wait', ms: 6_000 }],
  [
    'pauses end growing at thirty seconds',
    { failure: busy(null), retries: 9, maxRetries: 10, chance: 1 },
    { kind: 'wait', ms: 30_000 },
  ],
  [
    'a server error is tried again',
    { failure: lost('server_error'), chance: 1 },
    { kind: 'wait', ms: 2_000 },
  ],
  ['a broken network is tried again', { failure: lost('network'), chance: 0 }, { kind: 'wait', ms: 1_000 }],
  ['an answer too late is tried again', { failure: lost('timeout'), chance: 1 }, { kind: 'wait', ms: 2_000 }],
  ['an unreadable answer is not tried again', { failure: lost('unreadable') }, { kind: 'give_up' }],
  ['a refusal is not tried again', { failure: failed({ kind: 'not_found' }).failure }, { kind: 'give_up' }],
  ['retries end', { retries: 5 }, { kind: 'give_up' }],
  ['patience ends', { patienceLeftMs: -1, failure: busy(0) }, { kind: 'give_up' }],
])('%s', (_, changes, verdict) => {
  expect(decideRetry({ ...facts, ...changes })).toEqual(verdict)
})
