import type { ReasonCode } from './codes.ts'
import type { Holder, ReasonOf } from './reason.ts'

const holder: Holder = {
  runId: 1849,
  operation: 'directory.groups.sync',
  initiatorName: 'Operator One',
  since: '2026-11-23T14:28:00.000Z',
}

/** One sample of every reason, for tests; a new reason without one does not compile. */
export const REASON_SAMPLES: { readonly [Code in ReasonCode]: ReasonOf<Code> } = {
  tenant_not_operable: {
    code: 'tenant_not_operable',
    state: 'archived',
    since: '2026-08-03T09:00:00.000Z',
  },
  tenant_directory_claimed: { code: 'tenant_directory_claimed', since: '2026-11-21T10:15:00.000Z' },
  operation_paused: {
    code: 'operation_paused',
    why: 'Licences are being moved.',
    by: 'Owner One',
    until: '2026-11-24T06:00:00.000Z',
  },
  tenant_frozen: { code: 'tenant_frozen', why: 'Quarterly close.', by: 'Manager One', until: null },
  provider_connection_missing: { code: 'provider_connection_missing' },
  provider_connection_default_missing: { code: 'provider_connection_default_missing', count: 2 },
  provider_connection_disabled: { code: 'provider_connection_disabled' },
  provider_binding_unsupported: { code: 'provider_binding_unsupported', operation: 'policy.backup' },
  provider_scope_mismatch: { code: 'provider_scope_mismatch' },
  provider_directory_unknown: { code: 'provider_directory_unknown' },
  provider_consent_missing: { code: 'provider_consent_missing' },
  provider_consent_revoked: { code: 'provider_consent_revoked' },
  provider_consent_failed: { code: 'provider_consent_failed' },
  provider_app_disabled: { code: 'provider_app_disabled' },
  provider_credential_missing: { code: 'provider_credential_missing' },
  provider_credential_expired: {
    code: 'provider_credential_expired',
    credential: 'client_secret',
    expiredAt: '2026-11-20T12:00:00.000Z',
  },
  provider_credential_rejected: { code: 'provider_credential_rejected', credential: 'certificate' },
  provider_credential_next_rejected: {
    code: 'provider_credential_next_rejected',
    credential: 'client_secret',
  },
  provider_access_policy: { code: 'provider_access_policy' },
  platform_identity_missing: { code: 'platform_identity_missing' },
  provider_permission_missing: {
    code: 'provider_permission_missing',
    permissions: ['DeviceManagementApps.Read.All', 'Policy.Read.All'],
    seenAt: '2026-11-23T14:20:00.000Z',
  },
  provider_evidence_missing: { code: 'provider_evidence_missing' },
  provider_evidence_stale: {
    code: 'provider_evidence_stale',
    seenAt: '2026-11-14T08:00:00.000Z',
    maxAgeDays: 7,
  },
  provider_not_licensed: { code: 'provider_not_licensed' },
  provider_throttled: { code: 'provider_throttled', until: '2026-11-23T14:36:00.000Z' },
  provider_unreachable: { code: 'provider_unreachable' },
  provider_rejected_request: { code: 'provider_rejected_request' },
  provider_outcome_unknown: { code: 'provider_outcome_unknown' },
  restore_preview_missing: { code: 'restore_preview_missing', restoreRunId: 31 },
  restore_preview_outdated: {
    code: 'restore_preview_outdated',
    restoreRunId: 31,
    previewedAt: '2026-11-23T13:05:00.000Z',
    maxAgeMinutes: 60,
    because: 'too_old',
  },
  restore_not_confirmed: { code: 'restore_not_confirmed', restoreRunId: 31 },
  restore_write_gate_closed: { code: 'restore_write_gate_closed' },
  restore_outcome_unknown: { code: 'restore_outcome_unknown', restoreRunId: 30 },
  scope_busy: { code: 'scope_busy', holder },
  already_running: { code: 'already_running', holder },
  authorization_lost: { code: 'authorization_lost' },
  run_stale: { code: 'run_stale', lastSeenAt: '2026-11-23T14:22:00.000Z' },
  run_cancelled: { code: 'run_cancelled', by: 'Operator One' },
  internal_error: { code: 'internal_error', correlationId: '0ab37e11-57c2-4f0d-b1a9-3f6e2d90c4aa' },
}
