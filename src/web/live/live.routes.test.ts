import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { type LiveReader, liveReader } from '../../../tests/world/live-events.ts'
import type { PersonalActor } from '../../access/index.ts'

const EVENTS = 'text/event-stream'

let product: InProcess
let workspaceId: number
let operator: PersonalActor
let cookie: string
beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace()
  operator = await product.world.person(workspaceId, 'operator')
  cookie = await product.signIn(operator)
})
afterAll(() => product?.world.close())

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  product.ask(method, '/admin/live', { cookie, accept: EVENTS, ...headers })

async function opened(headers: Record<string, string> = {}): Promise<LiveReader> {
  const { body } = await ask(headers)
  return liveReader(body ?? new ReadableStream())
}

test('a stream is neither kept nor held back by what is between', async () => {
  const answer = await ask()

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(answer.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(answer.headers.get('x-accel-buffering')).toBe('no')
  await answer.body?.cancel()
})

test('a stream that comes back with its last event is told what has changed since, and not everything', async () => {
  const before = await opened()
  const position = (await before.next())?.id ?? ''
  await before.cut()

  const answer = await product.world.start(
    operator,
    await product.world.readyTenant(workspaceId),
    'directory.role_definitions.sync',
  )
  const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0

  const after = await opened({ 'last-event-id': position })
  const [first] = await after.until(runId)
  expect(first).toMatchObject({ all: false, changes: [{ kind: 'operation', id: runId }] })
  await after.cut()
})

test('the fifth window of a browser is refused, and asks in intervals', async () => {
  const streams = [await opened(), await opened(), await opened(), await opened()]

  expect((await ask()).status).toBe(429)
  for (const stream of streams) await stream.cut()
})

test('asking only for the head opens no stream', async () => {
  for (let number = 0; number < 5; number++) expect((await ask({}, 'HEAD')).status).toBe(200)

  const reader = await opened()
  expect(await reader.next()).toMatchObject({ all: true })
  await reader.cut()
})

test('whoever signs out is told nothing more', async () => {
  const another = await product.signIn(await product.world.person(workspaceId, 'operator', 'Another'))
  const reader = await opened({ cookie: another })
  await reader.next()

  await product.ask('POST', '/sign-out', { cookie: another })

  expect(await reader.next()).toBeNull()
})
