import type { LiveDirectory, SandboxApp } from '../directory.ts'
import type { TokenIssuer } from '../sign-in/tokens.ts'
import { findApp, type SandboxWorld } from '../world.ts'
import { EXPIRED } from './errors.ts'

/** Who asks, as far as the token tells. The token decides the directory. */
export type Bearer =
  | KnownBearer
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

export interface KnownBearer {
  readonly kind: 'known'
  readonly directory: LiveDirectory
  readonly app: SandboxApp
  /** What the token carries. */
  readonly roles: readonly string[]
}

/** What counts of the roles in a token: what was revoked at once does not, until it is granted again. */
export const rolesNow = ({ app, roles }: KnownBearer): readonly string[] =>
  roles.filter((role) => !app.revoked?.includes(role) || app.granted.includes(role))

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
  const app = directory && findApp(directory, reading.appid)
  if (!directory || !app?.installed) {
    const message = 'The identity of the calling application could not be established.'
    return { kind: 'refused', code: 'Authorization_IdentityNotFound', message }
  }
  return { kind: 'known', directory, app, roles: reading.roles }
}

const refused = (message: string): Bearer => ({
  kind: 'refused',
  code: 'InvalidAuthenticationToken',
  message,
})
