import { secretState } from '../change-world.ts'
import type { LiveDirectory, SandboxApp } from '../directory.ts'
import { objectionToAssertion } from './decide-assertion.ts'
import type { RefusalName } from './refusals.ts'

/** What an application sent to get a token. */
export interface SignInForm {
  readonly grantType: string | null
  readonly clientId: string
  readonly scope: string
  readonly secret: string | null
  readonly assertion: string | null
  readonly assertionType: string | null
  /** What redeems a code of somebody who signed in. */
  readonly code: string | null
  readonly redirectUri: string | null
  readonly codeVerifier: string | null
}

export interface SignInFacts {
  /** As it stands in the path. */
  readonly tenant: string
  readonly directory: LiveDirectory | null
  readonly app: SandboxApp | null
  readonly form: SignInForm
  /** The origin at which the sign-in listens; assertions are made for it. */
  readonly origin: string
  readonly now: Date
}

/** Why there is no token, or null when there is one. The order of the lines is Microsoft's. */
export function decideSignIn(facts: SignInFacts): RefusalName | null {
  const { tenant, directory, app, form } = facts
  if (!looksLikeDirectory(tenant)) return 'directory_malformed'
  if (!directory) return 'directory_not_found'
  if (directory.faults.tokenFault) return directory.faults.tokenFault
  if (form.grantType === null) return 'grant_type_missing'
  if (form.grantType !== 'client_credentials') return 'grant_type_unsupported'
  if (!app) return 'app_not_in_directory'
  if (!app.installed) return 'service_principal_missing'
  if (!app.enabled) return 'app_disabled'
  return objectionToScope(form.scope) ?? objectionToCredential(facts, app, directory.id)
}

function objectionToScope(scope: string): RefusalName | null {
  if (!/^\S+\/\.default$/.test(scope)) return 'scope_invalid'
  return GRAPH_SCOPES.includes(scope) ? null : 'resource_unknown'
}

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Why what an application proves itself with is not taken, or null when it is. */
export function objectionToCredential(
  { form, now, origin, tenant }: Pick<SignInFacts, 'form' | 'now' | 'origin' | 'tenant'>,
  app: Pick<SandboxApp, 'clientId' | 'secrets' | 'certificates'>,
  directoryId: string,
): RefusalName | null {
  if (form.assertion !== null && form.assertionType === JWT_BEARER) {
    const audiences = [directoryId, tenant].map((name) => `${origin}/${name}/oauth2/v2.0/token`)
    return objectionToAssertion({ assertion: form.assertion, app, audiences, now })
  }
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
