import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { graphScene, withServer } from '../../tests/world/graph-scene.ts'
import { contoso } from '../sandbox/index.ts'
import type { GraphClientOptions } from './client.ts'

const scene = await graphScene({ granted: ['Group.ReadWrite.All'] })
const { directory, graphAt, pauses } = scene
const made = () => directory().groups.count - contoso().groups

const wanted = { displayName: 'Watch', mailEnabled: false, mailNickname: 'watch', securityEnabled: true }
const group = z.object({ id: z.string(), displayName: z.string() })
const create = (changes: Partial<GraphClientOptions> = {}, schema: z.ZodType = group) =>
  scene.client(changes).create('/groups', wanted, schema)
const unknown = (detail: string) => ({ ok: false, failure: { kind: 'outcome_unknown', detail } })

test('a group is created once', async () => {
  expect(await create()).toEqual({ ok: true, value: { id: expect.any(String), displayName: 'Watch' } })
  expect(made()).toBe(1)
})

test('a throttled create was not carried out, and is told with its pause', async () => {
  directory().faults = { busyNext: 1, retryAfterSeconds: 3 }

  expect(await create()).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 3 } })
  expect([made(), pauses()]).toEqual([0, []])
})

test('a create that was carried out and answered 504 is not repeated, and its outcome is unknown', async () => {
  directory().faults = { createThen504: 1 }
  const answer = await create()

  expect(answer).toMatchObject(unknown('server_error'))
  expect(answer).toMatchObject({
    failure: {
      diagnostics: { status: 504, requestId: expect.any(String), clientRequestId: expect.any(String) },
    },
  })
  expect([made(), pauses()]).toEqual([1, []])
})

test.each(['before_answer', 'in_body'] as const)(
  'a create whose answer is lost %s is not repeated',
  async (dropWhere) => {
    directory().faults = { dropNext: 1, dropWhere }

    expect(await create()).toMatchObject(unknown('network'))
    expect([made(), pauses()]).toEqual([1, []])
  },
)

test.each([500, 503, 504] as const)('a server error %d says nothing of a create', async (serverError) => {
  directory().faults = { serverError }

  expect(await create()).toMatchObject(unknown('server_error'))
  expect(pauses()).toEqual([])
})

test('not even a busy server that asks to wait says that it carried nothing out', async () => {
  directory().faults = { busyNext: 1, busyStatus: 503 }

  expect(await create()).toMatchObject(unknown('server_error'))
})

test('a create that is not answered in time is unknown', async () => {
  const answer = await withServer(
    () => {},
    (url) => create({ profile: graphAt(url), timeoutMs: 200 }),
  )

  expect(answer).toMatchObject(unknown('timeout'))
})

test.each<[string, RequestListener]>([
  ['a proxy answers instead', (_, response) => response.writeHead(403).end('<html>')],
  ['it leads elsewhere', (_, response) => response.writeHead(307, { location: '/elsewhere' }).end()],
])('a create is unknown when %s', async (_, listener) => {
  expect(await withServer(listener, (url) => create({ profile: graphAt(url) }))).toMatchObject(
    unknown('unreadable'),
  )
})

test('a create that succeeded with an answer of another shape is unknown, as what it is there', async () => {
  expect(await create({}, z.object({ shoeSize: z.number() }))).toMatchObject(unknown('unreadable'))
  expect(made()).toBe(1)
})

test('a create given up before it was sent was not made; one given up on its way is unknown', async () => {
  expect(await create({ signal: AbortSignal.abort() })).toMatchObject({ failure: { kind: 'cancelled' } })
  expect(await create({ maySend: () => false })).toMatchObject({ failure: { kind: 'cancelled' } })

  const controller = new AbortController()
  const answer = await withServer(
    () => controller.abort(),
    (url) => create({ profile: graphAt(url), signal: controller.signal }),
  )
  expect(answer).toMatchObject(unknown('cancelled'))
  expect(made()).toBe(0)
})

test('a refused token is replaced once, and the create made once', async () => {
  directory().faults = { rejectTokens: 1 }
  expect(await create()).toMatchObject({ ok: true })
  directory().faults = { rejectTokens: 2 }
  expect(await create()).toMatchObject({ failure: { kind: 'unauthenticated' } })

  expect(made()).toBe(1)
})

test('while nobody can sign in nothing was sent, so a create may wait and be tried again', async () => {
  directory().faults = { unreachable: true }
  const answer = await create({
    sleep: async () => {
      directory().faults = {}
    },
  })

  expect(answer).toMatchObject({ ok: true })
  expect(made()).toBe(1)
})

test('a refused create is told as what it is', async () => {
  const nameless = scene.client().create('/groups', { ...wanted, displayName: '' }, group)
  expect(await nameless).toMatchObject({
    failure: { kind: 'rejected_request', diagnostics: { status: 400 } },
  })

  scene.app().granted = ['Group.Read.All']
  expect(await create()).toMatchObject({ failure: { kind: 'permission_missing' } })
  expect(made()).toBe(0)
})
