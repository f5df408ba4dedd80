import { definitionOf } from '../../catalog/index.ts'
import type { StepTexts } from './words.ts'

/** Every step in English. */
export const english: StepTexts = {
  links: {
    open_tenant: () => ({ label: 'Open the tenant', deed: 'look at the tenant' }),
    continue_onboarding: () => ({
      label: 'Continue onboarding',
      description: 'Activating the tenant makes every operation possible.',
      deed: 'finish the onboarding',
    }),
    add_connection: () => ({
      label: 'Add a provider connection',
      description: 'Use an app registration in the tenant’s directory and one of its client secrets.',
      deed: 'add a provider connection',
    }),
    choose_default_connection: () => ({
      label: 'Choose the default connection',
      description: 'Every start without a named connection uses it.',
      deed: 'choose the default connection',
    }),
    enable_connection: () => ({
      label: 'Open the provider connection',
      description: 'It can be enabled there.',
      deed: 'enable the provider connection',
    }),
    correct_connection: () => ({
      label: 'Open the provider connection',
      description: 'Compare its directory with the one of the tenant.',
      deed: 'correct the provider connection',
    }),
    grant_consent: () => ({
      label: 'Grant admin consent',
      description: 'An administrator of the directory grants it in Microsoft Entra; the page says how.',
      deed: 'arrange admin consent',
    }),
    update_credential: () => ({
      label: 'Update the credential',
      description: 'Store a new client secret or certificate of its app registration.',
      deed: 'update the credential',
    }),
    review_permissions: () => ({
      label: 'Review required permissions',
      description: 'Shows what is granted, what is missing, and how to grant it.',
      deed: 'review the required permissions',
    }),
    check_connection: () => ({
      label: 'Check the connection',
      description: 'Asks Microsoft what the app may do now, usually under 30 s.',
      deed: 'check the connection',
    }),
    open_diagnostics: () => ({
      label: 'Open diagnostics',
      description: 'They hold what support at Microsoft asks for.',
      deed: 'look at the diagnostics',
    }),
    regenerate_preview: () => ({
      label: 'Regenerate the preview',
      description: 'Compares the backup with the tenant as it is now, and writes nothing.',
      deed: 'regenerate the preview',
    }),
    confirm_restore: () => ({
      label: 'Finish the confirmation',
      description: 'Nothing is written before it.',
      deed: 'confirm the restore',
    }),
    reconcile_restore: () => ({
      label: 'Reconcile the restore',
      description: 'Compare what was sent with what is in the tenant, and settle each open write.',
      deed: 'reconcile the restore',
    }),
    open_operation: ({ holder }) => ({
      label: 'Open operation',
      description: `Operation #${holder.runId}, ${definitionOf(holder.operation).words.en.title}.`,
      deed: `look at Operation #${holder.runId}`,
    }),
    restore_access: () => ({
      label: 'Review the members',
      description: 'Shows the roles in this workspace and which tenants each person reaches.',
      deed: 'restore the access',
    }),
    start_again: () => ({
      label: 'Start again',
      description: 'It goes through the same checks as any start.',
      deed: 'start it again',
    }),
  },
  advice: {
    ask_to_enable_app: () => ({
      label: 'Ask the directory’s administrator',
      description: 'They can enable the app under enterprise applications.',
    }),
    ask_for_policy_exception: () => ({
      label: 'Ask the directory’s administrator',
      description: 'They can see which conditional access policy refused the app, and exempt it.',
    }),
    ask_for_central_app: () => ({
      label: 'Ask the installation’s administrator',
      description: 'They set up the central app and its credential for everybody.',
    }),
    ask_about_directory: () => ({
      label: 'Ask the installation’s administrator',
      description:
        'They know who manages this directory. It is free once it is archived there; then check again.',
    }),
    ask_about_network: () => ({
      label: 'Ask the installation’s administrator',
      description: 'They can see what stands between TenantPilot and Microsoft, such as a proxy.',
    }),
    report_fault: ({ correlationId }) => ({
      label: `Report with the id ${correlationId}`,
      description: 'The installation’s administrator finds the fault in the log by this id.',
    }),
    wait_for_microsoft: ({ until }, say) => ({
      label: until === null ? 'Try again later' : `Try again after ${say.time(until)}`,
    }),
    wait_for_directory: () => ({
      label: 'Wait until the directory is free',
      description: 'It is free again as soon as the other operation ends.',
    }),
  },
  ask: (role, deed) => `Ask ${WHO[role]} to ${deed}`,
}

const WHO = { readonly: 'a member', operator: 'an operator', manager: 'a manager', owner: 'an owner' }
