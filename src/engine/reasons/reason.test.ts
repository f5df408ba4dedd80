import { describe, expect, test } from 'vitest'
import { actionability, parseReason, REASON_CODES, type Reason } from './index.ts'
import { REASON_SAMPLES } from './reasons.samples.ts'
import { REASON_VARIANTS } from './reasons.variants.ts'

describe('a stored reason', () => {
  test('is read back as it was written', () => {
    const every: Reason[] = [...REASON_CODES.map((code) => REASON_SAMPLES[code]), ...REASON_VARIANTS]
    for (const reason of every) expect(parseReason(JSON.parse(JSON.stringify(reason)))).toEqual(reason)
  })

  test('is not believed when a fact is missing or has another shape', () => {
    const broken = [
      null,
      'scope_busy',
      [],
      {},
      { code: 'no_such_reason' },
      { code: 'toString' },
      { code: 'provider_credential_expired', credential: 'client_secret', expiredAt: 'last week' },
      { code: 'provider_permission_missing', permissions: 'Group.Read.All' },
      { code: 'scope_busy' },
      { code: 'scope_busy', holder: { runId: 0 } },
      { code: 'tenant_not_operable', state: 'active' },
    ]
    for (const json of broken) expect(parseReason(json)).toBeNull()
  })

  test('carries nothing that it does not know', () => {
    expect(parseReason({ code: 'provider_not_licensed', secret: 'x' })).toEqual({
      code: 'provider_not_licensed',
    })
  })
})

test('only what time heals is called transient', () => {
  const transient = REASON_CODES.filter((code) => actionability(code) === 'retryable_transient')

  expect(transient).toEqual([
    'provider_throttled',
    'provider_unreachable',
    'provider_token_rejected',
    'provider_reading_lost',
    'scope_busy',
    'waited_too_long',
    'run_stale',
    'run_force_released',
  ])
})
