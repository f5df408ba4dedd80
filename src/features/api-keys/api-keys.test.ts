import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'

const KEYS = '/admin/api-keys'
const SYNC = 'directory.role_definitions.sync'

let product: InProcess
let workspaceId: number
let owner: PersonalActor
let cookie: string
let ours: SeededTenant & { connectionId: number }
let beside: SeededTenant & { connectionId: number }
let hidden: SeededTenant

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
  cookie = await product.signIn(owner)
  ours = await world.readyTenant(workspaceId)
  beside = await world.readyTenant(workspaceId)
  hidden = await world.tenant(await world.workspace('Fabrikam IT'))
})
afterAll(() => product.world.close())

interface Made {
  readonly id: string
  readonly key: string
}

const post = (fields: object, of = cookie) =>
  product.ask('POST', KEYS, { cookie: of, ...JSON_BODY, accept: 'application/json' }, JSON.stringify(fields))
const make = async (fields: object = {}, of = cookie) => {
  const answer = await post({ name: 'Nightly report', ...fields }, of)
  expect(answer.status).toBe(201)
  return (await answer.json()) as Made
}
const as = ({ key }: Made) => ({ authorization: `Bearer ${key}`, accept: 'application/json' })
const form = (fields: Record<string, string>) =>
  product.ask('POST', KEYS, { cookie, ...FORM }, `${new URLSearchParams(fields)}`)
const get = (made: Made, path: string) => product.ask('GET', path, as(made))
const start = async (made: Made, { directoryId }: SeededTenant) =>
  (
    await product.ask('POST', `/admin/t/${directoryId}/provider-actions/${SYNC}/start`, {
      ...as(made),
      ...JSON_BODY,
    })
  ).status

describe('the form', () => {
  test('is shown again with what was typed, and each wrong field named', async () => {
    const answer = await form({ name: 'Nightly', days: '4000', reach: 'selected', mostRole: 'king' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    for (const field of ['days', 'mostRole', 'tenants']) expect(page).toContain(`<a href="#key-${field}">`)
    expect(page).toContain('value="Nightly"')
    expect(page).toMatch(/value="selected"[^>]*checked|checked[^>]*value="selected"/)
  })

  test('makes a key that is shown this once, with its limits in the list', async () => {
    const answer = await form({
      name: 'Reader',
      days: '3',
      mostRole: 'readonly',
      reach: 'all',
      [`tenant:${ours.directoryId}`]: 'yes',
    })
    expect(answer.status).toBe(200)
    const key = /tp_\w+/.exec(await answer.text())?.[0] ?? ''
    const listed = await (await product.ask('GET', KEYS, { cookie })).text()
    expect(listed).toMatch(/Reader.*Read only at most.*Adventure Works/s)
    expect(listed).not.toContain(key)
    expect((await product.ask('GET', '/admin/tenants', { authorization: `Bearer ${key}` })).status).toBe(200)
  })
})

test('every column of the list has a name', async () => {
  await make()
  const page = await (await product.ask('GET', KEYS, { cookie })).text()
  expect(page).toMatch(/<th[^>]*>Last used<\/th>/)
  expect(page).not.toMatch(/<th[^>]*><\/th>/)
})

test.each([
  [{ name: '' }, '/name'],
  [{ days: 0 }, '/days'],
  [{ days: 1.5 }, '/days'],
  [{ mostRole: 'king' }, '/mostRole'],
  [{ tenants: [] }, '/tenants'],
  [{ tenants: 'all' }, '/tenants'],
  [{ tenants: [randomUUID()] }, '/tenants'],
])('a program that asks for %j is told the field', async (change, pointer) => {
  const answer = await post({ name: 'Nightly', ...change })
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer }] }])
})

test('a tenant that is not in sight is told like one that is not there', async () => {
  const answers = await Promise.all(
    [hidden.directoryId, randomUUID()].map((id) => post({ name: 'x', tenants: [id] })),
  )
  const [foreign, absent] = await Promise.all(answers.map((answer) => answer.text()))
  expect(foreign).toBe(absent)
})

test('making and revoking leave records that hold no key', async () => {
  const made = await make({ mostRole: 'operator', tenants: [ours.directoryId] })
  const revoke = `${KEYS}/${made.id}/revoke`
  const confirm = await (await product.ask('GET', revoke, { cookie })).text()
  expect(confirm).toContain(`action="${revoke}"`)
  expect((await get(made, '/admin/tenants')).status).toBe(200)
  expect((await product.ask('POST', revoke, { cookie, ...FORM }, '')).status).toBe(303)
  expect((await get(made, '/admin/tenants')).status).toBe(401)
  const records = await product.world.database.db
    .selectFrom('audit_records')
    .select(['action', 'facts', 'correlation_id'])
    .where('target_id', '=', made.id)
    .orderBy('id')
    .execute()
  expect(records).toMatchObject([
    { action: 'api_key.create', facts: { mostRole: 'operator', tenants: [ours.directoryId] } },
    { action: 'api_key.revoke', facts: { name: 'Nightly report' } },
  ])
  expect(records.every(({ correlation_id }) => correlation_id)).toBe(true)
  expect(JSON.stringify(records)).not.toContain(made.key)
})

describe('a key that may only read', () => {
  test('sees what its owner sees and changes nothing', async () => {
    const made = await make({ mostRole: 'readonly' })
    const listed = (await (await get(made, '/admin/tenants')).json()) as { tenants: unknown[] }
    expect(listed.tenants).toHaveLength(2)
    expect(await start(made, ours)).toBe(403)
    const tenant = `/admin/t/${ours.directoryId}`
    const connection = `/admin/provider-connections/${ours.connectionId}`
    for (const path of [
      '/admin/tenants',
      tenant,
      `${tenant}/archive`,
      `${connection}/disable`,
      `${connection}/credential`,
      '/admin/provider-connections',
      '/admin/settings/workspace',
    ]) {
      const body = JSON.stringify({ tenant: ours.directoryId, name: 'x' })
      const answer = await product.ask('POST', path, { ...as(made), ...JSON_BODY }, body)
      expect([path, answer.status]).toEqual([path, 403])
    }
  })
})

describe('a key for one tenant', () => {
  test('finds nothing of the others, in lists, pages and starts alike', async () => {
    const made = await make({ tenants: [ours.directoryId] })
    const { tenants } = (await (await get(made, '/admin/tenants')).json()) as { tenants: { id: string }[] }
    expect(tenants.map(({ id }) => id)).toEqual([ours.directoryId])
    const { connections } = (await (await get(made, '/admin/provider-connections')).json()) as {
      connections: { id: number }[]
    }
    expect(connections.map(({ id }) => id)).toEqual([ours.connectionId])
    expect((await get(made, `/admin/t/${beside.directoryId}`)).status).toBe(404)
    expect((await get(made, `/admin/provider-connections/${beside.connectionId}`)).status).toBe(404)
    expect([await start(made, beside), await start(made, ours)]).toEqual([404, 200])
    const run = await product.world.start(owner, beside, SYNC)
    const runId = run.kind === 'decided' ? run.outcome.run.id : 0
    expect((await get(made, `/admin/operations/${runId}`)).status).toBe(404)
    const { operations } = (await (await get(made, '/admin/operations')).json()) as {
      operations: { tenant: { id: string } }[]
    }
    expect(new Set(operations.map(({ tenant }) => tenant.id))).toEqual(new Set([ours.directoryId]))
  })

  test('may not do what concerns the whole workspace, though its owner may', async () => {
    const made = await make({ tenants: [ours.directoryId] })
    const body = JSON.stringify({ name: 'Fourth Coffee', directoryId: randomUUID() })
    for (const path of ['/admin/tenants', '/admin/settings/workspace'])
      expect((await product.ask('POST', path, { ...as(made), ...JSON_BODY }, body)).status).toBe(403)
  })
})

describe('of the people in the workspace', () => {
  const read = async (made: Made, path: string) => (await get(made, path)).text()

  test('a key sees no tenant that it is not for, and nothing of how people are let in and protected', async () => {
    const { world } = product
    const colleague = await world.person(workspaceId, 'operator', 'Kim Colleague')
    const { db } = world.database
    const member = await db
      .updateTable('workspace_memberships')
      .set({ reach: 'selected' })
      .where('user_id', '=', colleague.userId)
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('tenant_memberships')
      .values([ours, beside].map(({ id }) => ({ membership_id: member.id, tenant_id: id, role: null })))
      .execute()
    const invitation = { email: 'waiting@contoso.example', role: 'operator', reach: 'all' }
    const asked = JSON.stringify(invitation)
    const headers = { cookie, ...JSON_BODY, accept: 'application/json' }
    expect((await product.ask('POST', '/admin/invitations', headers, asked)).status).toBe(201)

    const limited = await make({ tenants: [ours.directoryId] })
    const reading = await make({ mostRole: 'readonly' })
    for (const path of ['/admin/members', `/admin/members/${member.id}`]) {
      expect(await read(limited, path)).toContain(ours.directoryId)
      expect(await read(limited, path)).not.toContain(beside.directoryId)
      expect(await read(reading, path)).toContain(beside.directoryId)
      for (const made of [limited, reading, await make()])
        expect(await read(made, path)).not.toMatch(/waiting@|invitations|twoFactor|lastSeen/)
    }
  })
})

test('what a key may not is said of the key, not of a role of its owner', async () => {
  const made = await make({ mostRole: 'readonly' })
  const told = await product.ask('POST', '/admin/settings/workspace', { ...as(made), ...JSON_BODY }, '{}')
  expect([told.status, await told.json()]).toMatchObject([403, { title: 'This key does not include this' }])
  const reader = await product.signIn(await product.world.person(workspaceId, 'readonly'))
  const person = { cookie: reader, ...JSON_BODY, accept: 'application/json' }
  const answer = await product.ask('POST', '/admin/settings/workspace', person, '{}')
  expect(await answer.json()).toMatchObject({ title: 'Your role does not include this' })
})

test('a key never may more than its owner may at that moment', async () => {
  const { world } = product
  const person = await world.person(workspaceId, 'operator')
  const made = await make({ mostRole: 'owner' }, await product.signIn(person))
  const tenant = await world.readyTenant(workspaceId)
  expect(await start(made, tenant)).toBe(200)
  await world.database.db
    .updateTable('workspace_memberships')
    .set({ role: 'readonly' })
    .where('user_id', '=', person.userId)
    .execute()
  expect(await start(made, tenant)).toBe(403)
})

test('the database lets no key have tenants of another workspace', async () => {
  const { id } = await make({ tenants: [ours.directoryId] })
  const wrong = { api_key_id: id, workspace_id: workspaceId, tenant_id: hidden.id }
  await expect(
    product.world.database.db.insertInto('api_key_tenants').values(wrong).execute(),
  ).rejects.toThrow(/api_key_tenants_of_workspace/)
})
