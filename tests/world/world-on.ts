import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { PersonalActor, Role } from '../../src/access/index.ts'
import { type Database, textArray } from '../../src/database/index.ts'
import { OPERATION_CODES } from '../../src/engine/catalog/index.ts'
import { type Gate, type StartAnswer, type StartAsk, start } from '../../src/engine/gate/index.ts'
import { asUserId, asWorkspaceId, type DirectoryId } from '../../src/kernel/index.ts'
import { type SeededTenant, startAsk } from './start-ask.ts'

/** A small world on a real migrated database: workspaces, people, tenants, connections. */
export interface World {
  readonly database: Database
  readonly gate: Gate
  workspace(name?: string): Promise<number>
  person(workspaceId: number, role: Role, name?: string): Promise<PersonalActor>
  /** A person's key to a workspace, as a program shows up with it; without limits unless they are given. */
  programOf(person: PersonalActor, workspaceId: number, limits?: KeyLimits): Promise<PersonalActor>
  tenant(workspaceId: number, change?: Partial<TenantSeed>): Promise<SeededTenant>
  archive(tenant: SeededTenant): Promise<void>
  connection(tenant: SeededTenant, change?: Partial<ConnectionSeed>): Promise<number>
  /** A tenant with an enabled default connection, granted everything a reading operation needs. */
  readyTenant(workspaceId: number): Promise<SeededTenant & { connectionId: number }>
  start(
    actor: PersonalActor,
    tenant: SeededTenant,
    operation: string,
    change?: Partial<StartAsk>,
  ): Promise<StartAnswer>
  /** Closes the database. */
  close(): Promise<void>
}

interface KeyLimits {
  readonly mostRole?: Role
  readonly tenants?: readonly { readonly id: number }[]
}

interface TenantSeed {
  directoryId: string
  name: string
  state: 'draft' | 'onboarding' | 'active' | 'archived'
  proven: boolean
}

interface ConnectionSeed {
  label: string
  isEnabled: boolean
  isDefault: boolean
  consent: string
  granted: string[] | null
  evidenceAgeDays: number
  directoryId: string
  credential: { expiresInDays: number | null; rejected: boolean } | null
  throttledForSeconds: number | null
}

export const EVERY_READ = [
  'Organization.Read.All',
  'Group.Read.All',
  'RoleManagement.Read.Directory',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
]

/** A connection with which every reading operation may start. */
const READY: Omit<ConnectionSeed, 'directoryId'> = {
  label: 'Own app',
  isEnabled: true,
  isDefault: true,
  consent: 'granted',
  granted: EVERY_READ,
  evidenceAgeDays: 0,
  credential: { expiresInDays: 90, rejected: false },
  throttledForSeconds: null,
}

const secondsFromNow = (seconds: number | null) =>
  seconds === null ? sql`null::timestamptz` : sql`now() + ${seconds} * interval '1s'`

/** A world on a migrated database that somebody else opened; closing the world closes it. */
export function worldOn(database: Database, settings: Partial<Gate> = {}): World {
  const { db } = database
  const gate: Gate = {
    db,
    evidenceMaxAgeDays: 7,
    platformClientId: null,
    supported: new Set(OPERATION_CODES),
    ...settings,
  }

  const world: World = {
    database,
    gate,
    async workspace(name = 'Contoso MSP') {
      const row = await db.insertInto('workspaces').values({ name }).returning('id').executeTakeFirstOrThrow()
      return row.id
    },
    async person(workspaceId, role, name = `${role} One`) {
      const id = randomUUID()
      await db
        .insertInto('users')
        .values({ id, name, email: `${id}@contoso.example` })
        .execute()
      await db
        .insertInto('workspace_memberships')
        .values({ workspace_id: workspaceId, user_id: id, role })
        .execute()
      return { kind: 'user', userId: asUserId(id), name }
    },
    async programOf({ name, userId }, workspaceId, { mostRole = null, tenants } = {}) {
      const keyId = randomUUID()
      await sql`insert into api_keys (id, config_id, name, reference_id, key)
        values (${keyId}, 'default', 'A program', ${userId}, ${keyId})`.execute(db)
      const of = { api_key_id: keyId, workspace_id: workspaceId }
      await db
        .insertInto('api_key_workspaces')
        .values({ ...of, most_role: mostRole, reach: tenants ? 'selected' : 'all' })
        .execute()
      for (const { id } of tenants ?? [])
        await db
          .insertInto('api_key_tenants')
          .values({ ...of, tenant_id: id })
          .execute()
      return { kind: 'api_key', userId, name, keyId, workspaceId: asWorkspaceId(workspaceId) }
    },
    async tenant(
      workspaceId,
      { directoryId = randomUUID(), name = 'Adventure Works', state = 'active', proven = true } = {},
    ) {
      const row = await db
        .insertInto('tenants')
        .values({
          workspace_id: workspaceId,
          directory_id: directoryId,
          name,
          state,
          proven_at: proven ? new Date() : null,
          archived_at: state === 'archived' ? new Date() : null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id: row.id, workspaceId, directoryId: directoryId as DirectoryId }
    },
    async archive({ id }) {
      await db
        .updateTable('tenants')
        .set({ state: 'archived', archived_at: sql<Date>`now()` })
        .where('id', '=', id)
        .execute()
    },
    async connection(tenant, seed = {}) {
      const { credential, granted, ...c } = { ...READY, directoryId: tenant.directoryId, ...seed }
      const { rows } = await sql<{ id: number }>`
        insert into provider_connections (
          workspace_id, tenant_id, directory_id, client_id, label, is_enabled, is_default, consent_status,
          granted_permissions, evidence_at, throttled_until
        ) values (
          ${tenant.workspaceId}, ${tenant.id}, ${c.directoryId}::uuid, gen_random_uuid(), ${c.label},
          ${c.isEnabled}, ${c.isDefault}, ${c.consent}, ${granted ? textArray(granted) : sql`null`},
          ${granted ? sql`now() - ${c.evidenceAgeDays} * interval '1 day'` : sql`null`}, ${secondsFromNow(c.throttledForSeconds)}
        ) returning id`.execute(db)
      const id = rows[0]?.id ?? 0
      if (credential)
        await sql`
          insert into credentials (connection_id, kind, key_id, nonce, ciphertext, expires_at, rejected_at)
          values (${id}, 'client_secret', 'test', '\\x00', '\\x00',
            ${secondsFromNow(credential.expiresInDays && credential.expiresInDays * 86_400)},
            ${credential.rejected ? sql`now()` : sql`null`})`.execute(db)
      return id
    },
    async readyTenant(workspaceId) {
      const tenant = await world.tenant(workspaceId)
      return { ...tenant, connectionId: await world.connection(tenant) }
    },
    start: (actor, tenant, operation, change = {}) => start(gate, startAsk(actor, tenant, operation, change)),
    close: () => database.close(),
  }
  return world
}
