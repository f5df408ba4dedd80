import { createHmac, timingSafeEqual } from 'node:crypto'
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'

/**
 * Takes cookies that were signed with an earlier secret as if they were signed with the one in force, so
 * that nobody is signed out by a new secret. The library knows several secrets only for what it encrypts,
 * not for what it signs. A plugin, because every use of a cookie inside the library has to meet it.
 */
export const earlierSecret = (earlier: string, inForce: string): BetterAuthPlugin => ({
  id: 'earlier-secret',
  hooks: {
    before: [
      {
        matcher: (context) => isSigned(cookiesOf(context), earlier),
        handler: createAuthMiddleware(async (context) => {
          const headers = new Headers(context.headers ?? context.request?.headers)
          headers.set('cookie', resigned(headers.get('cookie') ?? '', earlier, inForce))
          return { context: { headers } }
        }),
      },
    ],
  },
})

interface Asked {
  readonly headers?: Headers | undefined
  readonly request?: Request | undefined
}

const cookiesOf = ({ headers, request }: Asked): string => (headers ?? request?.headers)?.get('cookie') ?? ''

const isSigned = (cookies: string, secret: string): boolean => resigned(cookies, secret, '') !== cookies

/** The cookies of a request, with those signed by the earlier secret signed by the one in force. */
const resigned = (cookies: string, earlier: string, inForce: string): string =>
  cookies
    .split(/;\s*/)
    .map((cookie) => {
      const [name = '', ...rest] = cookie.split('=')
      const read = SIGNED.exec(decoded(rest.join('=')))
      if (!read) return cookie
      const [, value = '', signature = ''] = read
      if (!isEqual(signature, signatureOf(value, earlier))) return cookie
      return `${name}=${encodeURIComponent(`${value}.${signatureOf(value, inForce)}`)}`
    })
    .join('; ')

/** A value with its HMAC-SHA-256 in base64 behind it, as the library signs cookies. */
const SIGNED = /^(.{1,500})\.([A-Za-z0-9+/]{43}=)$/

const signatureOf = (value: string, secret: string): string =>
  createHmac('sha256', secret).update(value).digest('base64')

const isEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
