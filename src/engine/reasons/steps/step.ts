import type { Capability } from '../../../access/index.ts'
import type { Holder } from '../reason.ts'

/** A step inside our product: a page that somebody with the capability can open. */
export type LinkStep =
  | { kind: 'open_tenant' }
  | { kind: 'continue_onboarding' }
  | { kind: 'add_connection' }
  | { kind: 'choose_default_connection' }
  | { kind: 'enable_connection' }
  | { kind: 'correct_connection' }
  | { kind: 'grant_consent' }
  | { kind: 'update_credential' }
  | { kind: 'review_permissions' }
  | { kind: 'check_connection' }
  | { kind: 'open_diagnostics' }
  | { kind: 'regenerate_preview'; restoreRunId: number }
  | { kind: 'confirm_restore'; restoreRunId: number }
  | { kind: 'reconcile_restore'; restoreRunId: number }
  | { kind: 'open_operation'; holder: Holder }
  | { kind: 'restore_access' }
  | { kind: 'start_again' }

/** A step outside our product: somebody to ask, or time that has to pass. */
export type AdviceStep =
  | { kind: 'ask_to_enable_app' }
  | { kind: 'ask_for_policy_exception' }
  | { kind: 'ask_for_central_app' }
  | { kind: 'ask_about_directory' }
  | { kind: 'ask_about_network' }
  | { kind: 'report_fault'; correlationId: string }
  | { kind: 'wait_for_microsoft'; until: string | null }
  | { kind: 'wait_for_directory' }

export type Step = LinkStep | AdviceStep
export type StepKind = Step['kind']
export type StepOf<Kind extends StepKind> = Extract<Step, { kind: Kind }>

/** Where the steps lead, and what the person who reads them may do. */
export interface StepContext {
  directoryId: string
  connectionId: number | null
  runId: number | null
  /** What the viewer may do in this tenant. */
  may(capability: Capability): boolean
}
