import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../src/database/index.ts'
import { type InProcess, openInProcess } from '../http/in-process.ts'
import { validatorOf } from './validator.ts'

const LISTS = [
  { path: '/admin/tenants', name: 'tenants', id: 'id', all: 7 },
  { path: '/admin/provider-connections', name: 'connections', id: 'id', all: 8 },
  { path: '/admin/operations', name: 'operations', id: 'runId', all: 6 },
] as const

let product: InProcess
let authorization: string
let directoryId: string

/** Role definitions and groups of every kind, the last of each gone. */
async function fillDirectory(db: Db, tenantId: number): Promise<void> {
  await sql`insert into directory_role_definitions (tenant_id, role_definition_id, display_name, description, is_built_in,
      is_enabled, raw, content_hash, last_seen_run_id, changed_at, gone_since)
    select ${tenantId}, n::text, 'Role ' || n, case when n % 2 = 0 then 'One of two' end, n % 2 = 0, n <> 3,
      jsonb_build_object('id', n), 'x', 1, case when n > 4 then now() end, case when n = 6 then now() end
    from generate_series(1, 6) n`.execute(db)
  await sql`insert into directory_groups (tenant_id, group_id, display_name, description, mail, kind, membership_rule, raw,
      full_sync, last_seen_run_id, changed_at, gone_since, gone_how)
    select ${tenantId}, n::text, 'Group ' || n, case when n % 2 = 0 then 'One of two' end,
      case when n % 3 = 0 then n || '@contoso.example' end,
      (array['security', 'microsoft_365', 'mail_enabled_security', 'distribution'])[1 + n % 4],
      case when n = 4 then '(user.city -eq "Oslo")' end, jsonb_build_object('id', n), 1, 1,
      case when n > 5 then now() end, case when n = 8 then now() end, case when n = 8 then 'deleted' end
    from generate_series(1, 8) n`.execute(db)
}

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  authorization = await product.key(owner, workspaceId)
  const ready = await Promise.all(Array.from({ length: 5 }, () => world.readyTenant(workspaceId)))
  for (const tenant of ready) await world.start(owner, tenant, 'directory.role_definitions.sync')
  const [first, second] = ready
  directoryId = first?.directoryId ?? ''
  if (first) await fillDirectory(world.database.db, first.id)
  for (const granted of [null, []])
    if (first) await world.connection(first, { isDefault: false, label: 'Another app', granted })
  const bare = await world.tenant(workspaceId, { proven: false })
  await world.start(owner, bare, 'directory.groups.sync')
  const late = await world.tenant(workspaceId, { state: 'draft', proven: false })
  await world.connection(late)
  if (second) await world.archive(second)
  await world.readyTenant(await world.workspace('Fabrikam IT'))
})
afterAll(() => product?.world.close())

interface Part {
  readonly status: number
  readonly body: Record<string, unknown> & { readonly next?: string }
}
async function get(path: string): Promise<Part> {
  const answer = await product.ask('GET', path, { authorization })
  return { status: answer.status, body: await answer.json() }
}

/** Every part of a list, following `next` from its first. */
async function walk(path: string): Promise<Part['body'][]> {
  const parts: Part['body'][] = []
  for (let at: string | undefined = path; at; at = parts.at(-1)?.next) {
    const { body, status } = await get(at)
    expect(status).toBe(200)
    parts.push(body)
  }
  return parts
}

describe.each(LISTS)('$path', ({ all, id, name, path }) => {
  const listed = (body: Part['body']) => body[name] as Record<string, unknown>[]

  test('answers as it is described, and leaves empty fields out', async () => {
    const isList = validatorOf(path)
    const { body } = await get(path)
    isList(body)
    expect(isList.errors).toBeNull()
    expect(listed(body)).toHaveLength(all)
    expect(JSON.stringify(body)).not.toMatch(/:null|:""|:\[\]/)
    expect(body).not.toHaveProperty('next')
  })

  test('is read part by part: everything once, in one order, whatever the size', async () => {
    const whole = listed((await get(path)).body).map((each) => each[id])
    for (const limit of [1, 2, 3, all - 1, all, 200]) {
      const parts = await walk(`${path}?limit=${limit}`)
      expect(parts.flatMap((part) => listed(part).map((each) => each[id]))).toEqual(whole)
      expect(parts.every((part) => listed(part).length <= limit)).toBe(true)
      expect(parts).toHaveLength(Math.ceil(all / limit))
    }
  })

  test.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=x', '/limit'],
    ['limit=1e2', '/limit'],
    [`${name === 'operations' ? 'before' : 'after'}=x`, name === 'operations' ? '/before' : '/after'],
    ['show=everything', '/show'],
  ])('says what is wrong with %s', async (query, pointer) => {
    const { body, status } = await get(`${path}?${query}`)
    expect([status, body]).toMatchObject([422, { errors: [{ pointer }] }])
  })

  test('keeps its filter from part to part', async () => {
    const show = { tenants: 'blocked', connections: 'attention', operations: 'active' }[name]
    const whole = listed((await get(`${path}?show=${show}`)).body)
    const parts = await walk(`${path}?show=${show}&limit=1`)
    expect(whole.length).toBeGreaterThan(1)
    expect(parts.flatMap(listed)).toEqual(whole)
  })
})

test('one tenant is answered as its entry in the list', async () => {
  const { body } = await get('/admin/tenants')
  const entry = (body.tenants as { id: string }[]).find(({ id }) => id === directoryId)
  const one = await get(`/admin/t/${directoryId}`)
  const isTenant = validatorOf('/admin/t/{tenant}')
  isTenant(one.body)
  expect(isTenant.errors).toBeNull()
  expect(one.body).toEqual(entry)
})

test('the connections of one tenant are a list of their own, and those of no tenant are not there', async () => {
  const parts = await walk(`/admin/provider-connections?tenant=${directoryId}&limit=2`)
  expect(parts.map((part) => (part.connections as unknown[]).length)).toEqual([2, 1])
  for (const strange of ['x', '00000000-0000-4000-a000-000000000000'])
    expect((await get(`/admin/provider-connections?tenant=${strange}`)).status).toBe(404)
})

/** The lists of one tenant's directory: entries by name, read part by part in both directions. */
describe.each([
  { name: 'roleDefinitions', path: 'role-definitions', all: 5 },
  { name: 'groups', path: 'groups', all: 7 },
] as const)('the $path of a tenant', ({ all, name, path }) => {
  const list = () => `/admin/t/${directoryId}/directory/${path}`
  const described = `/admin/t/{tenant}/directory/${path}`
  const listed = (body: Part['body']) => body[name] as { id: string; href: string }[]

  test('answer as they are described, and leave empty fields out', async () => {
    const isList = validatorOf(described)
    for (const show of ['present', 'gone']) {
      const { body } = await get(`${list()}?show=${show}`)
      isList(body)
      expect(isList.errors).toBeNull()
      expect(listed(body)).toHaveLength(show === 'gone' ? 1 : all)
      expect(JSON.stringify(body)).not.toMatch(/:null|:""|:\[\]/)
      expect(body).not.toHaveProperty('next')
      expect(body).not.toHaveProperty('previous')
    }
  })

  test('are read part by part: everything once, in one order, whatever the size', async () => {
    for (const sort of ['name', '-name', 'changed', '-first_seen']) {
      const whole = listed((await get(`${list()}?sort=${sort}`)).body).map(({ id }) => id)
      for (const limit of [1, 2, all]) {
        const parts = await walk(`${list()}?sort=${sort}&limit=${limit}`)
        expect(parts.flatMap((part) => listed(part).map(({ id }) => id))).toEqual(whole)
        expect(parts).toHaveLength(Math.ceil(all / limit))
      }
    }
  })

  test('tell of each with the object it came as', async () => {
    const isEntry = validatorOf(`${described}/{id}`)
    const entries = [...listed((await get(list())).body), ...listed((await get(`${list()}?show=gone`)).body)]
    for (const entry of entries) {
      const one = await get(entry.href)
      isEntry(one.body)
      expect([one.status, isEntry.errors]).toEqual([200, null])
      expect(one.body).toEqual({ ...entry, raw: one.body.raw })
    }
    expect((await get(`${list()}/none`)).status).toBe(404)
  })
})
