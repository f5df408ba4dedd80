import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { startSandbox } from '../start-sandbox.ts'
import { REFUSALS, type RefusalName } from './refusals.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
const secret = app.secrets[0]?.value ?? ''
const now = new Date('2026-11-23T05:00:00Z')
const clock = { now: () => now, monotonic: () => 0 }
const strange = contoso({ id: '5c0de000-0000-4000-a000-00000000beef', domain: 'fabrikam.example', apps: [] })
const sandbox = await startSandbox({ port: 0, directories: [contoso(), strange], clock })
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const GOOD = {
  grant_type: 'client_credentials',
  client_id: app.clientId,
  client_secret: secret,
  scope: 'https://graph.microsoft.com/.default',
}

async function ask(form: Record<string, string> = GOOD, tenant: string = contoso().id, headers = {}) {
  const response = await fetch(`${sandbox.url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  })
  return { response, status: response.status, body: await response.json() }
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

const without = (field: keyof typeof GOOD): Record<string, string> => {
  const { [field]: _, ...rest } = GOOD
  return rest
}

test('a token carries who asks, where, and what is granted', async () => {
  const { status, body } = await ask()

  expect(status).toBe(200)
  expect(body).toEqual({
    token_type: 'Bearer',
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: expect.any(String),
  })
  expect(claimsOf(body.access_token)).toMatchObject({
    aud: 'https://graph.microsoft.com',
    iss: `https://sts.windows.net/${contoso().id}/`,
    appid: app.clientId,
    appidacr: '1',
    idtyp: 'app',
    tid: contoso().id,
    roles: app.granted,
    ver: '1.0',
  })
})

test('a token without any grant has no roles at all', async () => {
  sandbox.world.app('contoso.example', app.clientId).granted = []

  expect(claimsOf((await ask()).body.access_token)).not.toHaveProperty('roles')
})

test('a token can be verified with the published key', async () => {
  const about = await fetch(`${sandbox.url}/contoso.example/v2.0/.well-known/openid-configuration`)
  const { jwks_uri, token_endpoint } = await about.json()
  const { keys } = await (await fetch(jwks_uri)).json()
  const token: string = (await ask()).body.access_token
  const [head, payload, signature] = token.split('.')
  const key = createPublicKey({ key: keys[0], format: 'jwk' })

  expect(token_endpoint).toBe(`${sandbox.url}/${contoso().id}/oauth2/v2.0/token`)
  expect(
    verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature ?? '', 'base64url')),
  ).toBe(true)
})

test.each(['contoso.example', contoso().id.toUpperCase()])(
  'the directory may be named %s',
  async (tenant) => {
    expect((await ask(GOOD, tenant)).status).toBe(200)
  },
)

test('fields nobody knows are ignored', async () => {
  expect((await ask({ ...GOOD, 'x-client-SKU': 'msal', client_info: '1' })).status).toBe(200)
})

test('the secret may come by HTTP Basic', async () => {
  const basic = Buffer.from(`${app.clientId}:${encodeURIComponent(secret)}`).toString('base64')
  const { grant_type, scope } = GOOD

  expect((await ask({ grant_type, scope }, contoso().id, { authorization: `Basic ${basic}` })).status).toBe(
    200,
  )
})

test.each<[RefusalName, Record<string, string>, string]>([
  ['secret_wrong', { ...GOOD, client_secret: 'wrong' }, contoso().id],
  ['credential_missing', without('client_secret'), contoso().id],
  ['credential_missing', { ...without('client_secret'), client_assertion: 'a.b.c' }, contoso().id],
  [
    'assertion_signature_invalid',
    {
      ...without('client_secret'),
      client_assertion: 'a.b.c',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    },
    contoso().id,
  ],
  ['app_not_in_directory', GOOD, strange.id],
  ['directory_not_found', GOOD, 'nobody.example'],
  ['directory_not_found', GOOD, '00000000-0000-0000-0000-000000000000'],
  ['directory_malformed', GOOD, 'common'],
  ['scope_invalid', { ...GOOD, scope: 'https://graph.microsoft.com/User.Read' }, contoso().id],
  ['scope_invalid', { ...GOOD, scope: 'https://a/.default https://b/.default' }, contoso().id],
  ['resource_unknown', { ...GOOD, scope: 'https://else.example/.default' }, contoso().id],
  ['grant_type_missing', without('grant_type'), contoso().id],
  ['grant_type_unsupported', { ...GOOD, grant_type: 'password' }, contoso().id],
])('a wrong request is refused with %s', async (name, form, tenant) => {
  expect((await ask(form, tenant)).body.error_codes).toEqual([REFUSALS[name].code])
})

test.each<[RefusalName, (directory: ReturnType<typeof sandbox.world.directory>) => void]>([
  [
    'service_principal_missing',
    ({ apps }) => {
      for (const one of apps) one.installed = false
    },
  ],
  [
    'app_disabled',
    ({ apps }) => {
      for (const one of apps) one.enabled = false
    },
  ],
  [
    'secret_expired',
    ({ apps }) => {
      for (const one of apps) one.secrets = [{ value: secret, expiresAt: '2026-11-23T05:00:00Z' }]
    },
  ],
  [
    'secret_wrong',
    ({ apps }) => {
      for (const one of apps) one.secrets = [{ value: secret, revoked: true }]
    },
  ],
])('a changed directory refuses with %s', async (name, change) => {
  change(sandbox.world.directory('contoso.example'))

  expect((await ask()).body.error_codes).toEqual([REFUSALS[name].code])
})

test('of two secrets, the one that is still good is accepted', async () => {
  sandbox.world.app('contoso.example', app.clientId).secrets.unshift({ value: secret, revoked: true })

  expect((await ask()).status).toBe(200)
})

test.each(Object.keys(REFUSALS) as RefusalName[])('the refusal %s looks like Microsoft’s', async (name) => {
  sandbox.world.directory('contoso.example').faults.tokenFault = name
  const refusal = REFUSALS[name]
  const { response, status, body } = await ask(GOOD, contoso().id, {
    'client-request-id': 'c0ffee00-0000-4000-a000-000000000000',
    'return-client-request-id': 'true',
  })

  expect(status).toBe(refusal.status)
  expect(body).toEqual({
    error: refusal.error,
    error_description: expect.stringMatching(
      new RegExp(
        `^AADSTS${refusal.code}: .+ Trace ID: [0-9a-f-]{36} Correlation ID: c0ffee00-0000-4000-a000-000000000000 Timestamp: 2026-11-23 05:00:00Z$`,
      ),
    ),
    error_codes: [refusal.code],
    timestamp: '2026-11-23 05:00:00Z',
    trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    correlation_id: 'c0ffee00-0000-4000-a000-000000000000',
    error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
  })
  expect(response.headers.get('x-ms-request-id')).toBe(body.trace_id)
  expect(response.headers.get('client-request-id')).toBe('c0ffee00-0000-4000-a000-000000000000')
})

test('a directory that does not exist has no description', async () => {
  const response = await fetch(`${sandbox.url}/nobody.example/v2.0/.well-known/openid-configuration`)

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] })
})
