import { afterAll, beforeEach, expect, test } from 'vitest'
import { setGranted } from '../change-world.ts'
import { contoso } from '../contoso.ts'
import { startSandbox } from '../start-sandbox.ts'
import { askingAs } from './asking.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
const GRANTED = ['Group.ReadWrite.All', 'Group.Read.All']

let ahead = 0
const clock = { now: () => new Date(1_795_411_463_500 + ahead), monotonic: () => 0 }
const sandbox = await startSandbox({
  port: 0,
  directories: [contoso({ groups: 250, apps: [{ ...app, granted: GRANTED }] })],
  clock,
})
const { ask, requests, setFaults, signIn } = askingAs(sandbox, contoso().id, app)
beforeEach(() => {
  ahead = 0
  sandbox.world.reset()
})
afterAll(() => sandbox.stop())

const directory = () => sandbox.world.directory('contoso.example')
const newGroup = {
  displayName: 'Night watch',
  mailEnabled: false,
  mailNickname: 'night-watch',
  securityEnabled: true,
}
const groups = () => directory().groups.count
/** The status of each, or that its answer did not arrive. */
const outcomes = async (times: number) => {
  const { access_token: token } = await signIn()
  const all: (number | string)[] = []
  for (let time = 0; time < times; time += 1)
    all.push(
      await ask('/groups', { token }).then(
        ({ status }) => status,
        () => 'lost',
      ),
    )
  return all
}

test.each(['before_answer', 'in_body'])(
  'the next answers are lost %s, and then no more',
  async (dropWhere) => {
    await setFaults({ dropNext: 2, dropWhere })

    expect(await outcomes(3)).toEqual(['lost', 'lost', 200])
    expect((await requests()).lately.map(({ delivery }: { delivery: string }) => delivery)).toEqual([
      ...Array(2).fill(dropWhere === 'in_body' ? 'cut' : 'dropped'),
      'delivered',
    ])
  },
)

test('half of an answer arrives when the connection breaks in its body', async () => {
  await setFaults({ dropNext: 1, dropWhere: 'in_body' })
  const { access_token } = await signIn()
  const answer = await fetch(`${sandbox.url}/v1.0/groups`, {
    headers: { authorization: `Bearer ${access_token}` },
  })

  expect(answer.status).toBe(200)
  let text = ''
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString()
  })()
  await expect(reading).rejects.toThrow()
  expect(text).toMatch(/^\{"@odata.context"/)
  expect(() => JSON.parse(text)).toThrow()
})

test('every n-th answer is lost', async () => {
  await setFaults({ dropEvery: 3 })

  expect(await outcomes(6)).toEqual([200, 200, 'lost', 200, 200, 'lost'])
})

test('what was asked for in a lost answer was done', async () => {
  await setFaults({ dropNext: 1 })

  await expect(ask('/groups', { method: 'POST', body: newGroup })).rejects.toThrow()
  expect(groups()).toBe(251)
})

test('a create may be carried out and answered 504', async () => {
  await setFaults({ createThen504: 1 })

  expect((await ask('/groups', { method: 'POST', body: newGroup })).status).toBe(504)
  expect(groups()).toBe(251)
  expect((await ask('/groups', { method: 'POST', body: newGroup })).status).toBe(201)
})

test('tokens end as early as wanted, as sign-in says', async () => {
  await setFaults({ tokenSeconds: 30 })
  const { access_token: token, expires_in } = await signIn()
  expect(expires_in).toBe(30)
  expect((await ask('/groups', { token })).status).toBe(200)
  ahead = 31_000

  expect(await ask('/groups', { token })).toMatchObject({
    status: 401,
    body: { error: { message: 'Lifetime validation failed, the token is expired.' } },
  })
})

test('tokens may end earlier than sign-in says', async () => {
  await setFaults({ tokenSeconds: 30, tokenEndsEarly: true })
  const { access_token: token, expires_in } = await signIn()
  ahead = 31_000

  expect(expires_in).toBe(3599)
  expect((await ask('/groups', { token })).status).toBe(401)
})

test('a valid token is refused as often as wanted, and taken again', async () => {
  await setFaults({ rejectTokens: 1 })

  expect(await outcomes(2)).toEqual([401, 200])
})

test('a permission is gone in the middle of the work: for the token of before, and for new ones', async () => {
  directory().apps[0]?.granted.splice(0, 2, 'Group.Read.All')
  await setFaults({ revokePermission: 'Group.Read.All', revokeAfter: 2 })

  expect(await outcomes(4)).toEqual([200, 200, 403, 403])
  expect((await ask('/groups')).status).toBe(403)
  const [live] = directory().apps
  if (live) setGranted(live, ['Group.Read.All'])
  expect((await ask('/groups')).status).toBe(200)
})

test('links to further pages end when wanted, of groups and of their changes', async () => {
  await setFaults({ pageLinkSeconds: 5 })
  const [page, changes] = [await ask('/groups'), await ask('/groups/delta')]
  ahead = 5_000
  expect((await ask(page.body['@odata.nextLink'])).status).toBe(200)
  ahead = 5_001

  for (const { body } of [page, changes])
    expect(await ask(body['@odata.nextLink'])).toMatchObject({
      status: 400,
      body: { error: { code: 'Directory_ExpiredPageToken' } },
    })
})
