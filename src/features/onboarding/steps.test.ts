import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProgressFacts } from './steps.ts'
import { progressOf } from './steps.ts'

const run = { id: 1, status: 'completed', outcome: 'failed', reason: null, done: null, total: null } as const
const ended = { ...run, waitsUntil: null, startedAt: null, finishedAt: null }
const NONE: ProgressFacts = {
  state: 'open',
  tenant: null,
  connection: null,
  verification: { kind: 'none' },
  bootstrap: [],
}
const identified: ProgressFacts = { ...NONE, tenant: { state: 'onboarding' } }
const connected: ProgressFacts = { ...identified, connection: { isEnabled: true } }
const at = { runId: 1, at: '2026-01-01T00:00:00Z', reason: null }
const verified: ProgressFacts = { ...connected, verification: { kind: 'ready', ...at } }
const active = { state: 'active', run: null, reason: null } as const
const pending = { state: 'pending', run: null, reason: null } as const
const heldBack = { state: 'pending', run: ended, reason: null } as const
const givenUp = { ...pending, reason: { code: 'internal_error' } } as const
const finished = { state: 'finished', run: null, reason: null } as const
const skipped = { state: 'skipped', run: null, reason: null } as const

describe('where a session stands', () => {
  test.each<[string, ProgressFacts, string, string, string]>([
    ['nothing is known', NONE, 'identify', 'identify', 'open later later later later'],
    ['the tenant is known', identified, 'connect', 'connect', 'done open later later later'],
    [
      'the tenant was archived',
      { ...connected, tenant: { state: 'archived' } },
      'identify',
      'return_tenant',
      'done done open later later',
    ],
    ['it is connected', connected, 'verify', 'check', 'done done open later later'],
    [
      'its connection is disabled',
      { ...verified, connection: { isEnabled: false } },
      'connect',
      'enable',
      'done blocked done optional open',
    ],
    [
      'it is being checked',
      { ...connected, verification: { kind: 'checking', runId: 1 } },
      'verify',
      'wait_for_check',
      'done done running later later',
    ],
    [
      'the credential was changed',
      { ...connected, verification: { kind: 'outdated' } },
      'verify',
      'check',
      'done done open later later',
    ],
    [
      'the check was refused',
      { ...connected, verification: { kind: 'blocked', ...at } },
      'verify',
      'mend',
      'done done blocked later later',
    ],
    ['it is ready', verified, 'bootstrap', 'choose_bootstrap', 'done done done optional open'],
    [
      'it needs attention',
      { ...connected, verification: { kind: 'attention', ...at } },
      'bootstrap',
      'choose_bootstrap',
      'done done attention optional open',
    ],
    [
      'the bootstrap runs',
      { ...verified, bootstrap: [finished, active, pending] },
      'bootstrap',
      'wait_for_bootstrap',
      'done done done running open',
    ],
    [
      'the bootstrap waits for the directory',
      { ...verified, bootstrap: [pending] },
      'bootstrap',
      'wait_for_bootstrap',
      'done done done running open',
    ],
    [
      'the bootstrap is paused',
      { ...verified, bootstrap: [heldBack, pending] },
      'bootstrap',
      'decide_bootstrap',
      'done done done blocked open',
    ],
    [
      'a step of the bootstrap was given up without a run',
      { ...verified, bootstrap: [finished, givenUp, pending] },
      'bootstrap',
      'decide_bootstrap',
      'done done done blocked open',
    ],
    [
      'the bootstrap is over',
      { ...verified, bootstrap: [finished, skipped] },
      'activate',
      'activate',
      'done done done done open',
    ],
    [
      'it is completed',
      { ...verified, state: 'completed' },
      'activate',
      'none',
      'done done done optional done',
    ],
    [
      'it is completed, and what is left is paused',
      { ...verified, state: 'completed', bootstrap: [heldBack] },
      'bootstrap',
      'decide_bootstrap',
      'done done done blocked done',
    ],
    [
      'it is cancelled',
      { ...connected, state: 'cancelled' },
      'activate',
      'none',
      'done done open later later',
    ],
  ])('when %s', (_when, facts, current, next, steps) => {
    const progress = progressOf(facts)
    expect([progress.current, progress.next, Object.values(progress.steps).join(' ')]).toEqual([
      current,
      next,
      steps,
    ])
  })

  test('an open session always has exactly one next thing, in a step that is open to it', () => {
    const facts = fc.record({
      state: fc.constant('open' as const),
      tenant: fc.option(fc.record({ state: fc.constantFrom('onboarding', 'active') })),
      connection: fc.option(fc.record({ isEnabled: fc.boolean() })),
      verification: fc.constantFrom<ProgressFacts['verification']>(
        { kind: 'none' },
        { kind: 'outdated' },
        { kind: 'checking', runId: 1 },
        { kind: 'ready', ...at },
        { kind: 'attention', ...at },
        { kind: 'blocked', ...at },
      ),
      bootstrap: fc.array(fc.constantFrom(active, pending, heldBack, givenUp, finished, skipped), {
        maxLength: 4,
      }),
    })
    fc.assert(
      fc.property(facts, (each) => {
        const known = each as ProgressFacts
        const { current, next, steps } = progressOf(known)
        expect(next).not.toBe('none')
        expect(steps[current]).not.toBe('later')
      }),
    )
  })
})
