import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { startSandbox } from '../start-sandbox.ts'
import { askingAs } from './asking.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
const granted = { ...app, granted: ['Group.Read.All', 'DeviceManagementManagedDevices.Read.All'] }

const START = 1_795_411_463_500
let ahead = 0
const clock = { now: () => new Date(START + ahead), monotonic: () => 0 }
const sandbox = await startSandbox({
  port: 0,
  directories: [contoso({ groups: 250, apps: [granted] })],
  clock,
})
const { ask, requests, setFaults, signIn } = askingAs(sandbox, contoso().id, app)
const isoAt = (ms: number) => new Date(START + ms).toISOString()

beforeEach(() => {
  ahead = 0
  sandbox.world.reset()
})
afterAll(() => sandbox.stop())

const statuses = async (times: number, path = '/groups') => {
  const { access_token: token } = await signIn()
  const all: number[] = []
  for (let time = 0; time < times; time += 1) all.push((await ask(path, { token })).status)
  return all
}

test('a storm over the next requests ends by itself', async () => {
  await setFaults({ busyNext: 2 })

  expect(await statuses(3)).toEqual([429, 429, 200])
  expect(sandbox.world.directory('contoso.example').faults).toEqual({})
})

test('a storm of some seconds begins with the next request', async () => {
  await setFaults({ busySeconds: 20 })
  ahead = 60_000
  expect(await statuses(1)).toEqual([429])
  ahead = 79_999
  expect(await statuses(1)).toEqual([429])
  ahead = 80_000
  expect(await statuses(1)).toEqual([200])
})

test.each([
  ['seconds', '9', 9_000],
  ['decimal', '8.250', 8_250],
  ['date', new Date(START + 9_000).toUTCString(), 8_500],
  ['absent', null, null],
] as const)('429 and a busy 503 tell to wait with Retry-After %s', async (retryAfter, header, until) => {
  for (const busyStatus of [429, 503]) {
    sandbox.world.reset()
    await setFaults({ busyNext: 1, busyStatus, retryAfter, retryAfterSeconds: 8.25 })

    const answer = await ask('/groups')

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([busyStatus, header])
    expect((await requests()).lately.at(-1)).toMatchObject({
      status: busyStatus,
      waitUntil: until === null ? null : isoAt(until),
    })
  }
})

test('each service refuses in its own words, and only the directory counts units', async () => {
  await setFaults({ busyNext: 2 })
  const plain = await ask('/groups')
  const device = await ask('/deviceManagement/managedDevices')

  expect(plain.body.error).toMatchObject({ code: 'TooManyRequests', message: 'Too many requests.' })
  expect(plain.headers.get('x-ms-throttle-scope')).toBe(
    `Tenant_Application/ReadWrite/${app.clientId}/${contoso().id}`,
  )
  const outer = JSON.parse(device.body.error.message)
  expect([device.body.error.code, outer.ErrorCode]).toEqual(['UnknownError', 'TooManyRequests'])
  expect(JSON.parse(outer.Message).Message).toMatch(/^Too many requests\. - Operation ID/)
  expect([plain, device].map(({ headers }) => headers.get('x-ms-resource-unit'))).toEqual(['1', null])
})

test('an application that uses up its units is throttled until enough of them are there again', async () => {
  await setFaults({ bucketUnits: 4, bucketSeconds: 8 })
  const { access_token: token } = await signIn()
  const answers = []
  for (let time = 0; time < 5; time += 1) answers.push(await ask('/groups', { token }))

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429])
  expect(answers.map(({ headers }) => headers.get('x-ms-throttle-limit-percentage'))).toEqual([
    null,
    null,
    null,
    '1.00',
    '1.25',
  ])
  expect(answers[4]?.headers.get('x-ms-throttle-information')).toBe('ResourceUnitLimitExceeded')
  expect(answers[4]?.headers.get('retry-after')).toBe('4')
  ahead = 3_900
  expect((await ask('/groups', { token })).status).toBe(429)
  ahead = 3_900 + 5_900
  expect((await ask('/groups', { token })).status).toBe(200)
})

test('applications do not use up each other’s units', async () => {
  const other = { ...granted, clientId: '9a3b1c52-90de-4c1b-8f6e-2f1b0a9c4d99' }
  sandbox.world.directory('contoso.example').apps.push(other)
  await setFaults({ bucketUnits: 1, bucketSeconds: 100 })

  expect(await statuses(2)).toEqual([200, 429])
  expect((await askingAs(sandbox, contoso().id, other).ask('/groups')).status).toBe(200)
})

test('the control API tells who came although told to wait, without the tokens of its links', async () => {
  const first = await ask('/groups/delta?$select=id')
  await setFaults({ busyNext: 1, retryAfterSeconds: 10 })
  await ask(first.body['@odata.nextLink'])
  ahead = 9_999
  await ask('/groups')
  ahead = 10_000
  await ask('/groups')

  const told = await requests()
  expect(told).toMatchObject({
    requests: 4,
    tooEarly: 1,
    byStatus: { 200: 3, 429: 1 },
    waiting: [{ clientId: app.clientId, until: isoAt(10_000) }],
  })
  expect(told.lately.map(({ isTooEarly }: { isTooEarly: boolean }) => isTooEarly)).toEqual([
    false,
    false,
    true,
    false,
  ])
  expect(told.lately[1]).toMatchObject({
    at: isoAt(0),
    method: 'GET',
    path: '/v1.0/groups/delta?$skiptoken=…',
    waitUntil: isoAt(10_000),
    delivery: 'delivered',
  })
})

test('only the last five hundred requests are remembered, but all are counted, until they are forgotten', async () => {
  const { access_token: token } = await signIn()
  for (let time = 0; time < 51; time += 1)
    await Promise.all(Array.from({ length: 10 }, () => ask('/organization', { token })))

  const told = await requests()
  expect([told.requests, told.lately.length]).toEqual([510, 500])
  const address = `${sandbox.url}/control/directories/${contoso().id}/requests`
  expect((await fetch(address, { method: 'DELETE' })).status).toBe(204)
  expect(await requests()).toMatchObject({ requests: 0, tooEarly: 0, byStatus: {}, lately: [] })
})
