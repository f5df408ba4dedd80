import { secretState } from '../change-world.ts'
import type { LiveDirectory, SandboxApp } from '../directory.ts'
import type { RefusalName } from './refusals.ts'

/** What an application sent to get a token. */
export interface SignInForm {
  readonly grantType: string | null
  readonly clientId: string
  readonly scope: string
  readonly secret: string | null
  readonly assertion: string | null
}

export interface SignInFacts {
  /** As it stands in the path. */
  readonly tenant: string
  readonly directory: LiveDirectory | null
  readonly app: SandboxApp | null
  readonly form: SignInForm
  readonly now: Date
}

/** Why there is no token, or null when there is one. The order of the lines is Microsoft's. */
export function decideSignIn({ tenant, directory, app, form, now }: SignInFacts): RefusalName | null {
  if (!looksLikeDirectory(tenant)) return 'directory_malformed'
  if (!directory) return 'directory_not_found'
  if (directory.faults.tokenFault) return directory.faults.tokenFault
  if (form.grantType === null) return 'grant_type_missing'
  if (form.grantType !== 'client_credentials') return 'grant_type_unsupported'
  if (!app) return 'app_not_in_directory'
  if (!app.installed) return 'service_principal_missing'
  if (!app.enabled) return 'app_disabled'
  return objectionToScope(form.scope) ?? objectionToCredential(app, form, now)
}

function objectionToScope(scope: string): RefusalName | null {
  if (!/^\S+\/\.default$/.test(scope)) return 'scope_invalid'
  return GRAPH_SCOPES.includes(scope) ? null : 'resource_unknown'
}

function objectionToCredential(app: SandboxApp, form: SignInForm, now: Date): RefusalName | null {
  if (form.assertion !== null) return 'assertion_signature_invalid'
  if (form.secret === null) return 'credential_missing'
  const states = app.secrets
    .filter(({ value }) => value === form.secret)
    .map((secret) => secretState(secret, now))
  if (states.includes('accepted')) return null
  return states.includes('expired') ? 'secret_expired' : 'secret_wrong'
}

const GRAPH_SCOPES = ['https://graph.microsoft.com/.default', '00000003-0000-0000-c000-000000000000/.default']

const looksLikeDirectory = (tenant: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(tenant)
