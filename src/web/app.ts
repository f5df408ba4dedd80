import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { identify } from '../access/index.ts'
import { NoWorkspaceChosen } from './frame.ts'
import { assetCaching } from './look/index.ts'
import { ANY_JSON, languageFor, representationFor } from './negotiation.ts'
import { problem } from './problems.tsx'
import { readerOf } from './reader.ts'
import { clientAddress, sameSiteOnly, securityHeaders } from './security.ts'
import { withAddress } from './sign-in-library.ts'
import type { App, Env, Request, Web } from './web.ts'

/** Adds the routes of one feature. */
export type Routes = (app: App, web: Web) => void

/** The web application: the shell around every request, and inside it the routes of the features. */
export function createApp(web: Web, features: readonly Routes[]): App {
  const app = new Hono<Env>()
  app.use(securityHeaders(web), numbered, spokenTo(web), closedOverUnread)
  assetRoutes(app, web)
  app.use(bodyLimit({ maxSize: MOST_BYTES_READ, onError: (c) => problem(web, c as Request, 'too_large') }))
  app.use(sameSiteOnly(web))
  authRoutes(app, web)
  app.use(known(web))
  app.use('/admin', signedIn(web))
  app.use('/admin/*', signedIn(web))
  for (const addRoutes of features) addRoutes(app, web)
  app.notFound((c) => notHere(web, app, c))
  app.onError((fault, c) => onFault(web, c, fault))
  return app
}

/** Beyond this a body is not even read; below it, `readBody` says what is too large in an orderly answer. */
const MOST_BYTES_READ = 1024 * 1024

/** Every request has a number that leads from its answer to our log. */
const numbered = createMiddleware<Env>(async (c, next) => {
  const correlationId = randomUUID()
  c.set('correlationId', correlationId)
  c.header('X-Correlation-Id', correlationId)
  await next()
})

/** What a body may hold unread while its connection is kept for the next request, in bytes. */
const MOST_LEFT_UNREAD = 64 * 1024

/** A connection with much of a body still to come is not kept: the next request on it would be cut off. */
const closedOverUnread = createMiddleware<Env>(async (c, next) => {
  await next()
  const { bodyUsed, headers } = c.req.raw
  const length = Number(headers.get('content-length') ?? 0)
  if (!bodyUsed && (length > MOST_LEFT_UNREAD || headers.has('transfer-encoding')))
    c.header('Connection', 'close')
})

/** Answers are made for one person: never kept, and different by language, form and cookie. */
const spokenTo = (web: Web) =>
  createMiddleware<Env>(async (c, next) => {
    c.set('clientAddress', addressOf(web, c))
    c.set('who', null)
    c.set('reader', readerOf(languageFor(null, c.req.header('accept-language')), null))
    await next()
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    c.header('Vary', 'Accept, Accept-Language, Cookie')
  })

function addressOf(web: Web, c: Request): string {
  const peer = peerOf(c)
  return clientAddress(peer, c.req.header('x-forwarded-for'), web.trustedProxies)
}

/** The other end of the connection; requests that never crossed a socket (in tests) have none. */
function peerOf(c: Request): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/** Tells who sent the request and speaks to that person from here on. */
const known = (web: Web) =>
  createMiddleware<Env>(async (c, next) => {
    const who = await identify(web.auth, web.db, c.req.raw.headers)
    c.set('who', who)
    const language = languageFor(who?.language ?? null, c.req.header('accept-language'))
    c.set('reader', readerOf(language, who?.timeZone ?? null, who?.theme ?? null))
    await next()
  })

/** Behind this there is always a person; pages send the others to the sign-in. */
const signedIn = (web: Web) =>
  createMiddleware<Env>(async (c, next) => {
    if (c.var.who) return next()
    const wantsPage = representationFor(c, ANY_JSON) === 'html' && !c.req.header('authorization')
    if (!wantsPage) return problem(web, c, 'unauthenticated')
    const next_ = c.req.method === 'GET' ? new URL(c.req.url).pathname + new URL(c.req.url).search : '/admin'
    return c.redirect(`/sign-in?next=${encodeURIComponent(next_)}`, 303)
  })

/** The one path of the sign-in library that is reachable; everything else is ours to offer or not. */
function authRoutes(app: App, web: Web): void {
  app.post('/api/auth/sign-in/email', async (c) => {
    const answer = await web.auth.handler(judged(web, c))
    return answer.status >= 500 ? problem(web, c, 'unavailable') : answer
  })
}

/**
 * A request whose origin the shell has judged already. Programs send none, and Node's own fetch says
 * `Sec-Fetch-Mode` all the same, which the library would take for a browser hiding where it comes from.
 */
function judged(web: Web, c: Request): globalThis.Request {
  const request = withAddress(c.req.raw, c.var.clientAddress)
  request.headers.set('origin', web.publicUrl)
  return request
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

function assetRoutes(app: App, web: Web): void {
  app.get('/assets/:file', async (c) => {
    const file = c.req.param('file')
    const type = TYPES[file.split('.').at(-1) ?? '']
    if (!type || !/^[\w.-]+$/.test(file)) return problem(web, c, 'not_found')
    const content = await readFile(join(web.assetFolder, file)).catch(() => null)
    if (!content) return problem(web, c, 'not_found')
    c.header('Cache-Control', assetCaching(file))
    return c.body(new Uint8Array(content), 200, { 'Content-Type': type })
  })
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * No route took the request: the path is known, but not with this method (405), or it is not (404). Only
 * the pattern of a path is looked at, never what its ids stand for; behind the sign-in nobody comes this far.
 */
function notHere(web: Web, app: App, c: Request): Response | Promise<Response> {
  const taken = METHODS.filter((method) => {
    const [found] = app.router.match(method, c.req.path)
    return found.some(([[, route]]) => route.method === method)
  })
  if (taken.length === 0) return problem(web, c, 'not_found')
  c.header('Allow', taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method)).join(', '))
  return problem(web, c, 'method_not_allowed')
}

/** The token in a link opens something, so a line of the log leaves it out. */
const legiblePath = (path: string) => path.replace(/^\/(set-up|invitations|reset-password)\/.*$/, '/$1/…')

function onFault(web: Web, c: Request, fault: Error): Response | Promise<Response> {
  if (fault instanceof NoWorkspaceChosen) {
    if (representationFor(c, null) === 'html') return c.redirect('/admin/workspaces', 303)
    return problem(web, c, 'not_found')
  }
  if (c.req.raw.signal.aborted) return problem(web, c, 'unavailable') // nobody hears it: the client has gone
  web.log.error(
    {
      correlationId: c.var.correlationId,
      path: legiblePath(c.req.path),
      fault: fault.stack ?? String(fault),
    },
    'A request failed',
  )
  return problem(web, c, 'unavailable')
}
