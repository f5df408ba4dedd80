import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { TenantForecast } from '../../engine/gate/index.ts'
import { asTenantId, asWorkspaceId, type DirectoryId } from '../../kernel/index.ts'
import { readerOf } from '../../web/reader.ts'
import { shownState } from './readiness.ts'
import { chainOf } from './tenant-chain.ts'
import { glances, tenantOfDirectory } from './tenants.sql.ts'

let world: World
let owner: PersonalActor
let workspaceId: number

beforeAll(async () => {
  world = await openWorld('embedded')
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
})
afterAll(() => world.close())

const isUntried = async ({ directoryId, id }: { directoryId: DirectoryId; id: number }) => {
  const { db } = world.database
  const [glance] = await glances(db, asWorkspaceId(workspaceId), owner, asTenantId(id))
  const seen = await tenantOfDirectory(db, directoryId, owner)
  expect(seen?.isUntried).toBe(glance?.isUntried)
  return glance?.isUntried
}

test('the credential of a tenant is tried as soon as its default connection got a token with it', async () => {
  const tenant = await world.readyTenant(workspaceId)
  const { db } = world.database
  expect(await isUntried(tenant)).toBe(true)

  await sql`update provider_connections set evidence_at = now() where id = ${tenant.connectionId}`.execute(db)
  expect(await isUntried(tenant)).toBe(false)

  await sql`update credentials set created_at = now() where connection_id = ${tenant.connectionId}`.execute(
    db,
  )
  expect(await isUntried(tenant)).toBe(true)

  await sql`update provider_connections set verification_status = 'healthy'`.execute(db)
  expect(await isUntried(tenant)).toBe(false)
})

test('a tenant without a connection has nothing to try', async () => {
  expect(await isUntried(await world.tenant(workspaceId))).toBe(false)
})

const ground = {
  at: '2026-11-23T12:00:00Z',
  tenant: { directoryId: 'd' },
  connectionCount: 1,
  connection: {
    isEnabled: true,
    type: 'dedicated',
    directoryId: 'd',
    consent: 'granted',
    credential: {
      kind: 'present',
      form: 'client_secret',
      expiresAt: '2030-01-31T00:00:00Z',
      rejectedAt: null,
    },
    evidence: { permissions: [], seenAt: '2026-11-23T11:00:00Z' },
  },
} as unknown as TenantForecast['ground']
const settings = { supported: new Set<OperationCode>(), evidenceMaxAgeDays: 7, platformClientId: null }

test.each([
  [false, 'ready', 'Usable'],
  [true, 'check_first', 'Not tried yet'],
])('in the chain a credential that is untried (%s) is %s: %s', (isUntried, mark, value) => {
  const chain = chainOf(ground, { isUntried }, settings, readerOf('en', 'UTC'))

  expect(chain.find(({ label }) => label === 'Credential')).toMatchObject({ mark, value })
})

test('a badge says ready only of what was tried, and a worse state as it is', () => {
  expect(shownState({ state: 'ready', reason: null }, { isUntried: true })).toBe('check_first')
  expect(shownState({ state: 'ready', reason: null }, { isUntried: false })).toBe('ready')
  expect(shownState({ state: 'not_ready', reason: null }, { isUntried: true })).toBe('not_ready')
})
