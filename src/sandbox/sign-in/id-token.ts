import type { CodeGrant } from './codes.ts'

/** The claims of a v2.0 ID token; `wids` names the directory roles of whoever signed in. */
export function idTokenClaims(origin: string, grant: CodeGrant, now: Date): object {
  const seconds = Math.floor(now.getTime() / 1000)
  const { clientId, directoryId, nonce, person } = grant
  return {
    aud: clientId,
    iss: `${origin}/${directoryId}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    name: person.name,
    ...(nonce === null ? {} : { nonce }),
    oid: person.id,
    preferred_username: person.userName,
    sub: `${clientId}.${person.id}`,
    tid: directoryId,
    ver: '2.0',
    wids: person.roles,
  }
}
