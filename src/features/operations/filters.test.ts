import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { heldRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import type { PersonalActor } from '../../access/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { asWorkspaceId } from '../../kernel/index.ts'
import { runsOf } from './find-runs.sql.ts'

const SYNC = 'directory.role_definitions.sync'
const GROUPS = 'directory.groups.sync'

let product: InProcess
let ada: PersonalActor
let cookie: string
let directoryId: string
let workspaceId: number
/** The runs by what is to be said of them. */
const runs = new Map<string, number>()
let release: () => Promise<void>

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const { db } = world.database
  workspaceId = await world.workspace()
  ada = await world.person(workspaceId, 'operator', 'Ada')
  const ben = await world.person(workspaceId, 'operator', 'Ben')
  cookie = await product.signIn(ada)
  const begin = async (name: string, actor: PersonalActor, operation = SYNC) => {
    const tenant = await world.readyTenant(workspaceId)
    const answer = await world.start(actor, tenant, operation)
    const id = answer.kind === 'decided' ? answer.outcome.run.id : 0
    runs.set(name, id)
    return { id, tenant }
  }
  const done = await begin('done', ada)
  directoryId = done.tenant.directoryId
  await workOn(
    workerOf(world, async () => SUCCEEDED),
    done.id,
  )
  const failed = await begin('failed', ben, GROUPS)
  await workOn(
    workerOf(world, async () => ({
      ending: { outcome: 'failed', counts: {}, reason: { code: 'provider_unreachable' }, failures: [] },
    })),
    failed.id,
  )
  const released = await begin('released', ben, GROUPS)
  await sql`update operation_runs set status = 'completed', outcome = 'failed', finished_at = now(),
    reason = '{"code":"run_force_released","by":"Ben","why":"it hangs"}' where id = ${released.id}`.execute(
    db,
  )
  await begin('queued', ada, GROUPS)
  const silent = await begin('silent', ben)
  const { begun, endWith, runner } = heldRunner()
  const work = workOn(workerOf(world, runner), silent.id)
  await begun
  await sql`update operation_runs set heartbeat_at = now() - interval '9 hours' where id = ${silent.id}`.execute(
    db,
  )
  release = async () => {
    endWith(SUCCEEDED)
    await work
  }
  const blocked = await world.tenant(workspaceId)
  const answer = await world.start(ada, blocked, SYNC)
  runs.set('blocked', answer.kind === 'decided' ? answer.outcome.run.id : 0)
  await sql`update operation_runs set created_at = '2026-03-01T22:30:00Z' where id = ${failed.id}`.execute(db)
})
afterAll(async () => {
  await release()
  await product.world.abandon()
})

const ask = (query: string, accept = 'application/json') =>
  product.ask('GET', `/admin/operations?${query}`, { cookie, accept })
const idsOf = (...names: string[]) => names.map((name) => runs.get(name)).sort()

async function listed(query: string): Promise<number[]> {
  const { operations } = (await (await ask(query)).json()) as { operations: { runId: number }[] }
  return operations.map(({ runId }) => runId).sort()
}

test.each([
  ['status=completed', ['done', 'failed', 'released', 'blocked']],
  ['status=queued', ['queued']],
  ['outcome=succeeded', ['done']],
  ['outcome=failed', ['failed', 'released']],
  ['outcome=cancelled', []],
  [`operation=${GROUPS}`, ['failed', 'released', 'queued']],
  ['reason=provider_unreachable', ['failed']],
  ['reason=provider_connection_missing', ['blocked']],
  ['freshness=likely_stale', ['silent']],
  ['freshness=fresh_active', ['queued']],
  ['freshness=terminal_normal', ['done', 'failed', 'blocked']],
  ['freshness=reconciled_failed', ['released']],
  ['freshness=reconciled_failed&outcome=succeeded', []],
  ['initiator=system', []],
  ['from=2026-03-01&to=2026-03-01', ['failed']],
  ['to=2026-03-01T22:30:00Z', []],
  ['from=2026-03-02', ['done', 'released', 'queued', 'silent', 'blocked']],
  ['show=attention', ['failed', 'released', 'blocked']],
  ['show=attention&outcome=failed', ['failed', 'released']],
  [`show=active&operation=${SYNC}`, ['silent']],
  [`status=completed&operation=${GROUPS}&reason=provider_unreachable&outcome=failed`, ['failed']],
])('%s lists what fits, and nothing else', async (query, names) => {
  expect(await listed(query)).toEqual(idsOf(...names))
})

test('the pages beside a place in the list hold what is next to it, newest first', async () => {
  const all = [...runs.values()].sort((one, other) => other - one)
  const [, second, third] = all
  const part = (choice: { before?: number; after?: number }) =>
    runsOf(product.world.database.db, asWorkspaceId(workspaceId), ada, { show: 'all', limit: 2, ...choice })
  const ids = async (choice: { before?: number; after?: number }) => (await part(choice)).map(({ id }) => id)

  expect(await ids({ before: second ?? 0 })).toEqual(all.slice(2, 4))
  expect(await ids({ after: all.at(-1) ?? 0 })).toEqual(all.slice(-3, -1))
  expect(await ids({ after: third ?? 0 })).toEqual(all.slice(0, 2))
})

test('a person and a tenant narrow the list too', async () => {
  expect(await listed(`initiator=${ada.userId}`)).toEqual(idsOf('done', 'queued', 'blocked'))
  expect(await listed(`tenant=${directoryId}`)).toEqual(idsOf('done'))
})

test.each([
  ['status=ended', '/status'],
  ['outcome=good', '/outcome'],
  ['operation=directory.groups', '/operation'],
  ['initiator=%20%27', '/initiator'],
  ['freshness=stale', '/freshness'],
  ['reason=because', '/reason'],
  ['from=yesterday', '/from'],
  ['to=2026-02-30', '/to'],
  ['tenant=nowhere', '/tenant'],
])('a program hears what is wrong with %s', async (query, pointer) => {
  const answer = await ask(query)

  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ errors: [{ pointer }] })
})

test('a page says what it did not understand, keeps it, and shows the list under the rest', async () => {
  const page = await (await ask('status=ended&from=yesterday&outcome=failed', 'text/html')).text()

  expect(page).toContain('Status: there is no “ended”.')
  expect(page).toContain('value="yesterday"')
  expect(page).toMatch(/<option value="ended" selected/)
  expect(page).toContain(`/admin/operations/${runs.get('failed')}`)
  expect(page).not.toContain(`/admin/operations/${runs.get('done')}"`)
})

test('each filter that is on is a chip that leads to the list without it, and the tabs keep them all', async () => {
  const page = await (
    await ask(`show=active&operation=${GROUPS}&initiator=${ada.userId}`, 'text/html')
  ).text()

  expect(page).toContain(`href="/admin/operations?show=active&amp;initiator=${ada.userId}"`)
  expect(page).toContain(`href="/admin/operations?show=active&amp;operation=${GROUPS}"`)
  expect(page).toMatch(
    new RegExp(
      `href="/admin/operations\\?show=attention&amp;operation=${GROUPS}&amp;initiator=${ada.userId}"`,
    ),
  )
  expect(page).toMatch(/Active *<span class="tab-count">1</)
})
