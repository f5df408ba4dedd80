import { createHash } from 'node:crypto'

/** Where Microsoft sends the browser back to; it has to be registered at the central app as a redirect URI. */
export const CALLBACK = '/admin/consent/callback'

/** How long somebody may take to answer one question, in minutes. */
export const GOOD_FOR_MINUTES = 15

/**
 * The directory roles whose holders may consent to application permissions of Microsoft Graph, by template id.
 * Application administrators may consent to other apps, but not to these.
 * https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent#prerequisites
 */
export const CONSENTING_ROLES: Readonly<Record<string, string>> = {
  '62e90394-69f5-4237-9190-012177145e10': 'Global Administrator',
  'e8611ab8-c189-46e8-94e1-60213ab1f814': 'Privileged Role Administrator',
}

/** What is kept of a state: enough to know it again, nothing to answer with. */
export const hashOfState = (state: string): string => createHash('sha256').update(state).digest('hex')

/** Why an answer granted nothing. */
export const CONSENT_REFUSALS = [
  'state_unknown',
  'state_expired',
  'state_of_another_session',
  'connection_changed',
  'not_allowed',
  'declined',
  'another_directory',
  'not_an_administrator',
  'sign_in_refused',
  'unreachable',
] as const
export type ConsentRefusal = (typeof CONSENT_REFUSALS)[number]
