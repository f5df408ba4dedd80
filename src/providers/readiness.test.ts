import { describe, expect, test } from 'vitest'
import { type ConnectionFacts, type ReadinessNeed, readinessObjection } from './index.ts'

const AT = '2026-03-01T12:00:00.000000Z'
const HERE = '11111111-1111-4111-8111-111111111111'
const CREDENTIAL = {
  kind: 'present',
  form: 'certificate',
  expiresAt: '2027-01-01T00:00:00Z',
  rejectedAt: null,
} as const

const ready: ConnectionFacts = {
  id: 1,
  label: 'Own app',
  provider: 'microsoft',
  version: 1,
  isEnabled: true,
  type: 'dedicated',
  clientId: '00000000-0000-4000-8000-0000000000aa',
  directoryId: HERE,
  consent: 'granted',
  credential: CREDENTIAL,
  evidence: { permissions: ['Group.Read.All', 'Policy.Read.All'], seenAt: '2026-03-01T11:00:00Z' },
  throttledUntil: null,
}
const need: ReadinessNeed = {
  level: 'full',
  required: [
    { permission: 'Group.Read.All', alsoSatisfiedBy: ['Group.ReadWrite.All', 'Directory.Read.All'] },
    { permission: 'Policy.Read.All', alsoSatisfiedBy: [] },
  ],
  evidenceMaxAgeDays: 7,
  platformIdentity: false,
  directoryId: HERE,
}
const seen = (...permissions: string[]) => ({
  evidence: { permissions, seenAt: '2026-03-01T11:00:00Z' },
})
const objection = (change: Partial<ConnectionFacts>, needed: Partial<ReadinessNeed> = {}) =>
  readinessObjection({ ...ready, ...change }, { ...need, ...needed }, AT)

describe('what an operation needs of its connection', () => {
  test.each([
    ['exactly what is required', seen('Group.Read.All', 'Policy.Read.All')],
    ['a grant that also writes', seen('Group.ReadWrite.All', 'Policy.Read.All')],
    ['a grant for the whole directory', seen('Directory.Read.All', 'Policy.Read.All')],
    ['more than is required', seen('A', 'Group.Read.All', 'Group.ReadWrite.All', 'Policy.Read.All')],
  ])('%s is enough', (_what, change) => {
    expect(objection(change)).toBeNull()
  })

  test.each([
    ['nothing', seen(), ['Group.Read.All', 'Policy.Read.All']],
    ['a narrower one', seen('Group.Read', 'Policy.Read.All'), ['Group.Read.All']],
    ['another letter case', seen('group.read.all', 'Policy.Read.All'), ['Group.Read.All']],
    [
      'a wider one that does not include it',
      seen('Group.Read.All', 'Policy.ReadWrite.All'),
      ['Policy.Read.All'],
    ],
  ])('granted %s: each missing permission is named', (_what, change, permissions) => {
    expect(objection(change)).toEqual({
      code: 'provider_permission_missing',
      permissions,
      seenAt: '2026-03-01T11:00:00Z',
    })
  })

  test('an operation that requires nothing still wants to have been seen granted lately', () => {
    expect(objection(seen(), { required: [] })).toBeNull()
    expect(objection({ evidence: null }, { required: [] })).toEqual({ code: 'provider_evidence_missing' })
  })

  test('a certificate is called a certificate', () => {
    const expired = { ...CREDENTIAL, expiresAt: '2026-02-01T00:00:00Z' }
    expect(objection({ credential: expired })).toEqual({
      code: 'provider_credential_expired',
      credential: 'certificate',
      expiredAt: '2026-02-01T00:00:00Z',
    })
    expect(objection({ credential: { ...CREDENTIAL, rejectedAt: AT } })).toEqual({
      code: 'provider_credential_rejected',
      credential: 'certificate',
    })
  })

  test('a platform connection asks for the central app and never for a credential of the tenant', () => {
    const platform = { type: 'platform', credential: { kind: 'missing' } } as const

    expect(objection(platform, { platformIdentity: true })).toBeNull()
    expect(objection({ type: 'platform' })).toEqual({ code: 'platform_identity_missing' })
  })
})

describe('a check of the connection', () => {
  const check = { level: 'enabled_connection', required: [] } as const

  test.each<[string, Partial<ConnectionFacts>]>([
    ['never checked', { evidence: null }],
    ['checked long ago', { evidence: { permissions: [], seenAt: '2020-01-01T00:00:00Z' } }],
    ['consent unknown', { consent: 'unknown' }],
    ['consent revoked', { consent: 'revoked' }],
    ['its credential rejected', { credential: { ...CREDENTIAL, rejectedAt: AT } }],
    ['throttled', { throttledUntil: '2026-03-01T13:00:00Z' }],
    ['another directory', { directoryId: '22222222-2222-4222-8222-222222222222' }],
  ])('%s does not stop it: that is how a connection recovers', (_what, change) => {
    expect(objection(change, check)).toBeNull()
  })

  test.each<[string, Partial<ConnectionFacts>]>([
    ['provider_connection_disabled', { isEnabled: false }],
    ['provider_credential_missing', { credential: { kind: 'missing' } }],
    ['provider_credential_expired', { credential: { ...CREDENTIAL, expiresAt: AT } }],
    ['platform_identity_missing', { type: 'platform' }],
  ])('%s does', (code, change) => {
    expect(objection(change, check)).toMatchObject({ code })
  })
})

describe('a credential that waits to be tried', () => {
  const expired = { ...CREDENTIAL, expiresAt: AT }
  const rejected = { ...CREDENTIAL, rejectedAt: AT }
  const check = { level: 'enabled_connection', required: [] } as const
  const LATER = { nextCredential: { expiresAt: '2026-03-01T12:00:01Z' } }
  const ENDLESS = { nextCredential: { expiresAt: null } }
  const OVER = { nextCredential: { expiresAt: AT } }

  test.each([LATER, ENDLESS])('lets the check through where the one in use would not: %o', (next) => {
    expect(objection({ ...next, credential: expired }, check)).toBeNull()
    expect(objection({ ...next, credential: { kind: 'missing' } }, check)).toBeNull()
  })

  test('lets nothing else through, and says that it is there', () => {
    expect(objection({ ...LATER, credential: expired })).toMatchObject({
      code: 'provider_credential_expired',
      nextStored: true,
    })
    expect(objection({ ...LATER, credential: rejected })).toMatchObject({
      code: 'provider_credential_rejected',
      nextStored: true,
    })
  })

  test('is no way once it has expired itself, nor for a connection of the central app', () => {
    expect(objection({ ...OVER, credential: expired }, check)).not.toHaveProperty('nextStored')
    expect(objection({ ...OVER, credential: expired }, check)).toMatchObject({
      code: 'provider_credential_expired',
    })
    expect(objection({ ...LATER, type: 'platform' }, check)).toEqual({ code: 'platform_identity_missing' })
  })

  test('changes nothing for a connection whose credential is good', () => {
    expect(objection(LATER)).toBeNull()
    expect(objection({ nextCredential: null })).toBeNull()
  })
})
