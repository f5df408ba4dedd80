import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { startSandbox } from '../start-sandbox.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
let ahead = 0
const clock = { now: () => new Date(1_795_411_463_500 + ahead), monotonic: () => 0 }
const sandbox = await startSandbox({ port: 0, directories: [contoso({ roleDefinitions: 250 })], clock })
const ROLES = '/v1.0/roleManagement/directory/roleDefinitions'
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const directory = () => sandbox.world.directory('contoso.example')

async function signIn(): Promise<string> {
  const response = await fetch(`${sandbox.url}/${contoso().id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: app?.clientId ?? '',
      client_secret: app?.secrets[0]?.value ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  return (await response.json()).access_token
}

async function ask(path: string, token: string | null, headers: Record<string, string> = {}) {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const url = path.startsWith('http') ? path : `${sandbox.url}${path}`
  const response = await fetch(url, { headers: { ...authorization, ...headers } })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('every answer has the headers Microsoft sends, and repeats the id of the caller', async () => {
  const { headers } = await ask('/v1.0/organization', await signIn(), { 'client-request-id': 'mine' })

  expect(headers.get('client-request-id')).toBe('mine')
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers.get('odata-version')).toBe('4.0')
  expect(headers.get('date')).toBe(clock.now().toUTCString())
  expect(headers.get('content-type')).toContain('odata.metadata=minimal;odata.streaming=true')
  expect(JSON.parse(headers.get('x-ms-ags-diagnostic') ?? '')).toHaveProperty('ServerInfo.DataCenter')
  expect(headers.get('x-ms-resource-unit')).toBe('1')
})

test('role definitions come in pages of a hundred, Microsoft’s own first', async () => {
  const token = await signIn()
  const first = await ask(ROLES, token)
  const second = await ask(first.body['@odata.nextLink'], token)
  const third = await ask(second.body['@odata.nextLink'], token)

  expect([first, second, third].map(({ body }) => body.value.length)).toEqual([100, 100, 50])
  expect(Object.keys(first.body)).toEqual(['@odata.context', '@odata.nextLink', 'value'])
  expect(third.body).not.toHaveProperty('@odata.nextLink')
  expect(first.body.value[0]).toMatchObject({ displayName: 'Global Reader', isBuiltIn: true })
  expect(third.body.value.at(-1)).toMatchObject({ isBuiltIn: false })
})

test('the page size may be asked for, and stays on the next pages', async () => {
  const token = await signIn()
  const first = await ask(`${ROLES}?$top=120`, token)
  const second = await ask(first.body['@odata.nextLink'], token)

  expect([first, second].map(({ body }) => body.value.length)).toEqual([120, 120])
})

test.each(['0', '1000', 'many'])('a page size of %s is refused', async (top) => {
  expect(await ask(`${ROLES}?$top=${top}`, await signIn())).toMatchObject({
    status: 400,
    body: { error: { code: 'Request_BadRequest' } },
  })
})

test('next links point to the host that was asked', async () => {
  const local = sandbox.url.replace('127.0.0.1', 'localhost')
  const { body } = await ask(`${local}${ROLES}`, await signIn())

  expect(body['@odata.nextLink']).toMatch(new RegExp(`^${local}/v1.0/`))
})

test('a page token that is too old, or made up, is refused', async () => {
  const { body } = await ask(ROLES, await signIn())
  ahead += 11 * 60_000
  const expired = { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } }

  expect(await ask(body['@odata.nextLink'], await signIn())).toMatchObject(expired)
  expect(await ask(`${ROLES}?$skiptoken=abc`, await signIn())).toMatchObject(expired)
})

test('made-up roles are the same at every start, and all different', async () => {
  const names = directory().roleDefinitions.map(({ displayName }) => displayName)
  const ids = directory().roleDefinitions.map(({ id }) => id)
  sandbox.world.reset()

  expect(directory().roleDefinitions.map(({ id }) => id)).toEqual(ids)
  expect(new Set(ids).size).toBe(250)
  expect(new Set(names).size).toBe(250)
})

test.each([
  ['no token', null, 'Access token is empty.'],
  ['garbage', 'garbage', 'CompactToken parsing failed with error code: 80049217'],
])('a request with %s is told to sign in', async (_, token, message) => {
  const { status, headers, body } = await ask('/v1.0/organization', token)

  expect(status).toBe(401)
  expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="", authorization_uri=/)
  expect(body.error).toMatchObject({
    code: 'InvalidAuthenticationToken',
    message,
    innerError: { date: expect.stringMatching(/T\d\d:\d\d:\d\d$/), 'request-id': headers.get('request-id') },
  })
})

test('a token somebody changed is refused', async () => {
  const [head, payload, signature] = (await signIn()).split('.')
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
  const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['Directory.Read.All'] })).toString(
    'base64url',
  )

  expect(await ask('/v1.0/organization', `${head}.${forged}.${signature}`)).toMatchObject({ status: 401 })
})

test('a token ends after its life', async () => {
  const token = await signIn()
  ahead += 3_601_000

  expect(await ask('/v1.0/organization', token)).toMatchObject({
    status: 401,
    body: { error: { message: 'Lifetime validation failed, the token is expired.' } },
  })
})

test('a token keeps what it was granted, and loses everything with the application', async () => {
  const token = await signIn()
  sandbox.world.app('contoso.example', app.clientId).granted = []
  expect((await ask('/v1.0/organization', token)).status).toBe(200)

  sandbox.world.app('contoso.example', app.clientId).installed = false
  expect(await ask('/v1.0/organization', token)).toMatchObject({
    status: 401,
    body: { error: { code: 'Authorization_IdentityNotFound' } },
  })
})

test.each([
  ['/v1.0/organization', 'DeviceManagementServiceConfig.Read.All'],
  ['/v1.0/organization', 'Directory.Read.All'],
  [ROLES, 'RoleManagement.Read.All'],
  [ROLES, 'RoleManagement.ReadWrite.Directory'],
  ['/beta/deviceManagement/configurationPolicies', 'DeviceManagementConfiguration.ReadWrite.All'],
])('%s may be read with %s, and not without', async (path, permission) => {
  sandbox.world.app('contoso.example', app.clientId).granted = ['Unrelated.Read.All']
  expect((await ask(path, await signIn())).status).toBe(403)

  sandbox.world.app('contoso.example', app.clientId).granted = [permission]
  expect((await ask(path, await signIn())).status).toBe(200)
})

test.each([
  ['/v1.0/users', 'users'],
  ['/v1.0/roleManagement/cloudPC', 'cloudPC'],
  ['/v1.0/deviceManagement/configurationPolicies', 'configurationPolicies'],
  ['/v1.0/organization/x/branding', 'x'],
])('%s is not known', async (path, segment) => {
  expect(await ask(path, await signIn())).toMatchObject({
    status: 400,
    body: { error: { code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` } },
  })
})

test('one role definition can be read, and one that is not there is 404', async () => {
  const token = await signIn()

  expect(await ask(`${ROLES}/f2ef992c-3afb-46b9-b7cf-a126ee74c451`, token)).toMatchObject({
    status: 200,
    body: { displayName: 'Global Reader' },
  })
  expect(await ask(`${ROLES}/nobody`, token)).toMatchObject({
    status: 404,
    body: { error: { code: 'Request_ResourceNotFound' } },
  })
})

test('every second request is throttled when told so', async () => {
  directory().faults = { throttleEvery: 2, retryAfterSeconds: 1.5 }
  const token = await signIn()
  const answers = [await ask(ROLES, token), await ask(ROLES, token), await ask(ROLES, token)]

  expect(answers.map(({ status }) => status)).toEqual([200, 429, 200])
  expect(answers[1]?.headers.get('retry-after')).toBe('2')
})

test.each([
  ['decimal', '1.500'],
  ['date', new Date(1_795_411_463_500 + 2_000).toUTCString()],
  ['absent', null],
] as const)('Retry-After can be sent as %s', async (retryAfter, header) => {
  ahead = 0
  directory().faults = { throttleEvery: 1, retryAfter, retryAfterSeconds: 1.5 }

  expect((await ask(ROLES, await signIn())).headers.get('retry-after')).toBe(header)
})
