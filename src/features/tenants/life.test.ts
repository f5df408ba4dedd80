import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import { CATALOG, OPERATION_CODES } from '../../engine/catalog/index.ts'
import { workOn } from '../../engine/worker/index.ts'

const SYNC = 'directory.role_definitions.sync'

let product: InProcess
let workspaceId: number
let manager: string
let operator: string

beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace()
  manager = await product.signIn(await product.world.person(workspaceId, 'manager'))
  operator = await product.signIn(await product.world.person(workspaceId, 'operator'))
})
afterAll(() => product.world.close())

const page = async (path: string, cookie = manager) => (await product.ask('GET', path, { cookie })).text()
const send = (path: string, fields: Record<string, string> = {}, cookie = manager) =>
  product.ask('POST', path, { cookie, ...FORM }, `${new URLSearchParams(fields)}`)
const tell = (path: string, fields: object, cookie = manager) =>
  product.ask('POST', path, { cookie, ...JSON_BODY, accept: 'application/json' }, JSON.stringify(fields))
const deeds = (tenantId: number) =>
  product.world.database.db
    .selectFrom('audit_records')
    .select(['action', 'outcome', 'facts'])
    .where('tenant_id', '=', tenantId)
    .where('action', 'like', 'tenant.%')
    .orderBy('id')
    .execute()

test('a manager calls a tenant something else; its directory stays, whatever a form says', async () => {
  const tenant = await product.world.tenant(workspaceId)
  const path = `/admin/t/${tenant.directoryId}`
  expect(await page(`${path}/edit`)).not.toContain('name="directoryId"')

  const answer = await send(path, { name: 'Wingtip', domain: 'Wingtip.example', directoryId: randomUUID() })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, path])
  expect(await (await tell(path, { domain: '' })).json()).toMatchObject({
    id: tenant.directoryId,
    name: 'Wingtip',
  })
  await send(path, { name: 'Wingtip' })
  expect(await deeds(tenant.id)).toMatchObject([
    { action: 'tenant.update', facts: { before: { name: 'Adventure Works' }, after: { name: 'Wingtip' } } },
    { action: 'tenant.update', facts: { after: { name: 'Wingtip', domain: null } } },
  ])
})

test('what is wrong with a name is shown with what was typed, and nothing is changed', async () => {
  const tenant = await product.world.tenant(workspaceId)
  const path = `/admin/t/${tenant.directoryId}`
  const answer = await send(path, { name: '', domain: 'not a domain' })
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toMatch(/<a href="#name">.*<a href="#domain">/s)
  expect(text).toContain('value="not a domain"')
  const program = await tell(path, { domain: 'not a domain' })
  expect(await program.json()).toMatchObject({ status: 422, errors: [{ pointer: '/domain' }] })
  expect(await deeds(tenant.id)).toEqual([])
})

test('archiving shows first what runs and what follows; the queued operation ends with the reason', async () => {
  const { world } = product
  const tenant = await world.readyTenant(workspaceId)
  const path = `/admin/t/${tenant.directoryId}`
  const started = await tell(`${path}/provider-actions/${SYNC}/start`, {})
  const { run } = (await started.json()) as { run: { id: number } }
  const said = await page(`${path}/archive`)
  expect(said).toMatch(new RegExp(`Operation #${run.id}</a>.*judged again before it begins`, 's'))
  expect(said).toContain('and new provider connections')

  expect((await send(`${path}/archive`)).status).toBe(303)
  await workOn(
    workerOf(world, () => expect.fail('it was carried out')),
    Number(run.id),
  )
  const ended = await world.database.db
    .selectFrom('operation_runs')
    .select(['outcome', 'reason'])
    .where('id', '=', Number(run.id))
    .executeTakeFirst()
  expect(ended).toMatchObject({ outcome: 'blocked', reason: { code: 'tenant_not_operable' } })
  expect(await (await tell(`${path}/provider-actions/${SYNC}/start`, {})).json()).toMatchObject({
    status: 'blocked',
    reasonCode: 'tenant_not_operable',
  })
  const archived = await page(path)
  expect(archived).toMatch(new RegExp(`class="reason-next".*href="${path}/reactivate"`, 's'))
  expect(archived).toContain('Nothing can be started while the tenant is archived.')
  expect(archived).not.toMatch(/Open the tenant|Everything offered here may be started/)
  const toOperator = await page(path, operator)
  expect(toOperator).not.toContain(`${path}/reactivate`)
  expect(await deeds(tenant.id)).toMatchObject([
    { action: 'tenant.archive', outcome: 'done', facts: { from: 'active', active: Number(run.id) } },
  ])
})

test('archiving twice is done once, and so is returning', async () => {
  const tenant = await product.world.tenant(workspaceId)
  const path = `/admin/t/${tenant.directoryId}`
  for (const deed of ['archive', 'archive', 'reactivate', 'reactivate'])
    expect((await tell(`${path}/${deed}`, {})).status).toBe(200)
  expect((await deeds(tenant.id)).map(({ action }) => action)).toEqual([
    'tenant.archive',
    'tenant.reactivate',
  ])
})

test('an archived tenant takes no connection, from nobody', async () => {
  const { world } = product
  const tenant = await world.tenant(workspaceId)
  await world.archive(tenant)
  const wanted = {
    tenant: tenant.directoryId,
    label: 'App',
    clientId: randomUUID(),
    clientSecret: 'Qx8~secret.of-an-app',
  }
  const program = await tell('/admin/provider-connections', wanted)
  expect([program.status, await program.json()]).toMatchObject([422, { errors: [{ pointer: '/tenant' }] }])
  const form = await send('/admin/provider-connections', wanted)
  expect(form.status).toBe(422)
  expect(await form.text()).toContain('This tenant is archived and takes no new connection')
  await expect(world.connection(tenant)).rejects.toThrow(/takes no connection/)
})

test('an operator sees who may, and is refused with a record', async () => {
  const tenant = await product.world.tenant(workspaceId)
  const path = `/admin/t/${tenant.directoryId}`
  const seen = await page(path, operator)
  expect(seen).toContain('Changed and archived by: Manager or Owner.')
  expect(seen).not.toContain(`${path}/archive`)
  for (const [method, to] of [
    ['GET', `${path}/edit`],
    ['POST', path],
    ['POST', `${path}/archive`],
    ['POST', `${path}/reactivate`],
  ] as const)
    expect((await product.ask(method, to, { cookie: operator, ...FORM })).status).toBe(403)
})

test('beside a default that holds work up, a connection that is ready is named with the way to it', async () => {
  const { world } = product
  const tenant = await world.readyTenant(workspaceId)
  const path = `/admin/t/${tenant.directoryId}`
  const { db } = world.database
  const granted = OPERATION_CODES.flatMap((code) =>
    CATALOG[code].required.map(({ permission }) => permission),
  )
  const spare = await world.connection(tenant, { isDefault: false, label: 'The spare' })
  await db
    .updateTable('provider_connections')
    .set({ evidence_at: new Date(), verification_status: 'healthy', granted_permissions: granted })
    .where('tenant_id', '=', tenant.id)
    .execute()
  expect(await page(path)).not.toContain('The spare')

  await db
    .updateTable('provider_connections')
    .set({ consent_status: 'revoked' })
    .where('id', '=', tenant.connectionId)
    .execute()
  const text = await page(path)
  expect(text).toContain('“The spare” is ready: make it the default')
  expect(text).toContain(`href="/admin/provider-connections/${spare}#change-default"`)
})
