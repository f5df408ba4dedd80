import { expect, test } from 'vitest'
import { failed } from './failure.ts'
import { decideRetry, type RetryFacts } from './retry.ts'

const busy = (retryAfterSeconds: number | null) => failed({ kind: 'throttled', retryAfterSeconds }).failure
const lost = (detail: 'network' | 'timeout' | 'server_error' | 'unreadable') =>
  failed({ kind: 'unreachable', detail }).failure
const facts: RetryFacts = {
  failure: lost('server_error'),
  retries: 0,
  maxRetries: 2,
  patienceLeftMs: 5_000,
  chance: 0.5,
}

test.each<[string, Partial<RetryFacts>, ReturnType<typeof decideRetry>]>([
  ['a server error is tried again in a moment', {}, { kind: 'wait', ms: 375 }],
  ['the pause varies', { chance: 0 }, { kind: 'wait', ms: 250 }],
  ['pauses double', { retries: 1, chance: 1 }, { kind: 'wait', ms: 1_000 }],
  ['a broken network is tried again', { failure: lost('network') }, { kind: 'wait', ms: 375 }],
  ['an answer too late is tried again', { failure: lost('timeout') }, { kind: 'wait', ms: 375 }],
  ['where Microsoft asks for a pause, nobody waits here', { failure: busy(0.1) }, { kind: 'give_up' }],
  ['nor where it does not say for how long', { failure: busy(null) }, { kind: 'give_up' }],
  ['an unreadable answer is not tried again', { failure: lost('unreadable') }, { kind: 'give_up' }],
  ['a refusal is not tried again', { failure: failed({ kind: 'not_found' }).failure }, { kind: 'give_up' }],
  ['retries end', { retries: 2 }, { kind: 'give_up' }],
  ['patience ends', { patienceLeftMs: 300 }, { kind: 'give_up' }],
])('%s', (_, changes, verdict) => {
  expect(decideRetry({ ...facts, ...changes })).toEqual(verdict)
})
