import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import { consentTo } from '../change-world.ts'
import type { CentralApp, LiveDirectory, SandboxPerson } from '../directory.ts'
import { DIRECTORY_ROLES } from '../people.ts'
import type { SandboxWorld } from '../world.ts'
import type { Codes } from './codes.ts'
import { ConsentPage, NeedsApprovalPage, RefusedPage, SignInPage } from './consent.page.tsx'

const SIGNED_IN = 'sandbox_signed_in'

interface Parts {
  readonly world: SandboxWorld
  readonly codes: Codes
}

/** What both pages are asked with. */
interface Asked {
  readonly directory: LiveDirectory
  readonly app: CentralApp
  readonly redirectUri: string
  readonly query: URLSearchParams
}

/** The pages on which people of a directory consent to an app and sign in to it. */
export function consentRoutes({ codes, world }: Parts): Hono {
  const routes = new Hono()
  const page = (c: Context, content: Child, status: 200 | 400 = 200) =>
    c.html(`<!doctype html>${content}`, status, { 'Cache-Control': 'no-store' })
  const asked = (c: Context) => readAsked(world, c.req.param('tenant') ?? '', new URL(c.req.url).searchParams)

  routes.get('/:tenant/v2.0/adminconsent', (c) => {
    const at = asked(c)
    return 'refusal' in at
      ? page(c, <RefusedPage text={at.refusal} />, 400)
      : page(c, <ConsentPage {...at} />)
  })

  routes.post('/:tenant/v2.0/adminconsent', async (c) => {
    const at = asked(c)
    if ('refusal' in at) return page(c, <RefusedPage text={at.refusal} />, 400)
    const form = new URLSearchParams(await c.req.text())
    const person = personOf(at.directory, form.get('person'))
    if (form.get('answer') !== 'accept' || !person) return c.redirect(declined(at), 302)
    signIn(c, person)
    if (!person.roles.includes(DIRECTORY_ROLES['Global Administrator']))
      return page(c, <NeedsApprovalPage app={at.app} person={person} backHref={declined(at)} />)
    consentTo(at.directory, at.app)
    const given = { admin_consent: 'True', tenant: at.directory.id, scope: at.query.get('scope') ?? '' }
    return c.redirect(back(at, given), 302)
  })

  routes.get('/:tenant/oauth2/v2.0/authorize', (c) => {
    const at = asked(c)
    if ('refusal' in at) return page(c, <RefusedPage text={at.refusal} />, 400)
    const known = personOf(at.directory, getCookie(c, SIGNED_IN) ?? null)
    return known ? c.redirect(withCode(codes, at, known), 302) : page(c, <SignInPage {...at} />)
  })

  routes.post('/:tenant/oauth2/v2.0/authorize', async (c) => {
    const at = asked(c)
    if ('refusal' in at) return page(c, <RefusedPage text={at.refusal} />, 400)
    const form = new URLSearchParams(await c.req.text())
    const person = personOf(at.directory, form.get('person'))
    if (!person)
      return c.redirect(back(at, { error: 'access_denied', error_description: 'AADSTS50126' }), 302)
    signIn(c, person)
    return c.redirect(withCode(codes, at, person), 302)
  })

  return routes
}

const signIn = (c: Context, { id }: SandboxPerson) =>
  setCookie(c, SIGNED_IN, id, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 600 })

const personOf = (directory: LiveDirectory, id: string | null): SandboxPerson | undefined =>
  directory.people.find((person) => person.id === id)

/** A page that cannot be shown says why itself: nobody is sent to an address that the app did not register. */
function readAsked(world: SandboxWorld, tenant: string, query: URLSearchParams): Asked | { refusal: string } {
  const directory = world.find(tenant)
  if (!directory) return { refusal: `AADSTS90002: Tenant '${tenant}' not found.` }
  const clientId = query.get('client_id') ?? ''
  const app = world.centralApps.find((each) => each.clientId === clientId)
  if (!app)
    return {
      refusal: `AADSTS700016: Application with identifier '${clientId}' was not found in the directory.`,
    }
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris.some((registered) => isSameAddress(registered, redirectUri)))
    return {
      refusal: `AADSTS50011: The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application.`,
    }
  return { directory, app, redirectUri, query }
}

function isSameAddress(registered: string, asked: string): boolean {
  if (registered === asked) return true
  if (!URL.canParse(registered) || !URL.canParse(asked)) return false
  const [one, other] = [new URL(registered), new URL(asked)]
  const isLoopback = ['localhost', '127.0.0.1'].includes(one.hostname)
  one.port = ''
  other.port = ''
  return isLoopback && one.href === other.href
}

/** Microsoft says `admin_consent=True` beside the error of somebody who declined. */
const declined = (at: Asked) =>
  back(at, {
    admin_consent: 'True',
    error: 'consent_required',
    error_description: 'AADSTS65004: User declined to consent to access the app.',
    tenant: at.directory.id,
  })

function withCode(codes: Codes, at: Asked, person: SandboxPerson): string {
  const { app, directory, query, redirectUri } = at
  const code = codes.issue({
    directoryId: directory.id,
    clientId: app.clientId,
    redirectUri,
    challenge: query.get('code_challenge'),
    nonce: query.get('nonce'),
    person,
  })
  return back(at, { code })
}

function back({ query, redirectUri }: Asked, answer: Record<string, string>): string {
  const address = new URL(redirectUri)
  const state = query.get('state')
  address.search = new URLSearchParams({ ...answer, ...(state !== null && { state }) }).toString()
  return address.href
}
