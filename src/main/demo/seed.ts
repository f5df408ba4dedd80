import { addPerson, newLinkToken } from '../../access/index.ts'
import { type Db, textArray } from '../../database/index.ts'
import type { CredentialVault } from '../../providers/index.ts'
import type { Installation } from '../installation.ts'
import { daysFrom, daysFromNow, demoGuid, demoSecret } from './ids.ts'
import { DEMO_PASSWORD, type DemoPerson, demoInvitation, demoPeople } from './people.ts'
import { seedCompliance } from './seed-compliance.ts'
import { type DemoConnection, type DemoTenant, demoTenants } from './tenants.ts'

/** Fills an installation that has no users yet with the demonstration; otherwise does nothing. */
export async function seedDemo({
  database: { db },
  providers: { vault },
  settings,
}: Installation): Promise<void> {
  const anyone = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (anyone) return
  await db.transaction().execute(async (tx) => {
    await seed(tx, vault)
    // Where another number of devices is wanted, there is no past to go with it.
    if (settings.SANDBOX_DEVICES === undefined) await seedCompliance(tx)
  })
}

async function seed(db: Db, vault: CredentialVault): Promise<void> {
  const workspaces = new Map<string, number>()
  for (const name of new Set(demoPeople.map(({ workspace }) => workspace))) {
    const row = await db.insertInto('workspaces').values({ name }).returning('id').executeTakeFirstOrThrow()
    workspaces.set(name, row.id)
  }
  for (const tenant of demoTenants) await seedTenant(db, vault, workspaces.get(tenant.workspace) ?? 0, tenant)
  for (const person of demoPeople) await seedPerson(db, workspaces.get(person.workspace) ?? 0, person)
  await seedInvitation(db, workspaces.get(demoInvitation.workspace) ?? 0)
}

async function seedPerson(
  db: Db,
  workspaceId: number,
  { email, name, role, tenants }: DemoPerson,
): Promise<void> {
  const userId = await addPerson(db, { name, email, password: DEMO_PASSWORD })
  const reach = tenants ? 'selected' : 'all'
  const { id } = await db
    .insertInto('workspace_memberships')
    .values({ workspace_id: workspaceId, user_id: userId, role, reach })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const tenant of tenants ?? [])
    await db
      .insertInto('tenant_memberships')
      .columns(['membership_id', 'tenant_id'])
      .expression((query) =>
        query
          .selectFrom('tenants')
          .select(({ val }) => [val(id).as('membership_id'), 'tenants.id as tenant_id'])
          .where('workspace_id', '=', workspaceId)
          .where('name', '=', tenant),
      )
      .execute()
}

async function seedInvitation(db: Db, workspaceId: number): Promise<void> {
  const { email, inviter, role } = demoInvitation
  const sentAt = daysFromNow(-2)
  await db
    .insertInto('invitations')
    .values({
      workspace_id: workspaceId,
      email,
      role,
      reach: 'all',
      token_hash: newLinkToken().hash,
      inviter_name: inviter,
      sent_at: sentAt,
      expires_at: daysFrom(sentAt, 7),
    })
    .execute()
}

async function seedTenant(
  db: Db,
  vault: CredentialVault,
  workspaceId: number,
  tenant: DemoTenant,
): Promise<void> {
  const { archived, connections, domain, name, onboarding } = tenant
  const proven = !onboarding && connections.some(({ consent }) => consent === 'granted')
  const { id } = await db
    .insertInto('tenants')
    .values({
      workspace_id: workspaceId,
      directory_id: demoGuid(name),
      name,
      domain,
      state: onboarding ? 'onboarding' : 'active',
      proven_at: proven ? daysFromNow(-200) : null,
      created_at: daysFromNow(onboarding ? -1 : -200),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const connection of connections) await seedConnection(db, vault, { id, workspaceId, name }, connection)
  if (onboarding) await seedSession(db, { id, workspaceId })
  if (archived)
    await db
      .updateTable('tenants')
      .set({ state: 'archived', archived_at: daysFromNow(-112) })
      .where('id', '=', id)
      .execute()
}

/** Somebody began to onboard this tenant, chose its connection, and has not checked it yet. */
async function seedSession(db: Db, tenant: { id: number; workspaceId: number }): Promise<void> {
  const connection = db.selectFrom('provider_connections').select('id').where('tenant_id', '=', tenant.id)
  await db
    .insertInto('onboarding_sessions')
    .values({
      workspace_id: tenant.workspaceId,
      tenant_id: tenant.id,
      connection_id: connection,
      connected_at: daysFromNow(-1),
      begun_by_name: 'Manager One',
      begun_at: daysFromNow(-1),
      changed_by_name: 'Manager One',
    })
    .execute()
}

async function seedConnection(
  db: Db,
  vault: CredentialVault,
  tenant: { id: number; workspaceId: number; name: string },
  connection: DemoConnection,
): Promise<void> {
  const { consent, evidenceDays, granted, isDefault, isEnabled, label, secretDays } = connection
  const evidenceAt = evidenceDays === null ? null : daysFromNow(-evidenceDays)
  const complete = granted.includes('RoleManagement.Read.Directory')
  const { id } = await db
    .insertInto('provider_connections')
    .values({
      workspace_id: tenant.workspaceId,
      tenant_id: tenant.id,
      directory_id: demoGuid(tenant.name),
      client_id: demoGuid(`${tenant.name} ${label}`),
      label,
      is_enabled: isEnabled,
      is_default: isDefault,
      consent_status: consent,
      verification_status: evidenceAt ? (complete ? 'healthy' : 'degraded') : 'unknown',
      granted_permissions: evidenceAt ? textArray(granted) : null,
      evidence_at: evidenceAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const place = { connectionId: id, credentialId: demoGuid(`${tenant.name} ${label} secret`) }
  const sealed = vault.seal({ ...place, kind: 'client_secret' }, demoSecret(`${tenant.name} ${label}`))
  await db
    .insertInto('credentials')
    .values({
      id: place.credentialId,
      connection_id: id,
      kind: 'client_secret',
      key_id: sealed.keyId,
      nonce: sealed.nonce,
      ciphertext: sealed.ciphertext,
      binding: sealed.binding,
      expires_at: daysFromNow(secretDays),
    })
    .execute()
}
