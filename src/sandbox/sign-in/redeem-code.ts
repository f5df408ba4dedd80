import type { LiveDirectory } from '../directory.ts'
import { objectionToCredential, type SignInFacts } from './decide-sign-in.ts'
import { idTokenClaims } from './id-token.ts'
import type { RefusalName } from './refusals.ts'
import type { SignInParts } from './sign-in.routes.ts'

/** A request that brings a code: what it sent, and where. */
export type Redeeming = Pick<SignInFacts, 'form' | 'now' | 'origin' | 'tenant'>

/** Gives an ID token for the code of somebody who signed in, or says why not. */
export function redeemCode(
  { codes, issuer, world }: SignInParts,
  request: Redeeming,
  directory: LiveDirectory,
): RefusalName | object {
  const { form, now, origin } = request
  const app = world.centralApps.find(({ clientId }) => clientId === form.clientId)
  if (!app) return 'app_not_in_directory'
  const refused = objectionToCredential(request, app, directory.id)
  if (refused) return refused
  const grant = codes.redeem(form.code ?? '', {
    directoryId: directory.id,
    clientId: form.clientId,
    redirectUri: form.redirectUri,
    verifier: form.codeVerifier,
  })
  if (typeof grant === 'string') return grant
  return {
    token_type: 'Bearer',
    scope: 'openid profile',
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: issuer.sign({ scp: 'openid profile', tid: directory.id, oid: grant.person.id }),
    id_token: issuer.sign(idTokenClaims(origin, grant, now)),
  }
}
