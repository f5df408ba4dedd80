import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { startSandbox } from '../start-sandbox.ts'
import { askingAs } from './asking.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
const sandbox = await startSandbox({
  port: 0,
  directories: [contoso({ apps: [{ ...app, granted: ['Group.ReadWrite.All'] }] })],
})
const { ask } = askingAs(sandbox, contoso().id, app)
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const wanted = {
  displayName: 'Night watch',
  description: 'Who is awake',
  mailEnabled: false,
  mailNickname: 'night-watch',
  securityEnabled: true,
}
const create = (body: unknown) => ask('/groups', { method: 'POST', body })

test('a group is created, found by its id and told by the changes', async () => {
  let link = '/groups/delta'
  for (let page = await ask(link); ; page = await ask(link)) {
    link = page.body['@odata.deltaLink'] ?? page.body['@odata.nextLink']
    if (page.body['@odata.deltaLink']) break
  }
  const { body, headers, status } = await create(wanted)

  expect(status).toBe(201)
  expect(headers.get('location')).toContain(body.id)
  expect(body).toMatchObject({ ...wanted, groupTypes: [], mail: null, id: expect.any(String) })
  expect((await ask(`/groups/${body.id}`)).body).toMatchObject(wanted)
  expect((await ask(link)).body.value).toMatchObject([{ id: body.id, displayName: 'Night watch' }])
})

test('two groups may have the same name', async () => {
  const [first, second] = [await create(wanted), await create(wanted)]

  expect([first.status, second.status]).toEqual([201, 201])
  expect(first.body.id).not.toBe(second.body.id)
})

test('a Microsoft 365 group has an address', async () => {
  const unified = { ...wanted, groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false }

  expect((await create(unified)).body).toMatchObject({
    mail: 'night-watch@contoso.example',
    groupTypes: ['Unified'],
  })
})

test.each<[string, object, RegExp]>([
  ['without a name', { displayName: undefined }, /^A value is required for property 'displayName'/],
  ['without a nickname', { mailNickname: undefined }, /^A value is required for property 'mailNickname'/],
  [
    'with an impossible nickname',
    { mailNickname: 'a b' },
    /^Invalid value specified for property 'mailNickname'/,
  ],
  [
    'with too long a name',
    { displayName: 'x'.repeat(257) },
    /^Invalid value specified for property 'displayName'/,
  ],
  ['with mail, but no Microsoft 365 group', { mailEnabled: true }, /mail-enabled groups/],
  ['for nothing at all', { securityEnabled: false }, /mail-enabled groups/],
  ['dynamic without a rule', { groupTypes: ['DynamicMembership'] }, /membershipRule/],
])('a group %s is refused, and none is created', async (_, change, message) => {
  expect(await create({ ...wanted, ...change })).toMatchObject({
    status: 400,
    body: { error: { code: 'Request_BadRequest', message: expect.stringMatching(message) } },
  })
  expect(sandbox.world.directory('contoso.example').groups.count).toBe(20)
})

test('reading groups is not enough to create one', async () => {
  sandbox.world.app('contoso.example', app.clientId).granted = ['Group.Read.All']

  expect(await create(wanted)).toMatchObject({
    status: 403,
    body: { error: { code: 'Authorization_RequestDenied' } },
  })
})

test('other collections take no creates', async () => {
  expect((await ask('/organization', { method: 'POST', body: {} })).status).toBe(405)
  expect((await ask('/groups/delta', { method: 'POST', body: wanted })).status).toBe(405)
})
