import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'

const PATH = '/admin/settings/workspace'
const AS_IT_IS = {
  name: 'Contoso MSP',
  operationsDays: 365,
  auditDays: 730,
  notificationsDays: 90,
  directoryDays: 90,
  complianceDays: 730,
}

let product: InProcess
let workspaceId: number
let owner: string
let manager: string

beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace('Contoso MSP')
  owner = await product.signIn(await product.world.person(workspaceId, 'owner'))
  manager = await product.signIn(await product.world.person(workspaceId, 'manager'))
})
afterAll(() => product.world.close())

const send = (fields: Record<string, string>, cookie = owner) =>
  product.ask('POST', PATH, { cookie, ...FORM }, `${new URLSearchParams(fields)}`)
const tell = (fields: object) =>
  product.ask(
    'POST',
    PATH,
    { cookie: owner, ...JSON_BODY, accept: 'application/json' },
    JSON.stringify(fields),
  )
const now = async () => (await product.ask('GET', PATH, { cookie: owner, accept: 'application/json' })).json()
const form = (change: Record<string, string> = {}) => ({
  name: 'Contoso MSP',
  operationsDays: '365',
  auditDays: '730',
  notificationsDays: '90',
  directoryDays: '90',
  complianceDays: '730',
  ...change,
})

test('an owner renames the workspace, which leaves a record of before and after', async () => {
  const saved = await send(form({ name: 'Contoso Services' }))
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `${PATH}?done=saved`])
  expect(await (await product.ask('GET', `${PATH}?done=saved`, { cookie: owner })).text()).toMatch(/>Saved</)
  expect(await now()).toEqual({ ...AS_IT_IS, name: 'Contoso Services' })
  const record = await product.world.database.db
    .selectFrom('audit_records')
    .select(['facts', 'outcome'])
    .where('action', '=', 'workspace.update')
    .executeTakeFirstOrThrow()
  expect(record).toMatchObject({
    outcome: 'done',
    facts: { before: { name: 'Contoso MSP' }, after: { name: 'Contoso Services' } },
  })
  expect((await tell({ name: 'Contoso MSP' })).status).toBe(200)
})

test.each([
  [{ name: '' }, 'name'],
  [{ operationsDays: '29' }, 'operations'],
  [{ operationsDays: '3651' }, 'operations'],
  [{ operationsDays: '800' }, 'audit'],
  [{ auditDays: '364' }, 'audit'],
  [{ notificationsDays: 'x' }, 'notifications'],
  [{ directoryDays: '29' }, 'directory'],
  [{ complianceDays: '89' }, 'compliance'],
])('%j is told at its field, and nothing is changed', async (change, field) => {
  const answer = await send(form(change))
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(`<a href="#${field}">`)
  expect(await now()).toEqual(AS_IT_IS)
})

test('records are kept for a shorter time only after it was said what goes', async () => {
  const tenant = await product.world.tenant(workspaceId)
  await sql`insert into operation_runs (workspace_id, tenant_id, operation, status, outcome, reason, directory_id,
      scope_key, identity, finished_at, created_at)
    select ${workspaceId}, ${tenant.id}, 'directory.groups.sync', 'completed', 'blocked',
      '{"code":"provider_connection_missing"}', ${tenant.directoryId}::uuid, 'x', 'x', now() - interval '100 days',
      now() - interval '100 days' from generate_series(1, 3)`.execute(product.world.database.db)
  const asked = await send(form({ operationsDays: '90' }))
  expect(asked.status).toBe(200)
  const page = await asked.text()
  expect(page).toMatch(/Operations: 90 days instead of 365.*<dd>3<\/dd>/s)
  expect(await now()).toEqual(AS_IT_IS)
  const program = await tell({ operationsDays: 90 })
  expect([program.status, await program.json()]).toMatchObject([422, { errors: [{ pointer: '/confirm' }] }])
  expect(await now()).toEqual(AS_IT_IS)

  const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ])
  const said = { ...Object.fromEntries(hidden), confirm: 'on' }
  expect((await send(said)).status).toBe(303)
  expect(await now()).toEqual({ ...AS_IT_IS, operationsDays: 90 })
  expect((await send(form())).status).toBe(303)
  await sql`delete from operation_runs where scope_key = 'x'`.execute(product.world.database.db)
})

test('what is gone from a directory is counted before it is kept for a shorter time', async () => {
  const { db } = product.world.database
  const tenant = await product.world.tenant(workspaceId)
  const archived = await product.world.tenant(workspaceId)
  for (const { id } of [tenant, archived])
    await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync,
        last_seen_run_id, gone_since, gone_how)
      select ${id}, n::text, 'x', 'security', '{}', 1, 1, now() - make_interval(days => 10 * n), 'deleted'
      from generate_series(1, 8) n`.execute(db)
  await product.world.archive(archived)
  const page = await (await send(form({ directoryDays: '45' }))).text()
  expect(page).toMatch(/What is gone from a directory: 45 days instead of 90.*<dd>4<\/dd>/s)
  expect(await now()).toEqual(AS_IT_IS)
})

test('whoever may not change it sees how it is, and who may', async () => {
  const page = await (await product.ask('GET', PATH, { cookie: manager })).text()
  expect(page).toContain('730 days')
  expect(page).toContain('Ask: Owner.')
  expect(page).not.toContain('name="auditDays"')
  expect((await send(form({ name: 'Mine' }), manager)).status).toBe(403)
})

test('an owner who does not reach all tenants only looks, and so does every key', async () => {
  const { world } = product
  const little = await world.person(workspaceId, 'owner')
  await world.database.db
    .updateTable('workspace_memberships')
    .set({ reach: 'selected' })
    .where('user_id', '=', little.userId)
    .execute()
  const cookie = await product.signIn(little)
  const full = await world.person(workspaceId, 'owner')
  const authorization = await product.key(full, workspaceId)
  const shorter = form({ operationsDays: '30', confirm: 'yes' })

  expect((await send(shorter, cookie)).status).toBe(403)
  const program = { authorization, ...JSON_BODY, accept: 'application/json' }
  expect((await product.ask('POST', PATH, program, JSON.stringify(shorter))).status).toBe(403)

  expect(await now()).toEqual(AS_IT_IS)
  expect(await (await product.ask('GET', PATH, { cookie })).text()).not.toContain('name="operationsDays"')
})

test('the database keeps the bounds, whoever writes', async () => {
  for (const change of [
    sql`operations_kept_days = 29`,
    sql`audit_kept_days = 364`,
    sql`notifications_kept_days = 6`,
    sql`operations_kept_days = 800`,
  ])
    await expect(
      sql`update workspaces set ${change} where id = ${workspaceId}`.execute(product.world.database.db),
    ).rejects.toThrow(/workspaces_/)
})
