import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { ENGINES, emptyDatabase } from '../../../tests/world/databases.ts'
import { migrate, openDatabase } from '../index.ts'
import { up as groupLists } from './015-group-lists.ts'

test.each(ENGINES)('groups from before stand on their shelves and are counted, on %s', async (engine) => {
  const database = await emptyDatabase(engine)
  const { db } = database
  // What the tables before it have that this one builds on.
  await sql`create table tenants (id bigint primary key)`.execute(db)
  await sql`create table workspaces (id bigint primary key)`.execute(db)
  await sql`create table directory_role_definitions (tenant_id bigint, gone_since timestamptz)`.execute(db)
  await sql`create table directory_groups (tenant_id bigint not null references tenants on delete cascade,
    group_id text not null, display_name text not null, mail text, kind text not null, membership_rule text,
    first_seen_at timestamptz not null default now(), changed_at timestamptz, gone_since timestamptz,
    primary key (tenant_id, group_id))`.execute(db)
  await sql`create index groups_name on directory_groups (tenant_id, display_name, group_id)`.execute(db)
  await sql`insert into tenants (id) values (1)`.execute(db)
  await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, membership_rule, gone_since) values
    (1, 'a', 'A', 'security', null, null), (1, 'b', 'B', 'security', 'x', null),
    (1, 'c', 'C', 'microsoft_365', 'x', now())`.execute(db)

  await groupLists(db as unknown as Kysely<unknown>)

  const { rows } = await sql`select shelf, groups from directory_group_counts order by shelf`.execute(db)
  expect(rows).toEqual([
    { shelf: 'gone', groups: 1 },
    { shelf: 'security', groups: 1 },
    { shelf: 'security_dynamic', groups: 1 },
  ])
  await database.close()
})

test('a user who may not add the extension hears in one sentence what is missing, and nothing is changed', async () => {
  const database = await emptyDatabase('postgres')
  const { db, native } = database
  const role = `little_${randomBytes(4).toString('hex')}`
  await sql`create role ${sql.ref(role)} login password 'x'`.execute(db)
  await sql`grant usage, create on schema public to ${sql.ref(role)}`.execute(db)
  const url = new URL(native.kind === 'postgres' ? native.url : '')
  url.username = role
  url.password = 'x'
  const little = await openDatabase({ kind: 'postgres', url: url.href })

  await expect(migrate(little.db)).rejects.toThrow(
    /^The extension pg_trgm is missing in this database and its user may not add it: let an administrator run "create extension pg_trgm" there, then start again\.$/,
  )
  const tables = await sql`select from pg_tables where tablename = 'directory_group_counts'`.execute(db)
  expect(tables.rows).toEqual([])

  await sql`create extension pg_trgm`.execute(db)
  expect(await migrate(little.db)).toContain('015-group-lists')
  await little.close()
  await sql`drop owned by ${sql.ref(role)}`.execute(db)
  await sql`drop role ${sql.ref(role)}`.execute(db)
  await database.close()
})
