import { expect, test } from 'vitest'
import { z } from 'zod'
import { graphScene } from '../../tests/world/graph-scene.ts'
import { groupIdOf } from '../sandbox/made-up-groups.ts'
import type { Fetch } from './exchange.ts'
import type { Result } from './failure.ts'
import { createTokenCache } from './token-cache.ts'

const scene = await graphScene({ contoso: { groups: 100 }, granted: ['Group.Read.All'] })
const { directory, directoryId, pauses } = scene

const schema = z.object({ id: z.string() })
const group = (index: number) => ({
  path: `/groups/${groupIdOf(directoryId, index)}?$select=id`,
  schema: schema.transform(({ id }) => id),
})
const nobody = { path: '/groups/nobody', schema: schema.transform(({ id }) => id) }
const groups = (count: number) => Array.from({ length: count }, (_, index) => group(index))
const ids = (count: number) => Array.from({ length: count }, (_, index) => groupIdOf(directoryId, index))
const told = (results: Result<string>[]) => results.map((one) => (one.ok ? one.value : one.failure.kind))

/** The network, with a word on what each batch brings back. */
const onTheWay =
  (change: (responses: { id: string; status: number; body?: unknown }[]) => unknown[]): Fetch =>
  async (url, init) => {
    const answer = await fetch(url, init)
    if (!url.endsWith('/$batch')) return answer
    const { responses } = await answer.json()
    return Response.json({ responses: change(responses) }, { headers: answer.headers })
  }
/** How many requests each batch held, and `alone` for what was read without one. */
function watching(onward: Fetch = fetch) {
  const sent: (number | 'alone')[] = []
  const watched: Fetch = (url, init) => {
    if (url.endsWith('/$batch')) sent.push(JSON.parse(String(init?.body)).requests.length)
    else if (url.includes('/v1.0/')) sent.push('alone')
    return onward(url, init)
  }
  return { sent, watched }
}

test('forty-five reads take three requests, and come back in their order', async () => {
  const { sent, watched } = watching()

  expect(told(await scene.client({ fetch: watched }).batch(groups(45)))).toEqual(ids(45))
  expect(sent).toEqual([20, 20, 5])
})

test('nothing to read is not asked for', async () => {
  expect(await scene.client().batch([])).toEqual([])
  expect(directory().graphRequests).toBe(0)
})

test('each fails for itself, as if it had been read alone', async () => {
  const graph = scene.client()
  const devices = { path: '/deviceManagement/managedDevices', schema: z.string() }
  const other = { ...group(0), schema: z.string() }
  const [first, missing, forbidden, shapeless] = await graph.batch([group(0), nobody, devices, other])

  expect(first).toEqual({ ok: true, value: groupIdOf(directoryId, 0) })
  expect(missing).toMatchObject({ failure: { kind: 'not_found', diagnostics: { status: 404 } } })
  expect(forbidden).toMatchObject({
    failure: {
      kind: 'permission_missing',
      acceptable: expect.arrayContaining(['DeviceManagementManagedDevices.Read.All']),
      diagnostics: { clientRequestId: expect.any(String), requestId: expect.any(String) },
    },
  })
  expect(shapeless).toMatchObject({ failure: { kind: 'unreachable', detail: 'unreadable' } })
  expect(pauses()).toEqual([])
})

test('only what a moment’s trouble failed is repeated', async () => {
  let isFirst = true
  const hiccup = onTheWay((responses) => {
    const troubled = isFirst
    isFirst = false
    return troubled
      ? responses.map((one, index) => (index % 2 ? { ...one, status: 500, body: null } : one))
      : responses
  })
  const { sent, watched } = watching(hiccup)

  expect(told(await scene.client({ fetch: watched }).batch(groups(4)))).toEqual(ids(4))
  expect(sent).toEqual([4, 2])
})

test('what was throttled is told with its pause, and nothing is sent before the longest is over', async () => {
  const waits = new Map(ids(2).map((id, index) => [id, ['7', '3'][index]]))
  const busy = onTheWay((responses) =>
    responses.map((one) => {
      const wait = waits.get(z.looseObject({ id: z.string() }).parse(one.body).id)
      return wait ? { id: one.id, status: 429, headers: { 'Retry-After': wait }, body: null } : one
    }),
  )
  const graph = scene.client({ fetch: busy, clock: { now: () => new Date(), monotonic: () => 0 } })
  const results = await graph.batch(groups(3))

  expect(results[0]).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 7 } })
  expect(results[1]).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 3 } })
  expect(told(results).slice(2)).toEqual(ids(3).slice(2))
  expect((await graph.batch(groups(1)))[0]).toMatchObject({
    failure: { kind: 'throttled', retryAfterSeconds: 7 },
  })
})

test('a pause named as a date is measured against the date of the batch', async () => {
  directory().faults = { busyNext: 1, retryAfter: 'date', retryAfterSeconds: 5 }
  const [result] = await scene
    .client({ clock: { now: () => new Date(0), monotonic: () => 0 } })
    .batch(groups(1))

  expect(result).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 5 } })
})

test('an answer that is missing, or there twice, is no answer, and is not asked for again', async () => {
  const losing = onTheWay((responses) =>
    responses.flatMap((one) =>
      one.id === '0' ? [] : one.id === '1' ? [one, { ...one, status: 404 }] : [one],
    ),
  )
  const [missing, twice, third] = await scene.client({ fetch: losing }).batch(groups(3))

  for (const result of [missing, twice])
    expect(result).toMatchObject({ failure: { kind: 'unreachable', detail: 'unreadable' } })
  expect(third).toMatchObject({ ok: true })
  expect(pauses()).toEqual([])
})

test('an answer to something nobody asked for is left aside, and a dependency that failed is told', async () => {
  const strange = onTheWay((responses) => [
    { id: '99', status: 200, body: { id: 'stray' } },
    ...responses.map((one) =>
      one.id === '1' ? { id: '1', status: 424, body: { error: { code: 'FailedDependency' } } } : one,
    ),
  ])

  expect(told(await scene.client({ fetch: strange }).batch(groups(2)))).toEqual([
    ids(1)[0],
    'rejected_request',
  ])
})

test('what comes back instead of a batch fails all of them', async () => {
  const odd: Fetch = async (url, init) =>
    url.endsWith('/$batch') ? Response.json({ value: [] }) : fetch(url, init)

  expect(told(await scene.client({ fetch: odd }).batch(groups(2)))).toEqual(['unreachable', 'unreachable'])
})

test('a batch whose answer is lost is read again, because it only reads', async () => {
  directory().faults = { dropNext: 1, dropWhere: 'in_body' }

  expect(told(await scene.client().batch(groups(3)))).toEqual(ids(3))
  expect(pauses()).toHaveLength(1)
})

test('a token refused for one of them is replaced, and only that one is read again', async () => {
  const tokens = createTokenCache()
  directory().faults = { rejectTokens: 2 }
  const { sent, watched } = watching()

  expect(told(await scene.client({ tokens, fetch: watched }).batch(groups(3)))).toEqual(ids(3))
  expect(sent).toEqual([3, 'alone', 'alone'])
})

test('a token that ended before is replaced for the whole batch', async () => {
  directory().faults = { rejectTokens: 0 }
  let refused = false
  const once: Fetch = async (url, init) => {
    if (!url.endsWith('/$batch') || refused) return fetch(url, init)
    refused = true
    return fetch(url, { ...init, headers: { ...(init.headers as object), authorization: 'Bearer ended' } })
  }

  expect(told(await scene.client({ fetch: once }).batch(groups(2)))).toEqual(ids(2))
})

test('work given up during a pause is told as given up, and what was read before as read', async () => {
  const controller = new AbortController()
  const results = await scene
    .client({
      fetch: onTheWay((all) =>
        all.map((one) => (one.id === '0' ? { ...one, status: 500, body: null } : one)),
      ),
      signal: controller.signal,
      sleep: async () => controller.abort(),
    })
    .batch(groups(2))

  expect(told(results)).toEqual(['cancelled', ids(2)[1]])
})

test('a batch of the beta reads the beta', async () => {
  scene.app().granted = ['DeviceManagementConfiguration.Read.All']
  const policies = { path: '/deviceManagement/configurationPolicies', schema: z.looseObject({}) }

  expect(await scene.client().batch([policies])).toMatchObject([{ failure: { kind: 'rejected_request' } }])
  expect(await scene.client().batch([policies], { version: 'beta' })).toMatchObject([{ ok: true }])
})

test('a path in a batch follows the version, as everywhere', async () => {
  await expect(async () => scene.client().batch([{ ...nobody, path: 'groups' }])).rejects.toThrow(
    'starts with a slash',
  )
})
