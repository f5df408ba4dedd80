import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { groupIdOf } from '../made-up-groups.ts'
import { startSandbox } from '../start-sandbox.ts'
import { askingAs } from './asking.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
const sandbox = await startSandbox({
  port: 0,
  directories: [contoso({ groups: 250, apps: [{ ...app, granted: ['Group.ReadWrite.All'] }] })],
})
const { ask, requests, setFaults } = askingAs(sandbox, contoso().id, app)
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more })
const batch = (items: unknown[]) => ask('/$batch', { method: 'POST', body: { requests: items } })
const groupUrl = (index: number) => `/groups/${groupIdOf(contoso().id, index)}?$select=id,displayName`

/** The answers by id. */
async function answersTo(...items: unknown[]) {
  const { body } = await batch(items)
  return Object.fromEntries(body.responses.map((one: { id: string }) => [one.id, one]))
}

test('twenty requests are answered at once, in another order', async () => {
  const items = Array.from({ length: 20 }, (_, index) => get(`${index}`, groupUrl(index)))
  const { body, status } = await batch(items)

  expect(status).toBe(200)
  const ids = body.responses.map(({ id }: { id: string }) => id)
  expect(ids).not.toEqual(items.map(({ id }) => id))
  expect(new Set(ids)).toEqual(new Set(items.map(({ id }) => id)))
  const answers = await answersTo(...items)
  expect(answers[7]).toMatchObject({ status: 200, body: { id: groupIdOf(contoso().id, 7) } })
})

test('each is answered for itself, with the links of the version that was asked', async () => {
  const answers = await answersTo(
    get('page', 'groups'),
    get('nobody', '/groups/nobody'),
    get('what', '/users'),
  )

  expect(answers.page.body['@odata.nextLink']).toMatch(`${sandbox.url}/v1.0/groups?$skiptoken=`)
  expect(answers.nobody).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } })
  expect(answers.what).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } })
})

test('an address with a version in it leads nowhere', async () => {
  expect((await answersTo(get('1', '/v1.0/groups')))[1]).toMatchObject({ status: 400 })
})

test('each is counted and throttled for itself', async () => {
  await setFaults({ busyNext: 1, retryAfterSeconds: 7 })
  const answers = await answersTo(get('1', '/groups'), get('2', '/groups'), get('3', '/groups'))

  expect(answers[1]).toMatchObject({ status: 429, headers: { 'Retry-After': '7' } })
  expect([answers[2].status, answers[3].status]).toEqual([200, 200])
  const told = await requests()
  expect(told).toMatchObject({ requests: 3, tooEarly: 0, byStatus: { 200: 2, 429: 1 } })
  expect(told.lately.map(({ isBatched }: { isBatched: boolean }) => isBatched)).toEqual([true, true, true])
  expect(sandbox.world.directory('contoso.example').graphRequests).toBe(3)
})

test('requests in turn end with the first that fails; what depends on it is 424', async () => {
  const answers = await answersTo(
    get('a', '/groups'),
    get('b', '/groups/nobody', { dependsOn: ['a'] }),
    get('c', '/groups', { dependsOn: ['b'] }),
    get('d', '/groups', { dependsOn: ['c'] }),
  )

  expect(['a', 'b', 'c', 'd'].map((id) => answers[id].status)).toEqual([200, 404, 424, 424])
  expect(answers.c.body.error.code).toBe('FailedDependency')
})

test('a write needs to say what it sends', async () => {
  const body = { displayName: 'Watch', mailEnabled: false, mailNickname: 'watch', securityEnabled: true }
  const post = { id: '1', method: 'POST', url: '/groups', body }

  expect((await answersTo(post))[1]).toMatchObject({ status: 400 })
  const typed = { ...post, headers: { 'content-type': 'application/json' } }
  expect((await answersTo(typed))[1]).toMatchObject({ status: 201, body: { displayName: 'Watch' } })
})

test.each<[string, unknown[]]>([
  ['more than twenty requests', Array.from({ length: 21 }, (_, index) => get(`${index}`, '/groups'))],
  ['the same id twice, whatever its case', [get('a', '/groups'), get('A', '/groups')]],
  ['a dependency on nothing in it', [get('1', '/groups', { dependsOn: ['9'] })]],
  [
    'requests partly in turn',
    [get('1', '/groups'), get('2', '/groups', { dependsOn: ['1'] }), get('3', '/groups')],
  ],
  ['a request without an address', [{ id: '1', method: 'GET' }]],
])('a batch with %s is refused as a whole', async (_, items) => {
  expect(await batch(items)).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } })
  expect(sandbox.world.directory('contoso.example').graphRequests).toBe(0)
})

test('a batch is posted, and by somebody who signed in', async () => {
  expect((await ask('/$batch')).status).toBe(405)
  expect((await ask('/$batch', { method: 'POST', body: { requests: [] }, token: 'nonsense' })).status).toBe(
    401,
  )
})
