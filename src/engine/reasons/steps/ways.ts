import type { ReasonCode } from '../codes.ts'
import type { ReasonOf } from '../reason.ts'
import type { Step } from './step.ts'

type Ways = { readonly [Code in ReasonCode]: (reason: ReasonOf<Code>) => readonly Step[] }

const CHECK: Step = { kind: 'check_connection' }
const AGAIN: Step = { kind: 'start_again' }

const explainsOnly = () => []
const consent = (): readonly Step[] => [{ kind: 'grant_consent' }, CHECK]
/** A new credential that is stored already only has to be tried. */
const credential = ({ nextStored }: { nextStored?: true }): readonly Step[] =>
  nextStored ? [CHECK] : [{ kind: 'update_credential' }, CHECK]
const preview = ({ restoreRunId }: { restoreRunId: number }): readonly Step[] => [
  { kind: 'regenerate_preview', restoreRunId },
  { kind: 'confirm_restore', restoreRunId },
]

/** The way out of every reason, first step first; none where a reason only explains. */
export const WAYS: Ways = {
  tenant_not_operable: ({ state }) =>
    state === 'archived'
      ? [{ kind: 'open_tenant' }]
      : [{ kind: 'open_tenant' }, { kind: 'continue_onboarding' }],
  tenant_directory_claimed: () => [{ kind: 'ask_about_directory' }, CHECK],
  operation_paused: explainsOnly,
  tenant_frozen: explainsOnly,
  provider_connection_missing: () => [{ kind: 'add_connection' }],
  provider_connection_default_missing: () => [{ kind: 'choose_default_connection' }],
  provider_connection_disabled: () => [{ kind: 'enable_connection' }, CHECK],
  provider_binding_unsupported: explainsOnly,
  provider_scope_mismatch: () => [{ kind: 'correct_connection' }, CHECK],
  provider_directory_unknown: () => [{ kind: 'correct_connection' }, CHECK],
  provider_consent_missing: consent,
  provider_consent_revoked: consent,
  provider_consent_failed: consent,
  provider_app_disabled: () => [{ kind: 'ask_to_enable_app' }, CHECK],
  provider_credential_missing: () => credential({}),
  provider_credential_expired: credential,
  provider_credential_rejected: credential,
  provider_credential_next_rejected: () => credential({}),
  provider_access_policy: () => [{ kind: 'ask_for_policy_exception' }, CHECK],
  platform_identity_missing: () => [{ kind: 'ask_for_central_app' }, CHECK],
  provider_permission_missing: () => [{ kind: 'review_permissions' }, CHECK],
  provider_evidence_missing: () => [CHECK],
  provider_evidence_stale: () => [CHECK],
  provider_not_licensed: explainsOnly,
  provider_throttled: ({ until }) => [{ kind: 'wait_for_microsoft', until }],
  provider_unreachable: () => [{ kind: 'wait_for_microsoft', until: null }, AGAIN],
  provider_rejected_request: () => [{ kind: 'open_diagnostics' }],
  provider_outcome_unknown: () => [{ kind: 'open_diagnostics' }],
  provider_token_rejected: () => [CHECK, AGAIN],
  provider_reading_lost: () => [AGAIN],
  provider_link_untrusted: () => [{ kind: 'ask_about_network' }, AGAIN],
  restore_preview_missing: preview,
  restore_preview_outdated: preview,
  restore_not_confirmed: ({ restoreRunId }) => [{ kind: 'confirm_restore', restoreRunId }],
  restore_write_gate_closed: () => [CHECK],
  restore_outcome_unknown: ({ restoreRunId }) => [{ kind: 'reconcile_restore', restoreRunId }],
  scope_busy: ({ holder }) =>
    holder === null
      ? [{ kind: 'wait_for_directory' }]
      : [{ kind: 'open_operation', holder }, { kind: 'wait_for_directory' }],
  already_running: ({ holder }) => (holder === null ? [] : [{ kind: 'open_operation', holder }]),
  waited_too_long: () => [AGAIN],
  authorization_lost: () => [{ kind: 'restore_access' }],
  run_stale: () => [AGAIN],
  run_cancelled: explainsOnly,
  run_force_released: () => [AGAIN],
  internal_error: ({ correlationId }) => [{ kind: 'report_fault', correlationId }],
}
