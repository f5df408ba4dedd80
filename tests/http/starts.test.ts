import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../browser/product.ts'

const VENDOR = 'application/vnd.tenantpilot.provider-start-outcome+json'
const RUN_TYPE = 'application/vnd.tenantpilot.provider-backed-run-detail+json'
const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

let product: Product
let operator: string
let directories: Map<string, string>
beforeAll(async () => {
  product = await startProduct()
  operator = await product.signIn('operator@contoso.example')
  const answer = await get('/admin/tenants', { accept: 'application/json' })
  const { tenants } = (await answer.json()) as { tenants: { id: string; name: string }[] }
  directories = new Map(tenants.map(({ id, name }) => [name, id]))
}, 180_000)
afterAll(() => product?.stop())

type Headers = Record<string, string>
const get = (path: string, headers: Headers = {}) =>
  fetch(product.url + path, { headers: { cookie: operator, ...headers }, redirect: 'manual' })
const post = (path: string, headers: Headers = {}, body?: string) =>
  fetch(product.url + path, {
    method: 'POST',
    headers: { cookie: operator, accept: 'application/json', ...headers },
    redirect: 'manual',
    ...(body !== undefined && { body }),
  })
const startPath = (tenant: string, operation: string) =>
  `/admin/t/${directories.get(tenant) ?? tenant}/provider-actions/${operation}/start`

async function ended(runId: number): Promise<Record<string, unknown>> {
  for (;;) {
    const run = (await (await get(`/admin/operations/${runId}`, { accept: RUN_TYPE })).json()) as Record<
      string,
      unknown
    >
    if (run.executionStatus === 'completed') return run
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The demonstration's promise: what each tenant answers to the sync and to the check. */
const TABLE: readonly [tenant: string, sync: string, check: string][] = [
  ['Adventure Works', 'accepted', 'accepted'],
  ['Northwind Traders', 'accepted', 'accepted'],
  ['Proseware', 'accepted', 'accepted'],
  ['Bellows College', 'provider_connection_missing', 'provider_connection_missing'],
  ['Coho Winery', 'provider_connection_default_missing', 'provider_connection_default_missing'],
  ['Litware', 'provider_connection_disabled', 'provider_connection_disabled'],
  ['Graphic Design Institute', 'provider_credential_expired', 'provider_credential_expired'],
  ['Wide World Importers', 'tenant_not_operable', 'tenant_not_operable'],
  ['Fourth Coffee', 'provider_consent_missing', 'accepted'],
  ["Margie's Travel", 'provider_permission_missing', 'accepted'],
  ['Tailspin Toys', 'provider_evidence_stale', 'accepted'],
]

test.each(TABLE)('%s answers the sync with %s and the check with %s', async (tenant, sync, check) => {
  for (const [operation, expected] of [
    [SYNC, sync],
    [CHECK, check],
  ] as const) {
    const answer = await post(startPath(tenant, operation))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(VENDOR)
    const outcome = (await answer.json()) as Record<string, unknown> & { run: { id: number; url: string } }
    expect(outcome.reasonCode ?? outcome.status).toBe(expected)
    expect(outcome.operationType).toBe(operation)
    expect(outcome.run.url).toBe(`/admin/operations/${outcome.run.id}`)
    if (outcome.status === 'accepted') expect((await ended(outcome.run.id)).outcome).toBe('succeeded')
    if (outcome.status === 'blocked')
      expect(await ended(outcome.run.id)).toMatchObject({ outcome: 'blocked', reasonCode: expected })
  }
})

test.each(['Adventure Works', "Margie's Travel"])(
  '%s answers the sync of groups with accepted, and they are listed',
  async (tenant) => {
    const list = `/admin/t/${directories.get(tenant)}/directory/groups`
    const answer = (await (await post(`${list}/sync`)).json()) as { status: string; run: { id: number } }
    expect(answer.status).toBe('accepted')
    expect(await ended(answer.run.id)).toMatchObject({ outcome: 'succeeded' })
    const { groups } = (await (await get(list, { accept: 'application/json' })).json()) as {
      groups: unknown[]
    }
    expect(groups).toHaveLength(50)
  },
)

test('Humongous Insurance is taken at its word until Microsoft refuses the secret, and blocked from then on', async () => {
  const first = (await (await post(startPath('Humongous Insurance', CHECK))).json()) as {
    status: string
    run: { id: number }
  }
  expect(first.status).toBe('accepted')
  expect(await ended(first.run.id)).toMatchObject({
    outcome: 'failed',
    reasonCode: 'provider_credential_rejected',
  })
  expect(await (await post(startPath('Humongous Insurance', SYNC))).json()).toMatchObject({
    status: 'blocked',
    reasonCode: 'provider_credential_rejected',
  })
})

describe('the order of answers', () => {
  test('nobody: a program gets 401, a browser the sign-in', async () => {
    const path = startPath('Adventure Works', SYNC)
    expect((await post(path, { cookie: '' })).status).toBe(401)
    const page = await get('/admin/tenants', { cookie: '', accept: 'text/html' })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fadmin%2Ftenants'])
  })

  test('what is invisible, absent or malformed is the same 404 to the byte', async () => {
    const fabrikam = await product.signIn('owner@fabrikam.example')
    const seen = await Promise.all(
      [
        post(startPath('Adventure Works', SYNC), { cookie: fabrikam }),
        post(startPath('00000000-0000-4000-a000-000000000000', SYNC), { cookie: fabrikam }),
        post(startPath('not-an-id', SYNC), { cookie: fabrikam }),
        post(startPath('x'.repeat(5000), SYNC), { cookie: fabrikam }),
        post(startPath('Adventure Works', 'no.such.operation')),
        post(startPath('Adventure Works', 'restore.execute')),
        get('/admin/operations/999999999', { accept: 'application/json' }),
        get('/admin/operations/1', { cookie: fabrikam, accept: 'application/json' }),
        get('/admin/operations/99999999999999999999', { accept: 'application/json' }),
      ].map(async (answer) => {
        const { headers, status } = await answer
        return [status, headers.get('content-type'), await (await answer).text()]
      }),
    )
    expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(seen[0]?.[0]).toBe(404)
  })

  test('a reader gets 403 before anybody looks at the body', async () => {
    const reader = await product.signIn('readonly@contoso.example')
    const answer = await post(
      startPath('Adventure Works', SYNC),
      { cookie: reader, 'content-type': 'application/json' },
      '{"providerConnectionId":"x"}',
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('wrong fields are a 422 that names each; null and unknown ones are taken', async () => {
    const json = { 'content-type': 'application/json' }
    const wrong = await post(
      startPath('Adventure Works', SYNC),
      json,
      '{"providerConnectionId":"7","sourceSurface":3}',
    )
    expect(wrong.status).toBe(422)
    const { errors } = (await wrong.json()) as { errors: { pointer: string }[] }
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/providerConnectionId', '/sourceSurface'])
    const fine = await post(
      startPath('Bellows College', SYNC),
      json,
      '{"providerConnectionId":null,"anything":[1]}',
    )
    expect(fine.status).toBe(200)
    for (const body of ['{', '[]', '"x"', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`])
      expect((await post(startPath('Bellows College', SYNC), json, body)).status, body.slice(0, 10)).toBe(422)
    expect(
      (await post(startPath('Bellows College', SYNC), { 'content-type': 'text/xml' }, '<a/>')).status,
    ).toBe(415)
    expect(
      (await post(startPath('Bellows College', SYNC), json, `{"a":"${'x'.repeat(70_000)}"}`)).status,
    ).toBe(413)
  })

  test('a connection of another tenant is not visible here', async () => {
    const answer = await post(
      startPath('Bellows College', SYNC),
      { 'content-type': 'application/json' },
      '{"providerConnectionId":1}',
    )
    expect(answer.status).toBe(404)
  })
})

test('the representation follows the q-values of Accept', async () => {
  const path = startPath('Bellows College', SYNC)
  const kinds = await Promise.all(
    [
      'text/html',
      `${VENDOR};q=0.9, text/html;q=0.1`,
      'application/json',
      '*/*',
      'image/png',
      'text/html;q=0, */*;q=0.1',
    ].map(async (accept) => {
      const { headers, status } = await post(path, { accept })
      return `${status} ${headers.get('content-type')?.split(';')[0]}`
    }),
  )
  expect(kinds).toEqual([
    '200 text/html',
    `200 ${VENDOR}`,
    `200 ${VENDOR}`,
    '200 text/html',
    '406 application/problem+json',
    `200 ${VENDOR}`,
  ])
})

test('a repeated key repeats the answer, and belongs to one request only', async () => {
  const headers = { 'idempotency-key': 'the-same', 'content-type': 'application/json' }
  const path = startPath('Bellows College', SYNC)
  const first = await (await post(path, headers, '{"sourceSurface":"a"}')).text()
  expect(await (await post(path, headers, '{ "sourceSurface" : "a" }')).text()).toBe(first)
  expect((await post(path, headers, '{"sourceSurface":"b"}')).status).toBe(422)
  expect((await post(path, { 'idempotency-key': 'k'.repeat(256) })).status).toBe(422)
})

test('another site cannot start anything with our cookie', async () => {
  const path = startPath('Bellows College', SYNC)
  expect((await post(path, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await post(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await post(path, { origin: product.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('explain says what a start would be answered, and starts nothing', async () => {
  const path = (tenant: string) => startPath(tenant, SYNC).replace(/start$/, 'explain')
  const before = (
    (await (await get('/admin/operations', { accept: 'application/json' })).json()) as {
      operations: { runId: number }[]
    }
  ).operations[0]?.runId
  expect(await (await get(path('Adventure Works'), { accept: VENDOR })).json()).toMatchObject({
    status: 'accepted',
  })
  expect(await (await get(path('Litware'), { accept: VENDOR })).json()).toMatchObject({
    status: 'blocked',
    reasonCode: 'provider_connection_disabled',
  })
  const after = (
    (await (await get('/admin/operations', { accept: 'application/json' })).json()) as {
      operations: { runId: number }[]
    }
  ).operations[0]?.runId
  expect(after).toBe(before)
})

test('a key works as its owner in its workspace, and makes no keys', async () => {
  const made = await post(
    '/admin/api-keys',
    { 'content-type': 'application/json' },
    '{"name":"nightly report","days":3}',
  )
  expect(made.status).toBe(201)
  const { key } = (await made.json()) as { key: string }
  const bearer = { cookie: '', authorization: `Bearer ${key}` }
  const started = await post(startPath('Bellows College', SYNC), { ...bearer, accept: '*/*' })
  expect([started.status, started.headers.get('content-type')]).toEqual([200, VENDOR])
  expect(
    (await post('/admin/api-keys', { ...bearer, 'content-type': 'application/json' }, '{"name":"x"}')).status,
  ).toBe(403)
  expect(
    (await post(startPath('Bellows College', SYNC), { ...bearer, authorization: `Bearer ${key}x` })).status,
  ).toBe(401)
})

test('whoever sends an Authorization header gets nothing from a cookie', async () => {
  for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer  a b']) {
    const answer = await post(startPath('Bellows College', SYNC), {
      authorization,
      origin: 'https://evil.example',
    })
    expect(answer.status, authorization).toBe(401)
  }
})

test('no input, however odd, is a fault of ours', async () => {
  const json = { 'content-type': 'application/json' }
  const owner = { ...json, cookie: await product.signIn('owner@contoso.example') }
  const multipart = { 'content-type': 'multipart/form-data' }
  const answers = [
    await post('/sign-in', { ...multipart, cookie: '' }, 'garbage'),
    await post('/admin/settings', multipart, 'garbage'),
    await post('/admin/notifications/read', multipart, 'garbage'),
    await post(startPath('Bellows College', '%00')),
    await post(startPath('Bellows College', SYNC), json, '{"sourceSurface":"a\\u0000b"}'),
    await post(
      '/admin/tenants',
      owner,
      '{"name":"\\ud800","directoryId":"11111111-2222-4333-a444-555555555555"}',
    ),
    await post(
      '/admin/tenants',
      owner,
      '{"name":"\\u202Eevil","directoryId":"11111111-2222-4333-a444-555555555555"}',
    ),
    await post('/admin/api-keys', json, 'null'),
    await post('/admin/api-keys', json, '{"name":{"toString":1}}'),
    await post('/admin/api-keys/%00/revoke'),
    await post('/admin/api-keys/never-existed/revoke'),
    await post(
      '/sign-in',
      { cookie: '', 'content-type': 'application/x-www-form-urlencoded' },
      `email=${'x'.repeat(200_000)}`,
    ),
  ]
  for (const { status, url } of answers) expect(status, url).toBeLessThan(500)
  for (const { status, url } of answers)
    expect(status, url).toBeGreaterThanOrEqual(
      url.includes('notifications') || url.includes('settings') ? 200 : 400,
    )
})

test('a start through a connection is the same start', async () => {
  const answer = await post(`/admin/provider-connections/999999/actions/${CHECK}/start`)
  expect(answer.status).toBe(404)
  const { connections } = (await (
    await get('/admin/provider-connections', { accept: 'application/json' })
  ).json()) as {
    connections: { id: number; tenant: { name: string } }[]
  }
  const coho = connections.find(({ tenant }) => tenant.name === 'Coho Winery')
  const started = (await (
    await post(`/admin/provider-connections/${coho?.id}/actions/${CHECK}/start`)
  ).json()) as { status: string; run: { id: number } }
  expect(started.status).toBe('accepted')
  expect(await ended(started.run.id)).toMatchObject({
    outcome: 'succeeded',
    providerConnection: { id: coho?.id },
  })
})

test('every answer carries the security headers and is not kept', async () => {
  const { headers } = await get('/admin/tenants', { accept: 'text/html' })
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/)
  expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('sign-in leads nowhere but into the product', async () => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%0d%0aevil',
    '/.//evil.com',
    '/..//evil.com',
    '/a/..//evil.com',
    '/%2e//evil.com',
    '/%2e%2e//evil.com',
  ]) {
    const form = new URLSearchParams({ email: 'operator@contoso.example', password: 'demo-demo-demo', next })
    const answer = await fetch(`${product.url}/sign-in`, { method: 'POST', body: form, redirect: 'manual' })
    expect(answer.status).toBe(303)
    expect(new URL(answer.headers.get('location') ?? '', product.url).origin, next).toBe(product.url)
  }
})

test('the description of the API is OpenAPI 3.1 and spells null as 3.1 does', async () => {
  const document = (await (await get('/openapi.json')).json()) as { openapi: string; paths: object }
  expect(document.openapi).toBe('3.1.0')
  expect(JSON.stringify(document)).not.toContain('nullable')
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/admin/t/{tenant}/provider-actions/{operation}/start',
      '/admin/operations/{run}',
    ]),
  )
})

test.each([100_000, 400_000, 1_000_000])(
  'after a body of %i bytes that nobody wanted, the next request of the same client is answered',
  async (bytes) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (method: string, path: string, body = '') =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(product.url + path, {
          agent,
          method,
          headers: { 'content-length': body.length },
        })
        asked.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
        asked.on('error', reject)
        asked.end(body)
      })

    expect(await ask('POST', '/nowhere', 'x'.repeat(bytes))).toBe(404)
    expect(await ask('GET', '/healthz')).toBe(200)
    agent.destroy()
  },
)
