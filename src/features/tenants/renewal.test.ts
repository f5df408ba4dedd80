import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import type { PersonalActor } from '../../access/index.ts'
import { workOn } from '../../engine/worker/index.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

let product: InProcess
let operator: PersonalActor
let cookie: string
let workspaceId: number

beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace()
  operator = await product.world.person(workspaceId, 'operator')
  cookie = await product.signIn(operator)
})
afterAll(() => product.world.close())

/** What the browser gets when a part of a page asks for itself. */
const part = async (path: string) => (await product.ask('GET', path, { cookie, 'hx-request': 'true' })).text()

const startSync = async () => {
  const tenant = await product.world.readyTenant(workspaceId)
  const answer = await product.world.start(operator, tenant, SYNC)
  if (answer.kind !== 'decided') throw new Error(answer.kind)
  return { ...tenant, runId: answer.outcome.run.id }
}

const end = async (runId: number) => {
  const counts = { seen: 3, created: 3 }
  const ending = { outcome: 'succeeded', counts, finding: null } as const
  await workOn(
    workerOf(product.world, async () => ({ ending })),
    runId,
  )
}

describe.each([
  ['tenant', (at: { directoryId: string }) => `/admin/t/${at.directoryId}`],
  [
    'tenant',
    (at: { directoryId: string }) => `/admin/t/${at.directoryId}/directory/role-definitions?show=all`,
  ],
  ['connection', (at: { connectionId: number }) => `/admin/provider-connections/${at.connectionId}`],
] as const)('the live part "%s"', (id, address) => {
  test('asks again while something is at work, and rests when it has ended', async () => {
    const started = await startSync()
    const path = address(started)

    const working = await part(path)
    expect(working).toMatch(new RegExp(`^<div id="${id}" hx-get="[^"]*" hx-trigger="every 2s`))
    expect(working).toContain(`hx-get="${path}"`)
    expect(working).toContain('Already running')

    await end(started.runId)
    const ended = await part(path)
    expect(ended).toContain('hx-trigger="sent from:body, changes"')
    expect(ended).toContain('Queues now')
  })
})

test('the lists ask in intervals only while something is at work', async () => {
  const { runId } = await startSync()
  for (const path of ['/admin', '/admin/tenants']) expect(await part(path)).toContain('hx-trigger="every 3s')

  await end(runId)
  for (const path of ['/admin', '/admin/tenants'])
    expect(await part(path)).toContain('hx-trigger="sent from:body, changes"')
})

test('the count of what can start now is told by the forecasts, and by what the reader may start', async () => {
  const { directoryId, runId } = await startSync()
  const path = `/admin/t/${directoryId}`
  expect(await part(path)).toContain('None of 5 operations can start now')

  await end(runId)
  expect(await part(path)).toContain('5 of 5 operations can start now')

  const reader = await product.signIn(await product.world.person(workspaceId, 'readonly'))
  const seen = await product.ask('GET', path, { cookie: reader })
  expect(await seen.text()).toContain('Your role does not include starting work here')
})

test('the strip of what is at work brings the count of the navigation with it', async () => {
  const count = async () => (await part('/admin/activity')).match(/nav-count[^>]*>([^<]*)</)?.[1]
  const before = await count()
  const { runId } = await startSync()
  expect(await count()).toBe('1 active')

  await end(runId)
  expect(before).toBe('')
  expect(await count()).toBe('')
})

test('an answer follows its operation to the end, is replaced by it, and asks no more', async () => {
  const { runId } = await startSync()
  const path = `/admin/operations/${runId}?part=state`
  expect(await part(path)).toMatch(/hx-get="[^"]*part=state".*Queued/s)

  await end(runId)
  const ended = await product.ask('GET', path, { cookie, 'hx-request': 'true' })
  expect(ended.headers.get('hx-retarget')).toBe('closest .answer')
  const answer = await ended.text()
  expect(answer).toContain('Succeeded.')
  expect(answer).toContain('3 new')
  expect(answer).not.toMatch(/hx-get|It starts as soon as/)
})

test('once the directory is free, whoever was held by an operation is told so and offered the start', async () => {
  const { directoryId, runId } = await startSync()
  const busy = await product.ask('POST', `/admin/t/${directoryId}/provider-actions/${CHECK}/start`, {
    cookie,
    'hx-request': 'true',
  })
  expect(await busy.text()).toContain(`part=state&amp;wanted=${CHECK}`)

  await end(runId)
  const ended = await part(`/admin/operations/${runId}?part=state&wanted=${CHECK}`)
  expect(ended).toContain('The directory is free again.')
  expect(ended).toContain('form="start-provider-connection-check-form"')
  expect(await part(`/admin/t/${directoryId}`)).toContain('id="start-provider-connection-check-form"')
})
