import type { Reason } from './reason.ts'

/** Reasons whose sentences take another turn than in the samples. */
export const REASON_VARIANTS: readonly Reason[] = [
  { code: 'tenant_not_operable', state: 'draft' },
  { code: 'tenant_not_operable', state: 'onboarding' },
  { code: 'tenant_not_operable', state: 'archived' },
  { code: 'tenant_not_operable', state: 'draft', since: '2026-11-02T08:00:00.123456Z' },
  { code: 'operation_paused', why: 'Until the new app is ready.', by: 'Owner One', until: null },
  { code: 'provider_connection_default_missing', count: 1 },
  {
    code: 'provider_credential_expired',
    credential: 'certificate',
    expiredAt: '2026-11-20T12:00:00+01:00',
  },
  { code: 'provider_credential_expired', credential: 'client_secret', expiredAt: null },
  { code: 'provider_credential_rejected', credential: 'client_secret' },
  { code: 'provider_credential_rejected', credential: 'certificate', nextStored: true },
  {
    code: 'provider_credential_expired',
    credential: 'client_secret',
    expiredAt: '2026-11-20T12:00:00.000Z',
    nextStored: true,
  },
  { code: 'provider_credential_next_rejected', credential: 'certificate' },
  { code: 'provider_permission_missing', permissions: [] },
  { code: 'provider_permission_missing', permissions: ['Group.Read.All'] },
  { code: 'provider_evidence_stale', seenAt: '2026-11-20T08:00:00.000Z', maxAgeDays: 1 },
  { code: 'provider_throttled', until: null },
  {
    code: 'restore_preview_outdated',
    restoreRunId: 31,
    previewedAt: '2026-11-23T14:05:00.000Z',
    maxAgeMinutes: 60,
    because: 'changed',
  },
  { code: 'scope_busy', holder: null },
  { code: 'already_running', holder: null },
  {
    code: 'already_running',
    holder: {
      runId: 1847,
      operation: 'inventory.sync',
      initiatorName: null,
      since: '2026-11-23T14:26:00.000Z',
      waitsUntil: null,
    },
  },
  ...(['scope_busy', 'already_running'] as const).map((code) => ({
    code,
    holder: {
      runId: 1848,
      operation: 'directory.groups.sync' as const,
      initiatorName: 'Operator One',
      since: '2026-11-23T14:26:00.000Z',
      waitsUntil: '2026-11-23T14:41:10.000Z',
    },
  })),
  { code: 'run_stale', lastSeenAt: null },
  { code: 'run_cancelled', by: null },
]
