import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'
import { POLICY_TYPES, type PolicyType } from '../../engine/catalog/index.ts'
import { inventoryWords } from './inventory.words.ts'

const WORDS = inventoryWords('en')

let product: InProcess
let workspaceId: number
let cookie: string
beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace()
  cookie = await product.signIn(await product.world.person(workspaceId, 'operator'))
})
afterAll(() => product?.world.close())

/** A tenant of which these types were read to their end so many days ago. */
async function tenantRead(days: number, types: readonly PolicyType[]): Promise<SeededTenant> {
  const tenant = await product.world.readyTenant(workspaceId)
  await read(tenant, days, types)
  return tenant
}

async function read({ id }: SeededTenant, days: number, types: readonly PolicyType[]): Promise<void> {
  for (const type of types)
    await sql`insert into inventory_readings (tenant_id, type, read_run_id, read_at)
      values (${id}, ${type}, 1, now() - make_interval(days => ${days}::int))
      on conflict (tenant_id, type) do update set read_at = excluded.read_at`.execute(
      product.world.database.db,
    )
}

async function listOf({ directoryId }: SeededTenant) {
  const path = `/admin/t/${directoryId}/inventory`
  const page = await product.ask('GET', path, { cookie, accept: 'text/html' })
  const json = await product.ask('GET', path, { cookie, accept: 'application/json' })
  const told: {
    readAt?: string
    readings: { type: PolicyType; readAt?: string; isRefused: boolean }[]
  } = await json.json()
  return { page: await page.text(), told }
}

test('a sync of one type makes the others no fresher', async () => {
  const tenant = await tenantRead(30, POLICY_TYPES)
  await read(tenant, 0, ['scripts'])

  const { page, told } = await listOf(tenant)

  expect(page).toContain(WORDS.old)
  const at = (type: PolicyType) => told.readings.find((one) => one.type === type)?.readAt ?? ''
  expect(told.readAt).toBe(at('scope_tags'))
  expect(at('scripts') > at('scope_tags')).toBe(true)
})

test('types that were never read are named, and nothing is said to be missing', async () => {
  const { page, told } = await listOf(await tenantRead(0, ['scripts']))

  expect(page).toContain(WORDS.unread.title)
  expect(page).toContain(WORDS.types.conditional_access)
  expect(page).not.toContain(WORDS.nothing.title)
  expect(told.readings.filter(({ readAt }) => readAt).map(({ type }) => type)).toEqual(['scripts'])
})

test('a tenant has no policies only when every type was read', async () => {
  const { page } = await listOf(await tenantRead(0, POLICY_TYPES))

  expect(page).toContain(WORDS.nothing.title)
  expect(page).not.toContain(WORDS.unread.title)
})

test('a type that was refused keeps an empty list from being the truth', async () => {
  const tenant = await tenantRead(0, POLICY_TYPES)
  await sql`update inventory_readings set refused_run_id = 2, refused_at = now(),
      refused_reason = '{"code":"provider_not_licensed"}'
    where tenant_id = ${tenant.id} and type = 'scripts'`.execute(product.world.database.db)

  const { page, told } = await listOf(tenant)

  expect(page).toContain(WORDS.refused.title)
  expect(page).not.toContain(WORDS.nothing.title)
  expect(told.readings).toContainEqual(
    expect.objectContaining({ type: 'scripts', isRefused: true, reasonCode: 'provider_not_licensed' }),
  )
})
