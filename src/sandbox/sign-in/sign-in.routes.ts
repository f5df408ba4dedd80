import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Clock } from '../../kernel/index.ts'
import type { LiveDirectory } from '../directory.ts'
import { dropConnection, waitOf } from '../mishaps.ts'
import { findApp, type SandboxWorld } from '../world.ts'
import type { Codes } from './codes.ts'
import { decideSignIn, type SignInForm } from './decide-sign-in.ts'
import { type Redeeming, redeemCode } from './redeem-code.ts'
import { REFUSALS, type Refusal, type RefusalFacts } from './refusals.ts'
import type { TokenIssuer } from './tokens.ts'

export interface SignInParts {
  readonly world: SandboxWorld
  readonly issuer: TokenIssuer
  readonly clock: Clock
  readonly codes: Codes
  readonly tokenLifetimeSeconds: number
}

type Env = { Bindings: HttpBindings }

/** The sign-in side of Microsoft: tokens, the description of a directory, and the public keys. */
export function signInRoutes(parts: SignInParts): Hono<Env> {
  const { clock, issuer, tokenLifetimeSeconds, world } = parts
  const routes = new Hono<Env>()

  const redeem = (c: Context<Env>, request: Redeeming, directory: LiveDirectory) => {
    const redeemed = redeemCode(parts, request, directory)
    if (typeof redeemed !== 'string') return answer(c, 200, request.now, redeemed)
    const { form, now, tenant } = request
    const facts = {
      tenant,
      directoryId: directory.id,
      clientId: form.clientId,
      appName: '',
      scope: form.scope,
    }
    return refuse(c, REFUSALS[redeemed], facts, now)
  }

  const appToken = (c: Context<Env>, request: Redeeming, directory: LiveDirectory | null) => {
    const { form, now, tenant } = request
    const app = directory ? findApp(directory, form.clientId) : null
    const refused = decideSignIn({ ...request, directory, app })
    if (refused || !directory || !app) {
      const facts = {
        tenant,
        directoryId: directory?.id ?? tenant,
        clientId: form.clientId,
        appName: app?.displayName ?? 'unknown',
        scope: form.scope,
      }
      const headers = refused === 'server_busy' && directory ? waitOf(directory.faults, now).headers : {}
      return refuse(c, REFUSALS[refused ?? 'app_not_in_directory'], facts, now, headers)
    }
    const { tokenEndsEarly, tokenSeconds: lifetimeSeconds = tokenLifetimeSeconds } = directory.faults
    const promised = tokenEndsEarly ? tokenLifetimeSeconds : lifetimeSeconds
    return answer(c, 200, now, {
      token_type: 'Bearer',
      expires_in: promised,
      ext_expires_in: promised,
      access_token: issuer.issue(directory, app, now, {
        lifetimeSeconds,
        isByCertificate: form.secret === null,
      }),
    })
  }

  routes.post('/:tenant/oauth2/v2.0/token', async (c) => {
    const { tenant } = c.req.param()
    const directory = world.find(tenant)
    if (directory?.faults.unreachable) return dropConnection(c.env)
    const form = await readForm(c)
    const request = { form, now: clock.now(), origin: new URL(c.req.url).origin, tenant }
    return directory && form.grantType === 'authorization_code'
      ? redeem(c, request, directory)
      : appToken(c, request, directory)
  })

  routes.get('/:tenant/v2.0/.well-known/openid-configuration', (c) => {
    const directory = world.find(c.req.param('tenant'))
    if (directory?.faults.unreachable) return dropConnection(c.env)
    if (!directory) {
      const tenant = c.req.param('tenant')
      const unknown: Refusal = { ...REFUSALS.directory_not_found, error: 'invalid_tenant' }
      return refuse(
        c,
        unknown,
        { tenant, directoryId: tenant, clientId: '', appName: '', scope: '' },
        clock.now(),
      )
    }
    return answer(c, 200, clock.now(), describe(new URL(c.req.url).origin, directory.id))
  })

  routes.get('/:tenant/discovery/v2.0/keys', (c) =>
    answer(c, 200, clock.now(), {
      keys: [{ ...issuer.publicKey(), use: 'sig', alg: 'RS256', kid: issuer.keyId, x5t: issuer.keyId }],
    }),
  )

  return routes
}

/** The fields we look at; the rest is ignored. A secret may stand in the form or in HTTP Basic. */
async function readForm(c: Context<Env>): Promise<SignInForm> {
  const form = new URLSearchParams(await c.req.text())
  const basic = readBasic(c.req.header('authorization') ?? '')
  return {
    grantType: form.get('grant_type'),
    clientId: form.get('client_id') ?? basic?.clientId ?? '',
    scope: form.get('scope') ?? '',
    secret: form.get('client_secret') ?? basic?.secret ?? null,
    assertion: form.get('client_assertion'),
    assertionType: form.get('client_assertion_type'),
    code: form.get('code'),
    redirectUri: form.get('redirect_uri'),
    codeVerifier: form.get('code_verifier'),
  }
}

function readBasic(header: string): { clientId: string; secret: string } | null {
  const encoded = /^Basic (\S+)$/i.exec(header)?.[1]
  if (!encoded) return null
  const [clientId = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':')
  const plain = new URLSearchParams(`id=${clientId}&secret=${secret}`)
  return { clientId: plain.get('id') ?? '', secret: plain.get('secret') ?? '' }
}

function refuse(
  c: Context<Env>,
  { status, error, code, text }: Refusal,
  facts: RefusalFacts,
  now: Date,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const trace = randomUUID()
  const correlation = c.req.header('client-request-id') ?? randomUUID()
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`
  const trailer = `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`
  const body = {
    error,
    error_description: `AADSTS${code}: ${text(facts)} ${trailer}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  }
  return answer(c, status, now, body, { ...headers, 'x-ms-request-id': trace })
}

function answer(
  c: Context<Env>,
  status: 200 | Refusal['status'],
  now: Date,
  body: object,
  headers: Record<string, string> = {},
): Response {
  const asked =
    c.req.header('return-client-request-id') === 'true' ? c.req.header('client-request-id') : undefined
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store, no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    Date: now.toUTCString(),
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'x-ms-request-id': randomUUID(),
    'x-ms-ests-server': '2.1.22417.4 - WEULR1 ProdSlices',
    ...(asked ? { 'client-request-id': asked } : {}),
    ...headers,
  })
}

const describe = (origin: string, directoryId: string) => ({
  token_endpoint: `${origin}/${directoryId}/oauth2/v2.0/token`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  jwks_uri: `${origin}/${directoryId}/discovery/v2.0/keys`,
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  issuer: `${origin}/${directoryId}/v2.0`,
  authorization_endpoint: `${origin}/${directoryId}/oauth2/v2.0/authorize`,
  tenant_region_scope: 'EU',
  cloud_instance_name: 'microsoftonline.com',
  msgraph_host: 'graph.microsoft.com',
})
