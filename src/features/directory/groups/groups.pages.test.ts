import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, JSON_BODY, openInProcess } from '../../../../tests/http/in-process.ts'
import { SUCCEEDED, workerOf } from '../../../../tests/world/workers.ts'
import type { PersonalActor } from '../../../access/index.ts'
import { jsonb } from '../../../database/index.ts'
import { workOn } from '../../../engine/worker/index.ts'

const JSON_WANTED = { accept: 'application/json' }

let product: InProcess
let cookie: string
let list: string
let owner: PersonalActor
let workspaceId: number
let tenantId: number
let start: string
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
  cookie = await product.signIn(owner)
  const tenant = await world.readyTenant(workspaceId)
  tenantId = tenant.id
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
    // To the microsecond, which a Date in between would lose.
    first_seen_at: sql<Date>`timestamptz '2026-01-01 12:00:00.000001Z' + make_interval(secs => ${index % 40} / 1000000.0)`,
    changed_at:
      index % 3 === 0
        ? sql<Date>`timestamptz '2026-02-01 12:00:00.5Z' + make_interval(secs => ${index % 12} / 1000000.0)`
        : null,
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
  readonly next?: string
  readonly previous?: string
}

const part = async (path: string): Promise<Answered> => (await get(path, JSON_WANTED)).json()
const ids = ({ groups }: Answered) => groups.map(({ id }) => id)

describe('the list of groups', () => {
  test('goes through all of them forwards and back, each once', async () => {
    const pages: Answered[] = [await part(`${list}?limit=30`)]
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await part(next))

    expect(pages.map((page) => ids(page).length)).toEqual([30, 30, 30, 9])
    expect(new Set(pages.flatMap(ids)).size).toBe(99)
    expect(pages[0]).not.toHaveProperty('previous')
    expect(pages[3]).not.toHaveProperty('next')
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
    expect((await get(`${list}?show=nonsense&after=nonsense`, { accept: 'text/html' })).status).toBe(200)
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

describe('the order of the list', () => {
  const walk = async (query: string, side: 'next' | 'previous' = 'next', from?: string) => {
    const pages: Answered[] = [await part(from ?? `${list}?limit=7&${query}`)]
    for (let to = pages[0]?.[side]; to; to = pages.at(-1)?.[side]) pages.push(await part(to))
    return pages
  }
  const truth = async (order: string) => {
    const { rows } = await sql<{ id: string }>`select group_id as id from directory_groups
      where tenant_id = ${tenantId} and gone_since is null order by ${sql.raw(order)}`.execute(
      product.world.database.db,
    )
    return rows.map(({ id }) => id)
  }

  test.each([
    ['name', 'lower(display_name) collate "C", group_id collate "C"'],
    ['-name', 'lower(display_name) collate "C" desc, group_id collate "C" desc'],
    ['changed', 'changed_at nulls first, group_id collate "C"'],
    ['-changed', 'changed_at desc nulls last, group_id collate "C" desc'],
    ['first_seen', 'first_seen_at, group_id collate "C"'],
    ['-first_seen', 'first_seen_at desc, group_id collate "C" desc'],
  ])('%s leads through every group once, and back the same way', async (sort, order) => {
    const forwards = await walk(`sort=${sort}`)
    expect(forwards.flatMap(ids)).toEqual(await truth(order))
    const last = forwards.at(-1)?.previous
    const back = await walk('', 'previous', last)
    expect(back.map(ids)).toEqual(forwards.slice(0, -1).toReversed().map(ids))
  })

  test('is told by the head of its column and kept by search, filter and turns', async () => {
    const page = await (
      await get(`${list}?sort=-changed&show=security&q=group`, { accept: 'text/html' })
    ).text()
    expect(page).toMatch(
      /aria-sort="descending"[^>]*><a class="sort is-on" href="[^"]*sort=changed"[^>]*>Last change/,
    )
    expect(page.match(/aria-sort/g)).toHaveLength(1)
    expect(page).toContain('<input type="hidden" name="sort" value="-changed"/>')
    expect(page).toMatch(/href="[^"]*show=gone&amp;sort=-changed"/)
    expect(page).toMatch(/href="[^"]*q=group&amp;show=security&amp;sort=-changed&amp;after=[^"]+">Next/)
  })
})

describe('a program that asks wrongly', () => {
  const edge = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
  test.each([
    ['show=nonsense', '/show'],
    ['sort=nonsense', '/sort'],
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['after=nonsense', '/after'],
    ['before=x', '/before'],
    [`sort=changed&after=${edge(['Group 1', 'x'])}`, '/after'],
    [`sort=changed&after=${edge(['9999-99-99 00:00:00+00', 'x'])}`, '/after'],
    [`sort=changed&after=${edge(['2026-02-30 00:00:00+00', 'x'])}`, '/after'],
    [`sort=first_seen&before=${edge(['0000-01-01 00:00:00+00', 'x'])}`, '/before'],
    [`after=${edge(['a\0b', 'x'])}`, '/after'],
    [`q=${'x'.repeat(201)}`, '/q'],
  ])('with %s hears which field', async (query, pointer) => {
    const answer = await get(`${list}?${query}`, JSON_WANTED)
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer }] }])
    expect((await get(`${list}?${query}`, { accept: 'text/html' })).status).toBe(200)
  })
})

describe('an empty list says why', () => {
  const shown = async (path: string) => (await get(path, { accept: 'text/html' })).text()

  test('nothing was found, the filter leaves none, or what stood there went elsewhere', async () => {
    expect(await shown(`${list}?q=nowhere`)).toContain('No group matches')
    expect(await shown(`${list}?show=distribution`)).toContain('There is none of this kind.')
    const beyond = Buffer.from(JSON.stringify(['zzz', 'zzz'])).toString('base64url')
    expect(await shown(`${list}?after=${beyond}`)).toContain('Nothing is left on this page')
  })

  test('only beginnings were looked for, because so few letters were given', async () => {
    const { world } = product
    const many = await world.readyTenant(workspaceId)
    await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync, last_seen_run_id)
      select ${many.id}, n::text, 'Research ' || n, 'security', '{}', 1, 1 from generate_series(1, 2100) n`.execute(
      world.database.db,
    )
    const page = await shown(`/admin/t/${many.directoryId}/directory/groups?q=se`)
    expect(page).toContain('No name begins with “se”.')
    expect(page).not.toContain('contains')
  })

  test('it was never read, or read to its end without finding any', async () => {
    const { world } = product
    const bare = await world.readyTenant(workspaceId)
    const path = `/admin/t/${bare.directoryId}/directory/groups`
    expect(await shown(path)).toContain('Groups were never read')
    const started = await world.start(owner, bare, 'directory.groups.sync')
    const run = started.kind === 'decided' ? started.outcome.run.id : 0
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      run,
    )
    const fresh = await shown(path)
    expect(fresh).toContain('This directory has no groups')
    expect(fresh).not.toContain('This view is old')

    const { db } = world.database
    await sql`alter table operation_runs disable trigger runs_completed_stays`.execute(db)
    await sql`update operation_runs set created_at = created_at - interval '8 days',
      admitted_at = admitted_at - interval '8 days', started_at = started_at - interval '8 days',
      finished_at = finished_at - interval '8 days' where id = ${run}`.execute(db)
    await sql`alter table operation_runs enable trigger runs_completed_stays`.execute(db)
    await sql`alter table audit_records disable trigger audit_is_append_only`.execute(db)
    await sql`update audit_records set at = at - interval '8 days' where run_id = ${run}`.execute(db)
    await sql`alter table audit_records enable trigger audit_is_append_only`.execute(db)
    expect(await shown(path)).toContain('This view is old: the last sync to its end was 8 days ago')
    const begunAnew = 'Everything has to be read anew, and that has not come to its end'
    expect(await shown(path)).not.toContain(begunAnew)
    await sql`insert into sync_states (tenant_id, selection_key, full_sync, read_at)
      values (${bare.id}, 'all_groups_v1', 2, now())`.execute(db)
    expect(await shown(path)).toContain(begunAnew)
    const other = await world.start(owner, bare, 'directory.role_definitions.sync')
    expect(await shown(path)).toContain(begunAnew)
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      other.kind === 'decided' ? other.outcome.run.id : 0,
    )
    await world.start(owner, bare, 'directory.groups.sync')
    expect(await shown(path)).toContain('Everything is being read anew')
    await world.archive(bare)
    const archived = await shown(path)
    expect(archived).toContain('What was last seen of it stays as it is.')
    expect(archived).not.toContain('This view is old')
  })
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
