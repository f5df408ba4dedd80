import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { jsonb } from '../../database/index.ts'

const JSON_WANTED = { accept: 'application/json' }

let product: InProcess
let cookie: string
let list: string
let start: string
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  cookie = await product.signIn(owner)
  const tenant = await world.readyTenant(workspaceId)
  list = `/admin/t/${tenant.directoryId}/directory/groups`
  start = `/admin/t/${tenant.directoryId}/provider-actions/directory.groups.sync/start`
  const row = (index: number) => ({
    tenant_id: tenant.id,
    group_id: `id-${String(index).padStart(3, '0')}`,
    // Many share a name: pages must not lose or repeat any of them.
    display_name: `Group ${Math.floor(index / 25)}`,
    mail: index % 10 === 0 ? `mail-${index}@contoso.example` : null,
    kind: index % 10 === 0 ? 'microsoft_365' : 'security',
    membership_rule: index % 20 === 0 ? '(user.department -eq "Sales")' : null,
    raw: jsonb({ id: `id-${index}`, visibility: 'Private' }),
    full_sync: 1,
    last_seen_run_id: 1,
    ...(index === 99 && { gone_since: new Date(), gone_how: 'soft_deleted' }),
  })
  await world.database.db
    .insertInto('directory_groups')
    .values(Array.from({ length: 100 }, (_, index) => row(index)))
    .execute()
})
afterAll(() => product?.world.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  product.ask('GET', path, { cookie, ...headers })

interface Answered {
  readonly groups: readonly { id: string }[]
  readonly next: string | null
  readonly previous: string | null
}

const part = async (path: string): Promise<Answered> => (await get(path, JSON_WANTED)).json()
const ids = ({ groups }: Answered) => groups.map(({ id }) => id)

describe('the list of groups', () => {
  test('goes through all of them forwards and back, each once', async () => {
    const pages: Answered[] = [await part(list)]
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await part(next))

    expect(pages.map((page) => ids(page).length)).toEqual([30, 30, 30, 9])
    expect(new Set(pages.flatMap(ids)).size).toBe(99)
    expect(pages[0]?.previous).toBeNull()
    const before = await part(pages[2]?.previous ?? '')
    expect(ids(before)).toEqual(ids(pages[1] ?? before))
  })

  test('is searched by name and mail address, taken literally', async () => {
    expect(ids(await part(`${list}?q=mail-50@`))).toEqual(['id-050'])
    expect(ids(await part(`${list}?q=group+3`))).toHaveLength(24)
    expect(ids(await part(`${list}?q=%25`))).toEqual([])
  })

  test('is filtered by kind, by membership, and by what is gone', async () => {
    expect(ids(await part(`${list}?show=microsoft_365`))).toHaveLength(10)
    expect(ids(await part(`${list}?show=dynamic`))).toHaveLength(5)
    expect(ids(await part(`${list}?show=gone`))).toEqual(['id-099'])
    expect(ids(await part(`${list}?show=nonsense&after=nonsense`))).toHaveLength(30)
  })

  test('is a page in both languages that offers the sync', async () => {
    const page = await (await get(list, { accept: 'text/html' })).text()
    expect(page).toContain('Sync groups')
    expect(page).toContain(`action="${list}/sync"`)
    const german = await (
      await get(`${list}?q=nirgends`, { accept: 'text/html', 'accept-language': 'de' })
    ).text()
    expect(german).toContain('Keine Gruppe passt')
  })
})

test('one group tells its rule and the object it came as', async () => {
  const page = await (await get(`${list}/id-020`, { accept: 'text/html' })).text()
  expect(page).toContain('(user.department -eq &quot;Sales&quot;)')
  expect(page).toContain('Private')
  expect(await (await get(`${list}/id-099`, JSON_WANTED)).json()).toMatchObject({
    goneHow: 'soft_deleted',
    raw: { visibility: 'Private' },
  })
  expect((await get(`${list}/id-100`, JSON_WANTED)).status).toBe(404)
  expect((await get(`${list}/%00`, JSON_WANTED)).status).toBe(404)
})

describe('what a start is to read', () => {
  const post = (path: string, body?: string) =>
    product.ask('POST', path, { cookie, ...JSON_WANTED, ...JSON_BODY }, body)

  test('has to be known, and the answer names what is', async () => {
    for (const path of [`${list}/sync`, start]) {
      for (const key of ['all_groups_v2', '', null, 1, 'All_groups_v1']) {
        const answer = await post(path, JSON.stringify({ selectionKey: key }))
        expect(answer.status, `${key}`).toBe(422)
        expect(await answer.json()).toMatchObject({
          errors: [{ pointer: '/selectionKey', detail: 'Give all_groups_v1, or leave it out.' }],
        })
      }
    }
    const both = await post(`${list}/sync`, '{"selectionKey":"x","providerConnectionId":"y"}')
    expect(((await both.json()) as { errors: unknown[] }).errors).toHaveLength(2)
    expect((await get(`${list}/explain?selectionKey=x`, JSON_WANTED)).status).toBe(422)
  })

  test('is all groups unless it says otherwise, and the same work however it was asked for', async () => {
    const explained = await get(`${list}/explain`, JSON_WANTED)
    expect(await explained.json()).toMatchObject({
      status: 'accepted',
      operationType: 'directory.groups.sync',
    })
    const first = await (await post(`${list}/sync`)).json()
    expect(first).toMatchObject({ status: 'accepted' })
    for (const path of [`${list}/sync`, start])
      for (const body of [undefined, '{"selectionKey":"all_groups_v1"}'])
        expect(await (await post(path, body)).json()).toMatchObject({
          status: 'deduped',
          run: { id: first.run.id },
        })
    const run = await product.world.database.db
      .selectFrom('operation_runs')
      .select('selection')
      .where('id', '=', first.run.id)
      .executeTakeFirst()
    expect(run?.selection).toEqual({ selectionKey: 'all_groups_v1' })
  })

  test('is nothing to choose where an operation reads one thing', async () => {
    const roles = start.replace('directory.groups.sync', 'directory.role_definitions.sync')
    expect((await post(roles, '{"selectionKey":"anything"}')).status).toBe(200)
  })
})
