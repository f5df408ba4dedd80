import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { emptyDatabase } from '../../../tests/world/databases.ts'
import { up as people } from './001-people.ts'
import { up as workspaces } from './002-workspaces.ts'
import { up as connections } from './003-connections.ts'
import { up as twoCredentials } from './010-two-credentials.ts'

test('a credential from before is in use, bound to its connection alone, and has an id of its own', async () => {
  const database = await emptyDatabase('embedded')
  const { db } = database
  for (const up of [people, workspaces, connections]) await up(db as unknown as Kysely<unknown>)
  await sql`insert into workspaces (name) values ('Contoso MSP')`.execute(db)
  await sql`insert into tenants (workspace_id, directory_id, name) values (1, gen_random_uuid(), 'Adventure Works')`.execute(
    db,
  )
  for (const label of ['One', 'Two'])
    await sql`insert into provider_connections (workspace_id, tenant_id, directory_id, client_id, label)
      values (1, 1, gen_random_uuid(), gen_random_uuid(), ${label})`.execute(db)
  await sql`insert into credentials (connection_id, kind, key_id, nonce, ciphertext)
    select id, 'client_secret', 'k', '\\x01', '\\x02' from provider_connections`.execute(db)

  await twoCredentials(db as unknown as Kysely<unknown>)

  const rows = await db.selectFrom('credentials').select(['id', 'slot', 'binding', 'certificate']).execute()
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
  for (const row of rows)
    expect(row).toMatchObject({ slot: 'in_use', binding: 'connection', certificate: null })
  const { rows: seen } = await sql`select next_credential_until from provider_connections`.execute(db)
  expect(seen).toEqual([{ next_credential_until: null }, { next_credential_until: null }])
  await database.close()
})

test('until when the credential that waits is good stands with its connection', async () => {
  const database = await emptyDatabase('embedded')
  const { db } = database
  for (const up of [people, workspaces, connections, twoCredentials])
    await up(db as unknown as Kysely<unknown>)
  await sql`insert into workspaces (name) values ('Contoso MSP')`.execute(db)
  await sql`insert into tenants (workspace_id, directory_id, name) values (1, gen_random_uuid(), 'A')`.execute(
    db,
  )
  await sql`insert into provider_connections (workspace_id, tenant_id, directory_id, client_id, label)
    values (1, 1, gen_random_uuid(), gen_random_uuid(), 'One')`.execute(db)
  const store = (slot: string, until: string | null) =>
    sql`insert into credentials (connection_id, slot, kind, key_id, nonce, ciphertext, expires_at)
      values (1, ${slot}, 'client_secret', 'k', '\\x01', '\\x02', ${until}::timestamptz)`.execute(db)
  const told = async () => {
    const { rows } = await sql<{ told: string | null; version: number }>`
      select next_credential_until::text as told, version from provider_connections`.execute(db)
    return rows[0]
  }

  await store('in_use', '2030-01-01Z')
  expect(await told()).toMatchObject({ told: null })
  await store('next', null)
  expect(await told()).toMatchObject({ told: 'infinity' })
  await sql`update credentials set expires_at = '2031-01-01Z' where slot = 'next'`.execute(db)
  expect((await told())?.told).toMatch(/^2031-01-01/)
  await sql`delete from credentials where slot = 'in_use'`.execute(db)
  await sql`update credentials set slot = 'in_use'`.execute(db)
  expect(await told()).toMatchObject({ told: null, version: 6 })
  await database.close()
})
