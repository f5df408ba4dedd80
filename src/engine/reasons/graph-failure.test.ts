import { describe, expect, test } from 'vitest'
import type { GraphFailure } from '../../graph/index.ts'
import { type GraphAttempt, type Reason, reasonOfGraphFailure } from './index.ts'

const attempt = {
  at: new Date('2026-11-23T14:32:00.000Z'),
  required: ['Group.Read.All'],
  signedInWith: {
    kind: 'dedicated',
    credential: 'client_secret',
    expiresAt: '2026-11-20T12:00:00.000Z',
  },
} satisfies GraphAttempt

type Failure = GraphFailure extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'diagnostics'>
    : never
  : never

const meaningOf = (failure: Failure, context: GraphAttempt = attempt): Reason =>
  reasonOfGraphFailure({ ...failure, diagnostics: {} } as GraphFailure, context)

const MEANINGS: { readonly [Kind in GraphFailure['kind']]: Reason } = {
  credential_missing: { code: 'provider_credential_missing' },
  credential_rejected: { code: 'provider_credential_rejected', credential: 'client_secret' },
  credential_expired: {
    code: 'provider_credential_expired',
    credential: 'client_secret',
    expiredAt: '2026-11-20T12:00:00.000Z',
  },
  app_not_installed: { code: 'provider_consent_missing' },
  app_disabled: { code: 'provider_app_disabled' },
  directory_unknown: { code: 'provider_directory_unknown' },
  directory_mismatch: { code: 'provider_scope_mismatch' },
  access_policy: { code: 'provider_access_policy' },
  permission_missing: { code: 'provider_permission_missing', permissions: ['Group.Read.All'] },
  not_licensed: { code: 'provider_not_licensed' },
  not_found: { code: 'provider_rejected_request' },
  rejected_request: { code: 'provider_rejected_request' },
  outcome_unknown: { code: 'provider_outcome_unknown' },
  page_link_expired: { code: 'provider_reading_lost' },
  throttled: { code: 'provider_throttled', until: '2026-11-23T14:36:00.000Z' },
  unreachable: { code: 'provider_unreachable' },
  unauthenticated: { code: 'provider_token_rejected' },
  sync_state_lost: { code: 'provider_reading_lost' },
  untrusted_link: { code: 'provider_link_untrusted' },
  cancelled: { code: 'run_cancelled', by: null },
}

describe('what a failure at Microsoft means to a person', () => {
  test.each(Object.entries(MEANINGS))('%s', (kind, reason) => {
    const failure = { kind, acceptable: [], retryAfterSeconds: 240, detail: 'network' } as unknown as Failure

    expect(meaningOf(failure)).toEqual(reason)
  })

  test('a limit without a duration has no end that we know', () => {
    expect(meaningOf({ kind: 'throttled', retryAfterSeconds: null })).toEqual({
      code: 'provider_throttled',
      until: null,
    })
  })

  test('of the permissions that would do, the one we ask for is named, else the narrowest', () => {
    const acceptable = ['DeviceManagementApps.Read.All', 'DeviceManagementApps.ReadWrite.All']
    const named = (required: string[]) =>
      meaningOf({ kind: 'permission_missing', acceptable }, { ...attempt, required })

    expect(named(['DeviceManagementApps.ReadWrite.All'])).toMatchObject({
      permissions: ['DeviceManagementApps.ReadWrite.All'],
    })
    expect(named(['Group.Read.All'])).toMatchObject({ permissions: ['DeviceManagementApps.Read.All'] })
  })

  test('no permission is named when it could be one of several', () => {
    const required = ['Group.Read.All', 'Policy.Read.All']

    expect(meaningOf({ kind: 'permission_missing', acceptable: [] }, { ...attempt, required })).toMatchObject(
      {
        permissions: [],
      },
    )
  })

  test('the central app’s credential is nothing that the tenant’s people can mend', () => {
    const platform: GraphAttempt = { ...attempt, signedInWith: { kind: 'platform' } }

    expect(meaningOf({ kind: 'credential_expired' }, platform)).toEqual({ code: 'platform_identity_missing' })
    expect(meaningOf({ kind: 'credential_rejected' }, platform)).toEqual({
      code: 'platform_identity_missing',
    })
  })

  test('a date that contradicts Microsoft is not told', () => {
    const signedInWith = { ...attempt.signedInWith, expiresAt: '2027-01-01T00:00:00.000Z' }

    expect(meaningOf({ kind: 'credential_expired' }, { ...attempt, signedInWith })).toMatchObject({
      expiredAt: null,
    })
  })
})
