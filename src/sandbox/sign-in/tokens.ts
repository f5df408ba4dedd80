import { createHash, generateKeyPair, type JsonWebKey, randomBytes, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { LiveDirectory, SandboxApp } from '../directory.ts'
import { guidOf } from '../guid.ts'

export type TokenReading =
  | {
      readonly kind: 'valid'
      readonly tid: string
      readonly appid: string
      readonly roles: readonly string[]
    }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'forged' }
  | { readonly kind: 'expired' }

/** For how long a token is good, and with what its application proved itself. */
export interface TokenGrant {
  readonly lifetimeSeconds: number
  readonly isByCertificate?: boolean
}

/** Issues and reads access tokens, signed with a key of this start. */
export interface TokenIssuer {
  readonly keyId: string
  publicKey(): JsonWebKey
  issue(directory: LiveDirectory, app: SandboxApp, now: Date, grant: TokenGrant): string
  /** Any claims, signed: an ID token. */
  sign(claims: object): string
  read(token: string, now: Date): TokenReading
}

/** An issuer with a new RSA key. */
export async function createTokenIssuer(): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const keyId = createHash('sha1').update(der).digest('base64url')
  const signed = (claims: object) => {
    const head = encode({ typ: 'JWT', alg: 'RS256', x5t: keyId, kid: keyId })
    const content = `${head}.${encode(claims)}`
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`
  }
  return {
    keyId,
    publicKey: () => publicKey.export({ format: 'jwk' }),
    issue: (directory, app, now, grant) => signed(claimsOf(directory, app, now, grant)),
    sign: signed,
    read: (token, now) => {
      const claims = parseClaims(token)
      if (!claims) return { kind: 'malformed' }
      const end = token.lastIndexOf('.')
      const signature = Buffer.from(token.slice(end + 1), 'base64url')
      if (!verify('sha256', Buffer.from(token.slice(0, end)), publicKey, signature)) return { kind: 'forged' }
      if (claims.exp * 1000 <= now.getTime()) return { kind: 'expired' }
      return { kind: 'valid', tid: claims.tid, appid: claims.appid, roles: claims.roles }
    },
  }
}

/** The claims Graph tokens carry; `roles` is absent when nothing was granted. */
function claimsOf(directory: LiveDirectory, app: SandboxApp, now: Date, grant: TokenGrant) {
  const seconds = Math.floor(now.getTime() / 1000)
  const issuer = `https://sts.windows.net/${directory.id}/`
  const principal = guidOf('service principal', directory.id, app.clientId)
  return {
    aud: 'https://graph.microsoft.com',
    iss: issuer,
    iat: seconds - 300,
    nbf: seconds - 300,
    exp: seconds + grant.lifetimeSeconds + 1,
    aio: randomBytes(24).toString('base64url'),
    app_displayname: app.displayName,
    appid: app.clientId,
    appidacr: grant.isByCertificate ? '2' : '1',
    idp: issuer,
    idtyp: 'app',
    oid: principal,
    ...(app.granted.length > 0 ? { roles: app.granted } : {}),
    sub: principal,
    tid: directory.id,
    uti: randomBytes(16).toString('base64url'),
    ver: '1.0',
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const claimsBody = z.object({
  tid: z.string(),
  appid: z.string(),
  exp: z.number(),
  roles: z.array(z.string()).default([]),
})

function parseClaims(token: string): z.infer<typeof claimsBody> | null {
  const [, payload, signature] = token.split('.')
  if (!payload || !signature) return null
  try {
    return claimsBody.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString())).data ?? null
  } catch {
    return null
  }
}
