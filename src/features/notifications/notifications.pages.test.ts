import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import type { PersonalActor } from '../../access/index.ts'

const SYNC = 'directory.role_definitions.sync'
const LIST = '/admin/notifications'

interface Listed {
  readonly notifications: { id: number; runId: number; read: boolean; reasonCode?: string }[]
  readonly next?: string
}

let product: InProcess
let person: PersonalActor
let cookie: string
let workspaceId: number
beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace()
})
beforeEach(async () => {
  person = await product.world.person(workspaceId, 'operator')
  cookie = await product.signIn(person)
})
afterAll(() => product.world.abandon())

/** So many operations of somebody that were stopped, one after the other. */
const ended = async (count: number, by = person) => {
  const tenant = await product.world.readyTenant(workspaceId)
  const asker = by === person ? cookie : await product.signIn(by)
  for (let one = 0; one < count; one++) {
    const answer = await product.world.start(by, tenant, SYNC)
    const id = answer.kind === 'decided' ? answer.outcome.run.id : 0
    await product.ask('POST', `/admin/operations/${id}/cancel`, { cookie: asker })
  }
  return tenant
}
const list = async (query = ''): Promise<Listed> => {
  const answer = await product.ask('GET', LIST + query, { cookie, accept: 'application/json' })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Listed
}
const page = async (query = '', headers = {}) =>
  (await product.ask('GET', LIST + query, { cookie, ...headers })).text()
const send = (what: 'read' | 'unread', fields: Record<string, string>) =>
  product.ask('POST', `${LIST}/${what}`, { cookie, ...FORM }, `${new URLSearchParams(fields)}`)
const unreadIds = async () => (await list('?show=unread')).notifications.map(({ id }) => id)

test('parts follow each other without a gap or a repetition, also while new ones arrive', async () => {
  await ended(7)
  const all = (await list()).notifications.map(({ id }) => id)
  expect(all).toHaveLength(7)
  expect(all).toEqual([...all].sort((one, other) => other - one))

  const first = await list('?limit=3')
  await ended(1)
  const second = await list(new URL(`http://x${first.next}`).search)
  const third = await list(new URL(`http://x${second.next}`).search)

  const seen = [first, second, third].flatMap(({ notifications }) => notifications.map(({ id }) => id))
  expect(seen).toEqual(all)
  expect(third.next).toBeUndefined()
})

test('the page turns over too, and comes back', async () => {
  const tenant = await ended(1)
  const { db } = product.world.database
  await sql`
    with copies as (
      insert into operation_runs (workspace_id, tenant_id, initiator_id, initiator_name, operation, status, outcome, reason,
        directory_id, scope_key, identity, provider_connection_id, admitted_at, finished_at)
      select workspace_id, tenant_id, initiator_id, initiator_name, operation, status, outcome, reason, directory_id,
        scope_key, identity, provider_connection_id, admitted_at, finished_at
      from operation_runs, generate_series(1, 60) where tenant_id = ${tenant.id} returning *
    )
    insert into notifications (user_id, run_id) select initiator_id, id from copies`.execute(db)
  const links = (text: string) => text.match(/class="letter-title"/g)?.length
  const first = await page()
  expect(links(first)).toBe(50)
  expect(first).toContain(`hx-get="${LIST}"`)
  const older = /href="(\/admin\/notifications\?show=all&amp;before=\d+)"/
    .exec(first)?.[1]
    ?.replace('&amp;', '&')

  const second = await page(new URL(`http://x${older}`).search)
  expect(links(second)).toBe(11)
  const part = /id="notifications"[^>]*/.exec(second)?.[0]
  expect(part).not.toContain('hx-get')
  const newer = /href="(\/admin\/notifications\?show=all&amp;after=\d+)"/
    .exec(second)?.[1]
    ?.replace('&amp;', '&')
  expect(links(await page(new URL(`http://x${newer}`).search))).toBe(50)
})

describe('reading', () => {
  test('one is marked as read, and as unread again; the filter follows', async () => {
    await ended(2)
    const [newest = 0, older = 0] = await unreadIds()

    expect((await send('read', { id: String(newest), show: 'unread' })).headers.get('location')).toBe(
      `${LIST}?show=unread`,
    )
    expect(await unreadIds()).toEqual([older])
    expect(await page()).toMatch(/Mark as unread/)

    expect((await send('unread', { id: String(newest) })).headers.get('location')).toBe(LIST)
    expect(await unreadIds()).toEqual([newest, older])
  })

  test('“all” are those that were shown, not one that came meanwhile', async () => {
    await ended(2)
    const shown = await page()
    const until = /name="until" value="(\d+)"/.exec(shown)?.[1] ?? ''
    await ended(1)

    await send('read', { until })

    expect(await unreadIds()).toHaveLength(1)
    await product.ask('POST', `${LIST}/read`, { cookie, accept: 'application/json' })
    expect(await unreadIds()).toEqual([])
    expect(await page('?show=unread')).toContain('Everything is read')
  })

  test('somebody else’s is not touched, and looks like one that is not there', async () => {
    const other = await product.world.person(workspaceId, 'operator', 'Other')
    await ended(1, other)
    const { id } = await product.world.database.db
      .selectFrom('notifications')
      .select('id')
      .where('user_id', '=', other.userId)
      .executeTakeFirstOrThrow()

    const theirs = await send('read', { id: String(id) })
    const absent = await send('read', { id: '999999' })
    await send('unread', { id: String(id) })

    expect([theirs.status, await theirs.text()]).toEqual([absent.status, await absent.text()])
    const { rows } = await sql`select read_at from notifications where id = ${id}`.execute(
      product.world.database.db,
    )
    expect(rows).toEqual([{ read_at: null }])
  })

  test.each(['', 'x', '0', '-1', '%00'])('“%s” names none', async (id) => {
    expect((await send('unread', { id })).status).toBe(404)
    if (id) expect((await send('read', { until: id })).status).toBe(404)
  })
})

test('what ended is told day by day in the reader’s zone, with the reason as everywhere', async () => {
  await ended(2)
  const { db } = product.world.database
  await sql`update notifications set created_at = now() - interval '1 day'
    where id = (select min(id) from notifications where user_id = ${person.userId})`.execute(db)

  const english = await page()
  expect(english).toMatch(/Today[\s\S]+Cancelled[\s\S]+Yesterday[\s\S]+Cancelled/)
  expect(await page('', { 'accept-language': 'de' })).toMatch(/Heute[\s\S]+Abgebrochen[\s\S]+Gestern/)
  expect((await list()).notifications.map(({ reasonCode }) => reasonCode)).toEqual([
    'run_cancelled',
    'run_cancelled',
  ])
})

test('whoever has none reads that, and wrong fields of a program are named', async () => {
  expect(await page()).toContain('Nothing to tell yet')
  const answer = await product.ask('GET', `${LIST}?limit=0&show=x&before=y`, {
    cookie,
    accept: 'application/json',
  })
  expect(answer.status).toBe(422)
  expect(((await answer.json()) as { errors: unknown[] }).errors).toHaveLength(3)
})
