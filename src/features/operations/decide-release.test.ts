import { expect, test } from 'vitest'
import { decideRelease, type ReleaseFacts } from './decide-release.ts'

const alive: ReleaseFacts = { status: 'running', freshness: 'fresh_active', stopAskedSeconds: null }

test.each([
  ['queued', { status: 'queued' }, { kind: 'refused', because: 'not_running' }],
  [
    'ended',
    { status: 'completed', freshness: 'terminal_normal' },
    { kind: 'refused', because: 'not_running' },
  ],
  ['alive', {}, { kind: 'refused', because: 'alive' }],
  [
    'alive, asked to stop just now',
    { stopAskedSeconds: 0.4 },
    { kind: 'refused', because: 'stopping', waitSeconds: 30 },
  ],
  [
    'alive, asked to stop a while ago',
    { stopAskedSeconds: 29.5 },
    { kind: 'refused', because: 'stopping', waitSeconds: 1 },
  ],
  ['alive, and does not stop', { stopAskedSeconds: 30 }, { kind: 'allowed', because: 'does_not_stop' }],
  ['silent', { freshness: 'likely_stale' }, { kind: 'allowed', because: 'silent' }],
  [
    'silent, asked to stop just now',
    { freshness: 'likely_stale', stopAskedSeconds: 1 },
    { kind: 'allowed', because: 'silent' },
  ],
] as const)('a run that is %s', (_what, change, verdict) => {
  expect(decideRelease({ ...alive, ...change })).toEqual(verdict)
})
