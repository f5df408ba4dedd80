import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { PersonalActor } from '../../src/access/index.ts'
import { textArray } from '../../src/database/index.ts'
import type { StartAsk } from '../../src/engine/gate/index.ts'
import { asUserId } from '../../src/kernel/index.ts'
import { EVERY_READ, type SeededTenant, startAsk, type World } from '../world/world.ts'
import { type Asked, at, type Model, type PlayedRole, requestOf } from './model.ts'
import type { Real } from './real.ts'

/*
 * Two workspaces. Ada is an operator in both, Grace a manager in the first and Sam in the second, Rita
 * may only read. Three directories: the second is known to both workspaces, and the first one's tenant
 * has proven it. The first and the third tenant have two connections each.
 */
export const NAMES = ['Ada', 'Grace', 'Rita', 'Sam'] as const
const ROLES: readonly (readonly (PlayedRole | null)[])[] = [
  ['operator', 'operator'],
  ['manager', null],
  ['readonly', null],
  [null, 'manager'],
]
const TENANTS = [
  { workspace: 0, directory: 0, proven: false },
  { workspace: 0, directory: 1, proven: true },
  { workspace: 1, directory: 1, proven: false },
]
const CONNECTIONS = [
  { tenant: 0, isDefault: true },
  { tenant: 0, isDefault: false },
  { tenant: 1, isDefault: true },
  { tenant: 2, isDefault: true },
  { tenant: 2, isDefault: false },
]

export const newModel = (): Model => ({
  roles: ROLES.map((roles) => [...roles]),
  tenants: TENANTS.map((tenant) => ({ ...tenant, conflicted: false, archived: false, frozen: false })),
  connections: CONNECTIONS.map((one) => ({ ...one, enabled: true, throttled: false, rejected: false })),
  paused: new Set(),
  runs: new Map(),
  kept: new Map(),
  collapsing: new Map(),
  written: [null, null],
  forbidden: 0,
  asked: [],
  starts: [],
  claims: [],
  sweeps: [],
  workers: [],
  nextId: 1,
})

/** The same scene as rows: always new ones, so that no sequence meets what another left behind. */
export async function openScene(world: World): Promise<Real> {
  const { db } = world.database
  const workspaces = await db
    .insertInto('workspaces')
    .values([{ name: 'Contoso MSP' }, { name: 'Fabrikam IT' }])
    .returning('id')
    .execute()
  const people = NAMES.map((name): PersonalActor => ({ kind: 'user', userId: asUserId(randomUUID()), name }))
  await db
    .insertInto('users')
    .values(people.map(({ name, userId }) => ({ id: userId, name, email: `${userId}@contoso.example` })))
    .execute()
  const memberships = ROLES.flatMap((roles, person) =>
    roles.flatMap((role, workspace) =>
      role ? [{ workspace_id: at(workspaces, workspace).id, user_id: at(people, person).userId, role }] : [],
    ),
  )
  await db.insertInto('workspace_memberships').values(memberships).execute()
  const directories = [randomUUID(), randomUUID()]
  const tenants = await db
    .insertInto('tenants')
    .values(
      TENANTS.map(({ directory, proven, workspace }) => ({
        workspace_id: at(workspaces, workspace).id,
        directory_id: at(directories, directory),
        name: 'Adventure Works',
        state: 'active' as const,
        proven_at: proven ? new Date() : null,
      })),
    )
    .returning(['id', 'workspace_id as workspaceId', 'directory_id as directoryId'])
    .execute()
  return {
    world,
    workspaces: workspaces.map(({ id }) => id),
    people,
    tenants: tenants as unknown as SeededTenant[],
    connections: await seedConnections(world, tenants),
    starts: new Map(),
    claims: new Map(),
    sweeps: new Map(),
    workers: new Map(),
  }
}

async function seedConnections(
  { database: { db } }: World,
  tenants: readonly { id: number; workspaceId: number; directoryId: string }[],
): Promise<number[]> {
  const granted = textArray([...EVERY_READ, 'DeviceManagementConfiguration.ReadWrite.All'])
  const rows = CONNECTIONS.map(({ isDefault, tenant }) => {
    const { directoryId, id, workspaceId } = at(tenants, tenant)
    return sql`(${workspaceId}::bigint, ${id}::bigint, ${directoryId}::uuid, gen_random_uuid(), 'Own app',
      ${isDefault}::boolean, 'granted', ${granted}, now())`
  })
  const connections = await sql<{ id: number }>`
    insert into provider_connections (
      workspace_id, tenant_id, directory_id, client_id, label, is_default, consent_status, granted_permissions, evidence_at
    ) values ${sql.join(rows)} returning id`.execute(db)
  const ids = connections.rows.map(({ id }) => id)
  await sql`
    insert into credentials (connection_id, kind, key_id, nonce, ciphertext)
    select id, 'client_secret', 'test', '\\x00', '\\x00' from provider_connections where id in (${sql.join(ids)})`.execute(
    db,
  )
  return ids
}

/** A start of the model as the gate is asked for it. */
export function askOf(real: Real, asked: Asked): StartAsk {
  const tenant = at(real.tenants, asked.tenant)
  const key = asked.key === null ? null : { key: `key ${asked.key}`, requestHash: requestOf(asked) }
  const connectionId = asked.connection === null ? null : at(real.connections, asked.connection)
  const selection = asked.selection === 0 ? {} : { only: 'some' }
  return startAsk(at(real.people, asked.person), tenant, asked.operation, {
    ...(asked.by === 'record' ? { target: { kind: 'tenant', tenantId: tenant.id as never } } : {}),
    surface: asked.operation === 'restore.execute' ? 'restore' : 'tenant',
    parsed: { ok: true, input: { connectionId, selection, sourceSurface: null } },
    idempotency: key,
  })
}
