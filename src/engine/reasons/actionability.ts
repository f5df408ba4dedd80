import type { ReasonCode } from './codes.ts'

/** What kind of answer a reason calls for. */
export type Actionability =
  | 'prerequisite_missing'
  | 'permanent_configuration'
  | 'retryable_transient'
  | 'non_actionable'

const ACTIONABILITY: Readonly<Record<ReasonCode, Actionability>> = {
  tenant_not_operable: 'prerequisite_missing',
  tenant_directory_claimed: 'permanent_configuration',
  operation_paused: 'non_actionable',
  tenant_frozen: 'non_actionable',
  provider_connection_missing: 'prerequisite_missing',
  provider_connection_default_missing: 'prerequisite_missing',
  provider_connection_disabled: 'prerequisite_missing',
  provider_binding_unsupported: 'permanent_configuration',
  provider_scope_mismatch: 'permanent_configuration',
  provider_directory_unknown: 'permanent_configuration',
  provider_consent_missing: 'prerequisite_missing',
  provider_consent_revoked: 'prerequisite_missing',
  provider_consent_failed: 'prerequisite_missing',
  provider_app_disabled: 'permanent_configuration',
  provider_credential_missing: 'prerequisite_missing',
  provider_credential_expired: 'prerequisite_missing',
  provider_credential_rejected: 'prerequisite_missing',
  provider_credential_next_rejected: 'prerequisite_missing',
  provider_access_policy: 'permanent_configuration',
  platform_identity_missing: 'permanent_configuration',
  provider_permission_missing: 'prerequisite_missing',
  provider_evidence_missing: 'prerequisite_missing',
  provider_evidence_stale: 'prerequisite_missing',
  provider_not_licensed: 'permanent_configuration',
  provider_throttled: 'retryable_transient',
  provider_unreachable: 'retryable_transient',
  provider_rejected_request: 'non_actionable',
  provider_outcome_unknown: 'prerequisite_missing',
  provider_token_rejected: 'retryable_transient',
  provider_reading_lost: 'retryable_transient',
  provider_link_untrusted: 'permanent_configuration',
  restore_preview_missing: 'prerequisite_missing',
  restore_preview_outdated: 'prerequisite_missing',
  restore_not_confirmed: 'prerequisite_missing',
  restore_write_gate_closed: 'prerequisite_missing',
  restore_outcome_unknown: 'prerequisite_missing',
  scope_busy: 'retryable_transient',
  already_running: 'non_actionable',
  waited_too_long: 'retryable_transient',
  authorization_lost: 'prerequisite_missing',
  run_stale: 'retryable_transient',
  run_cancelled: 'non_actionable',
  run_force_released: 'retryable_transient',
  internal_error: 'non_actionable',
}

/** Whether somebody must act, something must be set up differently, time helps, or nothing does. */
export const actionability = (code: ReasonCode): Actionability => ACTIONABILITY[code]
