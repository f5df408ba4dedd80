import type { Capability } from '../../../access/index.ts'
import type { AdviceStep, LinkStep, StepContext, StepOf } from './step.ts'

/** Who may take a step inside the product, and the page on which they take it. */
export interface Place<Step extends LinkStep> {
  needs: Capability
  /** A root-relative address that is safe to open: it shows, and changes nothing. */
  at: (step: Step, context: StepContext) => string
}

/** The page of every step inside the product. */
export const PLACES: { readonly [Kind in LinkStep['kind']]: Place<StepOf<Kind>> } = {
  open_tenant: { needs: 'tenant.view', at: (_, context) => tenant(context) },
  continue_onboarding: { needs: 'workspace.onboarding.manage', at: () => '/admin/onboarding' },
  add_connection: {
    needs: 'tenant.providers.manage',
    at: (_, { directoryId }) => `/admin/provider-connections/new?tenant=${encodeURIComponent(directoryId)}`,
  },
  choose_default_connection: {
    needs: 'tenant.providers.manage',
    at: (_, context) => connectionsOf(context),
  },
  enable_connection: { needs: 'tenant.providers.manage', at: (_, context) => connection(context) },
  correct_connection: { needs: 'tenant.providers.manage', at: (_, context) => connection(context) },
  grant_consent: {
    needs: 'tenant.providers.manage',
    at: (_, context) => connection(context, '/consent'),
  },
  update_credential: {
    needs: 'tenant.credentials.rotate',
    at: (_, context) => connection(context, '/credential'),
  },
  review_permissions: {
    needs: 'tenant.providers.view',
    at: (_, context) => connection(context, '/permissions'),
  },
  check_connection: { needs: 'tenant.providers.run_ops', at: (_, context) => connection(context, '#check') },
  open_diagnostics: {
    needs: 'tenant.operations.diagnose',
    at: (_, { runId }) => (runId === null ? '/admin/operations' : `/admin/operations/${runId}#diagnostics`),
  },
  regenerate_preview: {
    needs: 'tenant.restore.execute',
    at: ({ restoreRunId }, context) => `${tenant(context)}/restore-runs/${restoreRunId}#preview`,
  },
  confirm_restore: {
    needs: 'tenant.restore.execute',
    at: ({ restoreRunId }, context) => `${tenant(context)}/restore-runs/${restoreRunId}#confirm`,
  },
  reconcile_restore: {
    needs: 'tenant.restore.execute',
    at: ({ restoreRunId }, context) => `${tenant(context)}/restore-runs/${restoreRunId}#reconcile`,
  },
  open_operation: {
    needs: 'tenant.operations.view',
    at: ({ holder }) => `/admin/operations/${holder.runId}`,
  },
  restore_access: { needs: 'workspace.members.manage', at: () => '/admin/members' },
  start_again: {
    needs: 'tenant.providers.run_ops',
    at: (_, context) =>
      context.runId === null ? tenant(context) : `/admin/operations/${context.runId}#start-again`,
  },
}

/** Whether a step outside the product is somebody to ask or time to pass. */
export const ADVICE: Readonly<Record<AdviceStep['kind'], 'ask' | 'wait'>> = {
  ask_to_enable_app: 'ask',
  ask_for_policy_exception: 'ask',
  ask_for_central_app: 'ask',
  ask_about_directory: 'ask',
  ask_about_network: 'ask',
  report_fault: 'ask',
  wait_for_microsoft: 'wait',
  wait_for_directory: 'wait',
}

const tenant = ({ directoryId }: StepContext) => `/admin/t/${encodeURIComponent(directoryId)}`

const connectionsOf = ({ directoryId }: StepContext) =>
  `/admin/provider-connections?tenant=${encodeURIComponent(directoryId)}`

/** The connection's page; without a known connection, the tenant's list of them. */
const connection = (context: StepContext, part = '') =>
  context.connectionId === null
    ? connectionsOf(context)
    : `/admin/provider-connections/${context.connectionId}${part}`
