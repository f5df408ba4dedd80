import { expect, test } from 'vitest'
import { CATALOG } from '../../engine/catalog/index.ts'
import { type FreshnessFacts, freshnessOf } from './freshness.ts'

const NOW = new Date('2026-11-23T14:30:00Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)
const facts: FreshnessFacts = {
  status: 'running',
  reasonCode: null,
  heartbeatAt: ago(1),
  staleAfterSeconds: 60,
}

test.each([
  ['queued, however long ago it was heard of', { status: 'queued', heartbeatAt: ago(9000) }, 'fresh_active'],
  ['running and heard of just now', {}, 'fresh_active'],
  ['running and silent for as long as its kind may be', { heartbeatAt: ago(60) }, 'fresh_active'],
  ['running and silent for longer', { heartbeatAt: ago(61) }, 'likely_stale'],
  [
    'running for a kind that may be silent longer',
    { heartbeatAt: ago(61), staleAfterSeconds: 300 },
    'fresh_active',
  ],
  [
    'ended well, long after its last sign of life',
    { status: 'completed', heartbeatAt: ago(9000) },
    'terminal_normal',
  ],
  ['ended for a reason of its own', { status: 'completed', reasonCode: 'run_cancelled' }, 'terminal_normal'],
  [
    'ended because its worker was gone',
    { status: 'completed', reasonCode: 'run_stale' },
    'reconciled_failed',
  ],
  ['released by force', { status: 'completed', reasonCode: 'run_force_released' }, 'reconciled_failed'],
] as const)('a run that is %s', (_what, change, expected) => {
  expect(freshnessOf({ ...facts, ...change }, NOW)).toBe(expected)
})

test('every operation says for how long it may be silent, and that is longer than a lease of half a minute', () => {
  for (const { staleAfterSeconds } of Object.values(CATALOG)) expect(staleAfterSeconds).toBeGreaterThan(30)
})
