import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { createGroup, deleteGroup, everyGroup, renameGroup, restoreGroup } from '../groups.ts'
import { groupIdOf } from '../made-up-groups.ts'
import { startSandbox } from '../start-sandbox.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
let ahead = 0
const clock = { now: () => new Date(1_795_411_463_500 + ahead), monotonic: () => 0 }
const granted = { ...app, granted: ['Group.Read.All'] }
const sandbox = await startSandbox({
  port: 0,
  directories: [contoso({ groups: 250, apps: [granted] })],
  clock,
})
beforeEach(() => {
  ahead = 0
  sandbox.world.reset()
})
afterAll(() => sandbox.stop())

const directory = () => sandbox.world.directory('contoso.example')
const idOf = (index: number) => groupIdOf(contoso().id, index)

async function ask(path: string) {
  const response = await fetch(`${sandbox.url}/${contoso().id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: app?.clientId ?? '',
      client_secret: app?.secrets[0]?.value ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token } = await response.json()
  const url = path.startsWith('http') ? path : `${sandbox.url}/v1.0${path}`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${access_token}` } })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

/** Follows links from here to the link to changes. */
async function readThrough(path: string) {
  const value: { id: string }[] = []
  let next = path
  for (;;) {
    const { body } = await ask(next)
    value.push(...body.value)
    if (body['@odata.deltaLink']) return { value, deltaLink: body['@odata.deltaLink'] as string }
    next = body['@odata.nextLink']
  }
}

test('a directory always has the same groups, and another one has others', () => {
  const first = everyGroup(directory())
  sandbox.world.reset()

  expect(everyGroup(directory())).toEqual(first)
  expect(new Set(first.map(({ id }) => id)).size).toBe(250)
  expect(groupIdOf('5c0de000-0000-4000-a000-00000000beef', 0)).not.toBe(idOf(0))
})

test('groups come in pages of a hundred, with what was selected', async () => {
  const first = await ask('/groups?$select=id,displayName')

  expect(first.body.value).toHaveLength(100)
  expect(first.body.value[0]).toEqual({ id: idOf(0), displayName: 'Sales members' })
  expect(first.body['@odata.context']).toMatch(/#groups\(id,displayName\)$/)
  const second = await ask(first.body['@odata.nextLink'])
  expect(second.body.value[0].id).toBe(idOf(100))
  expect((await ask('/groups?$top=999')).body.value).toHaveLength(250)
})

test('one group is found by its id until it is gone', async () => {
  expect((await ask(`/groups/${idOf(7)}`)).body).toMatchObject({ id: idOf(7) })
  deleteGroup(directory(), idOf(7), 'soft_deleted')
  expect((await ask(`/groups/${idOf(7)}`)).status).toBe(404)
  expect((await ask(`/groups/${idOf(250)}`)).status).toBe(404)
})

test('delta tells all groups once, and then nothing until something changes', async () => {
  const all = await readThrough('/groups/delta')
  expect(all.value.map(({ id }) => id)).toEqual(everyGroup(directory()).map(({ id }) => id))

  const nothing = await ask(all.deltaLink)
  expect(Object.keys(nothing.body)).toEqual(['@odata.context', '@odata.deltaLink', 'value'])
  expect(nothing.body.value).toEqual([])
})

test('delta tells what was made, renamed, deleted, deleted for good and restored', async () => {
  const { deltaLink } = await readThrough('/groups/delta?$select=id,displayName')
  deleteGroup(directory(), idOf(1), 'soft_deleted')
  deleteGroup(directory(), idOf(2), 'deleted')
  deleteGroup(directory(), idOf(3), 'soft_deleted')
  const added = createGroup(directory(), 'Newcomers')
  renameGroup(directory(), idOf(4), 'Renamed')
  renameGroup(directory(), idOf(4), 'Renamed again')
  restoreGroup(directory(), idOf(3))

  const { value } = await readThrough(deltaLink)

  expect(value).toEqual([
    { id: idOf(1), '@removed': { reason: 'changed' } },
    { id: idOf(2), '@removed': { reason: 'deleted' } },
    { id: added.id, displayName: 'Newcomers' },
    { id: idOf(4), displayName: 'Renamed again' },
    expect.objectContaining({ id: idOf(3) }),
  ])
})

test('what changes while all are read is told afterwards', async () => {
  const first = await ask('/groups/delta')
  renameGroup(directory(), idOf(0), 'Renamed meanwhile')
  const { deltaLink } = await readThrough(first.body['@odata.nextLink'])

  expect((await readThrough(deltaLink)).value).toMatchObject([
    { id: idOf(0), displayName: 'Renamed meanwhile' },
  ])
})

test('many changes come in pages', async () => {
  const { deltaLink } = await readThrough('/groups/delta')
  directory().faults = { groupsPageSize: 3, emptyPages: true }
  for (let index = 0; index < 10; index++) renameGroup(directory(), idOf(index), `Renamed ${index}`)

  const { value } = await readThrough(deltaLink)

  expect(value.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, index) => idOf(index)))
})

test('a lost state is answered as the directory does, and links do not live for ever', async () => {
  const first = await ask('/groups/delta')
  const { deltaLink } = await readThrough('/groups/delta')
  directory().faults.lostSyncState = 'gone'
  const gone = await ask(deltaLink)
  expect([gone.status, gone.headers.get('location')]).toEqual([
    410,
    `${sandbox.url}/v1.0/groups/delta?$deltatoken=`,
  ])
  directory().faults = { lostSyncState: 'not_found' }
  expect(await ask(deltaLink)).toMatchObject({ status: 400, body: { error: { code: 'SyncStateNotFound' } } })

  directory().faults = {}
  ahead = 11 * 60_000
  expect((await ask(first.body['@odata.nextLink'])).body).toMatchObject({
    error: { code: 'Directory_ExpiredPageToken' },
  })
  expect((await ask(deltaLink)).status).toBe(200)
  ahead = 8 * 86_400_000
  expect((await ask(deltaLink)).status).toBe(400)
})

test('the address that comes with a lost state leads to all groups anew', async () => {
  const { deltaLink } = await readThrough('/groups/delta')
  directory().faults.lostSyncState = 'gone'
  const { headers } = await ask(deltaLink)

  expect((await readThrough(headers.get('location') ?? '')).value).toHaveLength(250)
})

test('a page may tell of its first group as it was, and then as it is', async () => {
  directory().faults = { repeatInPage: true, groupsPageSize: 100 }
  const { value } = await readThrough('/groups/delta?$select=id,displayName')

  expect(value).toHaveLength(253)
  expect(value.slice(0, 2)).toEqual([
    { id: idOf(0), displayName: 'Sales members (before)' },
    { id: idOf(0), displayName: 'Sales members' },
  ])
})

test('a page may begin with the end of the one before, of all groups and of changes', async () => {
  directory().faults = { repeatAcrossPages: true, emptyPages: true }
  const all = await readThrough('/groups/delta')
  const indexes = [...Array(100).keys(), 99, ...Array.from({ length: 100 }, (_, index) => index + 100)]
  expect(all.value.slice(0, 201).map(({ id }) => id)).toEqual(indexes.map(idOf))

  directory().faults = { repeatAcrossPages: true, groupsPageSize: 2 }
  for (const index of [1, 2, 3]) renameGroup(directory(), idOf(index), `Renamed ${index}`)
  const { value } = await readThrough(all.deltaLink)
  expect(value.map(({ id }) => id)).toEqual([1, 2, 2, 3].map(idOf))
})

test('a link to changes may tell once more what was told before it', async () => {
  const { deltaLink } = await readThrough('/groups/delta')
  for (const index of [1, 2, 3]) renameGroup(directory(), idOf(index), `Renamed ${index}`)
  const later = await readThrough(deltaLink)
  directory().faults = { replayChanges: 2 }

  expect((await readThrough(later.deltaLink)).value.map(({ id }) => id)).toEqual([2, 3].map(idOf))
})

test('delta takes no page size, and knows the properties of a group', async () => {
  expect((await ask('/groups/delta?$top=5')).body).toMatchObject({
    error: { code: 'Request_UnsupportedQuery' },
  })
  expect((await ask('/groups/delta?$select=shoeSize')).status).toBe(400)
})

test('without the permission nobody reads groups', async () => {
  directory().apps[0]?.granted.splice(0)

  expect((await ask('/groups')).status).toBe(403)
  expect((await ask('/groups/delta')).status).toBe(403)
})
