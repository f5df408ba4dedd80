import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { problem } from './problems.tsx'
import type { Env, Web } from './web.ts'

/** Headers of every answer: no foreign script, no inline script, no frame, no sniffing. */
export const securityHeaders = (web: Web) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: web.publicUrl.startsWith('https:')
      ? 'max-age=31536000; includeSubDomains'
      : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  })

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a changing request that another site sends with our cookie. Browsers say where a request
 * comes from (`Sec-Fetch-Site`, `Origin`); a program that says neither is no browser and can be tricked
 * by no page. A request with a key carries no cookie's authority.
 */
export const sameSiteOnly = (web: Web) =>
  createMiddleware<Env>(async (c, next) => {
    if (SAFE.has(c.req.method) || c.req.header('authorization')) return next()
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    const foreignOrigin = origin !== undefined && !web.origins.includes(origin)
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
    if (foreignOrigin || foreignSite) return problem(web, c, 'cross_site')
    return next()
  })

/** The address of the client: the peer, or what the last trusted proxy before us saw. */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  if (trustedProxies === 0 || !forwardedFor) return peer
  const hops = forwardedFor.split(',').map((hop) => hop.trim())
  return hops.at(-trustedProxies) ?? hops[0] ?? peer
}
