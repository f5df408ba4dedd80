import type { MiddlewareHandler } from 'hono'

/** Refuses changes that a page of another site makes the browser send; scripts and tests send no such headers. */
export const sameSiteOnly: MiddlewareHandler = async (c, next) => {
  const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD'
  if (
    changes &&
    comesFromElsewhere(c.req.header('sec-fetch-site'), c.req.header('origin'), c.req.header('host'))
  ) {
    return c.json({ error: 'Another site may not change the sandbox.' }, 403)
  }
  return next()
}

function comesFromElsewhere(
  site: string | undefined,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
