import { expect, test } from 'vitest'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { StartVerdict, TenantForecast } from '../../engine/gate/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import { readinessOf } from './readiness.ts'

const free: StartVerdict = { kind: 'accepted', connectionId: 1, connectionVersion: 1 }
const held = (reason: Reason): StartVerdict => ({ kind: 'blocked', reason })
const missing = held({ code: 'provider_permission_missing', permissions: ['Group.Read.All'] })
const rejected = held({ code: 'provider_credential_rejected', credential: 'client_secret' })
const unchecked = held({ code: 'provider_evidence_missing' })
const none = held({ code: 'provider_connection_missing' })

const tenant = (verdicts: Partial<Record<OperationCode, StartVerdict>>, state = 'active') =>
  ({
    ground: { tenant: { state } },
    verdicts: new Map(Object.entries(verdicts)),
  }) as unknown as TenantForecast

test.each([
  ['everything can start', 'ready', free, free, free],
  ['only the check can start, a permission is missing', 'partly_ready', free, missing, missing],
  ['one read lacks a permission', 'partly_ready', free, free, missing],
  ['the credential is rejected, the check can start', 'not_ready', free, rejected, rejected],
  ['nobody knows what was granted', 'check_first', free, unchecked, unchecked],
  ['there is no connection', 'not_ready', none, none, none],
] as const)('%s: %s', (_, state, check, roles, groups) => {
  const readiness = readinessOf(
    tenant({
      'provider.connection.check': check,
      'directory.role_definitions.sync': roles,
      'directory.groups.sync': groups,
    }),
  )

  expect(readiness.state).toBe(state)
})

test('an archived tenant is archived, whatever would block it', () => {
  expect(readinessOf(tenant({ 'provider.connection.check': none }, 'archived')).state).toBe('archived')
})
