import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { asWorkspaceId } from '../../kernel/index.ts'
import { readerOf } from '../../web/reader.ts'
import { EndingCredentials } from './ending-part.tsx'
import { endingCredentials } from './expiring.sql.ts'
import { expiryStep, nextState } from './expiry.ts'

const AT = new Date('2026-03-01T12:00:00Z')
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)

test.each([
  [0, null],
  [-1, null],
  [0.001, 'urgent'],
  [3, 'urgent'],
  [3.001, 'warning'],
  [14, 'warning'],
  [14.001, 'calm'],
  [30, 'calm'],
  [30.001, null],
])('an end in %d days is %s', (days, step) => {
  expect(expiryStep(later(days), AT)).toBe(step)
})

test('an end that nobody told is not near', () => expect(expiryStep(null, AT)).toBeNull())

test.each([
  ['waits', { expiresAt: null, rejectedAt: null }],
  ['waits', { expiresAt: later(1), rejectedAt: null }],
  ['rejected', { expiresAt: later(1), rejectedAt: later(-1) }],
  ['expired', { expiresAt: AT, rejectedAt: null }],
  ['expired', { expiresAt: later(-1).toISOString(), rejectedAt: later(-2).toISOString() }],
] as const)('a new credential %s: %o', (state, next) => {
  expect(nextState(next, AT)).toBe(state)
})

describe('the overview', () => {
  let product: InProcess
  let workspaceId: number
  let owner: PersonalActor
  beforeAll(async () => {
    product = await openInProcess()
    workspaceId = await product.world.workspace()
    owner = await product.world.person(workspaceId, 'owner')
  })
  afterAll(() => product.world.close())

  const ending = (days: number, change: object = {}, of = workspaceId, name = `Ends in ${days}`) =>
    product.world.tenant(of, { name }).then(async (tenant) => ({
      tenant,
      id: await product.world.connection(tenant, {
        credential: { expiresInDays: days, rejected: false },
        ...change,
      }),
    }))
  const seenBy = async (who: PersonalActor) =>
    (await endingCredentials(product.world.database.db, asWorkspaceId(workspaceId), who)).map(
      ({ tenantName }) => tenantName,
    )

  test('lists what ends within thirty days, soonest first, and nothing that nobody has to renew', async () => {
    const { db } = product.world.database
    await ending(25)
    await ending(2)
    const ten = await ending(10)
    await ending(31)
    await ending(-1)
    await ending(5, { isEnabled: false })
    await ending(6, { credential: { expiresInDays: 6, rejected: true } })
    await ending(7, {}, await product.world.workspace('Fabrikam IT'))
    const archived = await ending(8)
    await sql`update tenants set state = 'archived', archived_at = now() where id = ${archived.tenant.id}`.execute(
      db,
    )

    expect(await seenBy(owner)).toEqual(['Ends in 2', 'Ends in 10', 'Ends in 25'])
    const text = await (
      await product.ask('GET', '/admin', { cookie: await product.signIn(owner), accept: 'text/html' })
    ).text()
    expect(text).toContain('Credentials that expire soon')
    expect(text).toContain(`/admin/provider-connections/${ten.id}/credential#store`)
    expect(text).toMatch(/tone-broken[^>]*>expires in 1 day, renew it now/)
    expect(text).toMatch(/tone-act[^>]*>expires in 9 days, renew it soon/)
    expect(text).toMatch(/tone-rest[^>]*>expires in 24 days</)
  })

  test('shows each reader only the tenants in reach', async () => {
    const some = await product.world.person(workspaceId, 'readonly')
    const { db } = product.world.database
    const mine: { tenant: SeededTenant } = await ending(12, {}, workspaceId, 'Mine')
    await sql`with m as (update workspace_memberships set reach = 'selected' where user_id = ${some.userId} returning id)
      insert into tenant_memberships (membership_id, tenant_id) select id, ${mine.tenant.id} from m`.execute(
      db,
    )

    expect(await seenBy(some)).toEqual(['Mine'])
    const [one] = await endingCredentials(db, asWorkspaceId(workspaceId), some)
    const part = String(<EndingCredentials ending={one ? [one] : []} reader={readerOf('de', 'UTC')} />)
    expect(part).toContain('Das dürfen: Besitzer.')
    expect(part).not.toContain('#store')
  })

  test('says nothing where nothing ends', () => {
    expect(EndingCredentials({ ending: [], reader: readerOf('en', 'UTC') })).toBeNull()
  })

  test('leads to the check where a new one is stored already', async () => {
    const { db } = product.world.database
    const { id } = await ending(1, {}, workspaceId, 'Has a new one')
    await sql`insert into credentials (connection_id, slot, kind, key_id, nonce, ciphertext)
      values (${id}, 'next', 'client_secret', 'test', '\\x00', '\\x00')`.execute(db)

    const all = await endingCredentials(db, asWorkspaceId(workspaceId), owner)
    const part = String(<EndingCredentials ending={all} reader={readerOf('en', 'UTC')} />)
    expect(part).toContain(`/admin/provider-connections/${id}/credential#next`)
    expect(part).not.toContain(`/admin/provider-connections/${id}/credential#store`)
  })
})
