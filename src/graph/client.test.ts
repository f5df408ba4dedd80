import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { graphScene, withServer } from '../../tests/world/graph-scene.ts'
import type { Clock } from '../kernel/index.ts'
import type { GraphClientOptions } from './client.ts'
import { readOrganization } from './organization.ts'
import { realSleep } from './patience.ts'
import { createTokenCache } from './token-cache.ts'

const anything = z.looseObject({})

/** Microsoft on its own clock, which is moved by hand. */
let ahead = 0
const clock: Clock = { now: () => new Date(1_795_411_463_500 + ahead), monotonic: () => ahead }
const scene = await graphScene({ clock })
const { app, client, directory, directoryId, graphAt, pauses, secret } = scene

test('the organisation is read', async () => {
  expect(await readOrganization(client())).toEqual({
    ok: true,
    value: {
      id: directoryId,
      displayName: 'Contoso',
      verifiedDomains: [
        { name: 'contoso.example', isDefault: true },
        { name: expect.stringMatching(/\.onmicrosoft\.com$/), isDefault: false },
      ],
    },
  })
})

/** Counts what is sent to Graph, sign-ins apart. */
function counting() {
  const sent = { toGraph: 0 }
  const spy: NonNullable<GraphClientOptions['fetch']> = (url, init) => {
    if (!url.includes('/oauth2/')) sent.toGraph += 1
    return fetch(url, init)
  }
  return { sent, fetch: spy }
}

test.each(['seconds', 'decimal', 'date'] as const)(
  'inside a pause that Microsoft asks for in %s nothing is sent, and after it the read succeeds',
  async (retryAfter) => {
    directory().faults = { throttleEvery: 2, retryAfter, retryAfterSeconds: 4 }
    let passedMs = 0
    const { fetch: spy, sent } = counting()
    const graph = client({ fetch: spy, clock: { now: () => clock.now(), monotonic: () => passedMs } })
    await readOrganization(graph)

    const refused = await readOrganization(graph)
    passedMs = 3_900
    const tooEarly = await readOrganization(graph)
    const sentSoFar = sent.toGraph
    passedMs = 4_000
    const answer = await readOrganization(graph)

    expect(refused).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 4 } })
    expect(tooEarly).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 0.1 } })
    expect(answer).toMatchObject({ ok: true })
    expect([sentSoFar, sent.toGraph]).toEqual([2, 3])
    expect(pauses()).toEqual([])
  },
)

test('a client that opens inside a known window sends nothing to Graph until it is over', async () => {
  let passedMs = 0
  const { fetch: spy, sent } = counting()
  const graph = client({
    fetch: spy,
    closedForMs: 7_000,
    clock: { now: () => clock.now(), monotonic: () => passedMs },
  })

  expect(await graph.signIn({ fresh: true })).toMatchObject({ ok: true })
  expect(await readOrganization(graph)).toMatchObject({
    failure: { kind: 'throttled', retryAfterSeconds: 7 },
  })
  expect(sent.toGraph).toBe(0)
  passedMs = 7_000
  expect(await readOrganization(graph)).toMatchObject({ ok: true })
})

test('a refusal without a pause named is told as such, and closes nothing', async () => {
  directory().faults = { throttleEvery: 2, retryAfter: 'absent' }
  const graph = client()
  await readOrganization(graph)

  expect(await readOrganization(graph)).toMatchObject({
    failure: { kind: 'throttled', retryAfterSeconds: null },
  })
  expect(await readOrganization(graph)).toMatchObject({ ok: true })
  expect(pauses()).toEqual([])
})

test.each([500, 503, 504] as const)('a server error %d is tried again, then told', async (serverError) => {
  directory().faults = { serverError }
  const answer = await readOrganization(client({ maxRetries: 2 }))

  expect(answer).toMatchObject({
    failure: { kind: 'unreachable', detail: 'server_error', diagnostics: { status: serverError } },
  })
  expect(pauses()).toHaveLength(2)
})

test('a dropped connection is tried again, and a recovered network is enough', async () => {
  await client().signIn({ fresh: true })
  directory().faults = { unreachable: true }
  const graph = client({
    sleep: async () => {
      directory().faults = {}
    },
  })

  expect(await readOrganization(graph)).toMatchObject({ ok: true })
})

test('a token Graph refuses is replaced once, without waiting', async () => {
  directory().faults = { rejectTokens: 1 }

  expect(await readOrganization(client())).toMatchObject({ ok: true })
  expect(pauses()).toEqual([])
})

test('a token that really ended in the middle of the work is replaced', async () => {
  const tokens = createTokenCache()
  await readOrganization(client({ tokens }))
  ahead += 2 * 3_600_000

  expect(await readOrganization(client({ tokens }))).toMatchObject({ ok: true })
})

test('a second refused token is told', async () => {
  directory().faults = { rejectTokens: 2 }

  expect(await readOrganization(client())).toMatchObject({
    failure: { kind: 'unauthenticated', diagnostics: { status: 401, code: 'InvalidAuthenticationToken' } },
  })
})

test('what is granted is told for every new token, and only then', async () => {
  const heard: { roles: string[]; at: Date }[] = []
  const graph = client({ onToken: (granted) => void heard.push(granted) })
  await readOrganization(graph)
  await readOrganization(graph)
  app().granted = []
  await graph.signIn({ fresh: true })

  expect(heard.map(({ roles }) => roles)).toEqual([
    ['Organization.Read.All', 'RoleManagement.Read.Directory'],
    [],
  ])
})

test('a remembered token keeps its old grants; a fresh sign-in sees the new ones', async () => {
  const graph = client()
  await graph.signIn({ fresh: false })
  app().granted = ['Group.Read.All']

  expect(await graph.signIn({ fresh: false })).toMatchObject({
    value: { roles: expect.arrayContaining(['Organization.Read.All']) },
  })
  expect(await graph.signIn({ fresh: true })).toMatchObject({ value: { roles: ['Group.Read.All'] } })
})

test('a missing directory permission is told', async () => {
  app().granted = ['Group.Read.All']

  expect(await readOrganization(client())).toMatchObject({
    failure: { kind: 'permission_missing', acceptable: [], diagnostics: { status: 403 } },
  })
})

test.each([
  ['/deviceManagement/deviceConfigurations', 403, 'DeviceManagementConfiguration.Read.All'],
  ['/deviceManagement/managedDevices', 401, 'DeviceManagementManagedDevices.Read.All'],
])('a missing Intune permission for %s is told by name', async (path, status, permission) => {
  const answer = await client().get(path, anything)

  expect(answer).toMatchObject({
    failure: {
      kind: 'permission_missing',
      acceptable: expect.arrayContaining([permission]),
      diagnostics: { status, traceId: expect.any(String) },
    },
  })
  expect(pauses()).toEqual([])
})

test('a directory without Intune is told', async () => {
  app().granted = ['DeviceManagementConfiguration.Read.All']
  directory().faults = { notLicensed: true }

  expect(await client().get('/deviceManagement/deviceConfigurations', anything)).toMatchObject({
    failure: { kind: 'not_licensed' },
  })
})

test('a path of the beta is only found there', async () => {
  app().granted = ['DeviceManagementConfiguration.Read.All']
  const path = '/deviceManagement/configurationPolicies'

  expect(await client().get(path, anything)).toMatchObject({ failure: { kind: 'rejected_request' } })
  expect(await client().get(path, anything, { version: 'beta' })).toMatchObject({ ok: true })
})

test('an object that is not there is told', async () => {
  const path = '/roleManagement/directory/roleDefinitions/00000000-0000-0000-0000-000000000000'

  expect(await client().get(path, anything)).toMatchObject({ failure: { kind: 'not_found' } })
})

test('every request has its own id, and a failure names Microsoft’s and ours', async () => {
  app().granted = []
  const graph = client()
  const [first, second] = [await readOrganization(graph), await readOrganization(graph)]
  if (first.ok || second.ok) throw new Error('Both must fail.')

  const { requestId, clientRequestId } = first.failure.diagnostics
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(clientRequestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(second.failure.diagnostics.clientRequestId).not.toBe(clientRequestId)
})

test('work that was given up before it began asks nobody', async () => {
  const answer = await readOrganization(client({ signal: AbortSignal.abort() }))

  expect(answer).toMatchObject({ failure: { kind: 'cancelled' } })
  expect(directory().graphRequests).toBe(0)
})

test('nothing more is sent for work that is over, in the middle of a collection and before a token', async () => {
  let over = false
  const graph = client({ maySend: () => !over })
  expect(await readOrganization(graph)).toMatchObject({ ok: true })
  const asked = directory().graphRequests

  over = true

  expect(await readOrganization(graph)).toMatchObject({ failure: { kind: 'cancelled' } })
  expect(await graph.signIn({ fresh: true })).toMatchObject({ failure: { kind: 'cancelled' } })
  expect(directory().graphRequests).toBe(asked)
})

test('work given up during a request ends at once', async () => {
  const controller = new AbortController()
  const answer = await withServer(
    () => controller.abort(),
    (url) => readOrganization(client({ profile: graphAt(url), signal: controller.signal })),
  )

  expect(answer).toMatchObject({ failure: { kind: 'cancelled' } })
})

test('work given up during a pause ends at once', async () => {
  directory().faults = { serverError: 503 }
  const controller = new AbortController()
  const reading = readOrganization(
    client({
      sleep: realSleep,
      signal: controller.signal,
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        if (answer.status === 503) setImmediate(() => controller.abort())
        return answer
      },
    }),
  )

  expect(await reading).toMatchObject({ failure: { kind: 'cancelled' } })
})

test('a server that never answers is a timeout', async () => {
  const answer = await withServer(
    () => {},
    (url) => readOrganization(client({ profile: graphAt(url), timeoutMs: 200, maxRetries: 0 })),
  )

  expect(answer).toMatchObject({ failure: { kind: 'unreachable', detail: 'timeout' } })
})

test('a server that stops in the middle of its answer is a timeout', async () => {
  const answer = await withServer(
    (_, response) => response.writeHead(200).write('{"value":['),
    (url) => readOrganization(client({ profile: graphAt(url), timeoutMs: 200, maxRetries: 0 })),
  )

  expect(answer).toMatchObject({ failure: { kind: 'unreachable', detail: 'timeout' } })
})

test('an answer too large to hold is not held', async () => {
  const megabyte = Buffer.alloc(1_000_000, ' ')
  const answer = await withServer(
    async (_, response) => {
      response.writeHead(200)
      response.on('error', () => {})
      for (let sent = 0; sent < 40; sent += 1) {
        if (!response.write(megabyte)) await new Promise((resolve) => response.once('drain', resolve))
      }
      response.end('{"value":[{"id":"1","displayName":"Contoso","verifiedDomains":[]}]}')
    },
    (url) => readOrganization(client({ profile: graphAt(url), maxRetries: 0 })),
  )

  expect(answer).toMatchObject({ failure: { kind: 'unreachable', detail: 'unreadable' } })
})

test('an answer of another shape is unreadable, and not asked for again', async () => {
  expect(await client().get('/organization', z.object({ value: z.string() }))).toMatchObject({
    failure: { kind: 'unreachable', detail: 'unreadable', diagnostics: { status: 200 } },
  })
  expect(pauses()).toEqual([])
})

test('a redirect is never followed, so the token does not leave', async () => {
  let visits = 0
  const answer = await withServer(
    (_, response) => {
      visits += 1
      response.end('{}')
    },
    (elsewhere) =>
      withServer(
        (_, response) => response.writeHead(307, { location: `${elsewhere}/v1.0/organization` }).end(),
        (url) => readOrganization(client({ profile: graphAt(url) })),
      ),
  )

  expect(answer).toMatchObject({ failure: { kind: 'unreachable', detail: 'unreadable' } })
  expect(visits).toBe(0)
})

test('neither secret nor token shows in a failure or a client, even when Microsoft repeats them', async () => {
  let token = ''
  const repeat: RequestListener = (request, response) => {
    token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const message = `You sent ${token} and ${secret}`
    response.writeHead(400).end(JSON.stringify({ error: { code: token, message } }))
  }
  await withServer(repeat, async (url) => {
    const graph = client({ profile: graphAt(url) })
    const answer = await readOrganization(graph)

    const everything = [graph, answer].map(
      (one) => JSON.stringify(one) + inspect(one, { depth: null, showHidden: true }),
    )
    expect(answer).toMatchObject({ failure: { kind: 'rejected_request' } })
    expect(token).toMatch(/^eyJ/)
    expect(everything.join()).not.toContain(token.slice(0, 40))
    expect(everything.join()).not.toContain(secret)
  })
})
