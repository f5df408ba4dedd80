import type { LiveDirectory } from '../directory.ts'
import type { TokenIssuer } from '../sign-in/tokens.ts'
import { findApp, type SandboxWorld } from '../world.ts'

/** Who asks, as far as the token tells. The token decides the directory. */
export type Bearer =
  | { readonly kind: 'known'; readonly directory: LiveDirectory; readonly roles: readonly string[] }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

/** Reads the Authorization header as Graph does. */
export function readBearer(
  header: string | undefined,
  issuer: TokenIssuer,
  world: SandboxWorld,
  now: Date,
): Bearer {
  const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
  if (!token) return refused('Access token is empty.')
  const reading = issuer.read(token, now)
  if (reading.kind === 'malformed') return refused('CompactToken parsing failed with error code: 80049217')
  if (reading.kind === 'forged') return refused('Access token validation failure. Invalid signature.')
  if (reading.kind === 'expired') return refused(EXPIRED)
  const directory = world.find(reading.tid)
  if (!directory || !findApp(directory, reading.appid)?.installed) {
    const message = 'The identity of the calling application could not be established.'
    return { kind: 'refused', code: 'Authorization_IdentityNotFound', message }
  }
  return { kind: 'known', directory, roles: reading.roles }
}

/** What Graph says about a token that is too old, and sometimes about one that is not. */
export const EXPIRED = 'Lifetime validation failed, the token is expired.'

const refused = (message: string): Bearer => ({
  kind: 'refused',
  code: 'InvalidAuthenticationToken',
  message,
})
