import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { EVERY_READ, openWorld, type SeededTenant, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { OPERATION_CODES, type OperationCode } from '../catalog/index.ts'
import { decideStart } from './decide-start.ts'
import type { StartFacts } from './start-facts.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

interface Scene {
  readonly world: World
  readonly workspace: number
  readonly owner: PersonalActor
}
type ConnectionChange = NonNullable<Parameters<World['connection']>[1]>

const connected =
  (change: ConnectionChange) =>
  async ({ world, workspace }: Scene) => {
    const tenant = await world.tenant(workspace)
    await world.connection(tenant, change)
    return tenant
  }
const inState =
  (state: 'draft' | 'onboarding' | 'archived') =>
  async ({ world, workspace }: Scene) => {
    const tenant = await world.tenant(workspace, state === 'archived' ? {} : { state })
    await world.connection(tenant)
    if (state === 'archived') await world.archive(tenant)
    return tenant
  }
const ready = ({ world, workspace }: Scene) => world.readyTenant(workspace)
const busyWith = (operation: OperationCode) => async (scene: Scene) => {
  const tenant = await ready(scene)
  await scene.world.start(scene.owner, tenant, operation)
  return tenant
}
const platform = async (scene: Scene) => {
  const tenant = await connected({ credential: null })(scene)
  await sql`update provider_connections set connection_type = 'platform', consent_status = 'required'
    where tenant_id = ${tenant.id}`.execute(scene.world.database.db)
  return tenant
}
const frozen = async (scene: Scene) => {
  const tenant = await ready(scene)
  await scene.world.database.db
    .insertInto('freeze_windows')
    .values({ tenant_id: tenant.id, why: 'audit week', author_name: 'Ada', ends_at: new Date('2100-01-01') })
    .execute()
  return tenant
}
const paused = async ({ world }: Scene) => {
  const elsewhere = await world.workspace('Paused MSP')
  const tenant = await world.readyTenant(elsewhere)
  await world.database.db
    .insertInto('operational_controls')
    .values({ operation: SYNC, workspace_id: elsewhere, why: 'outage', author_name: 'Ada' })
    .execute()
  return tenant
}

/** Every kind of answer a start can get: how it comes about, what is started, what is said. */
const STARTS: readonly (readonly [string, string, (scene: Scene) => Promise<SeededTenant>])[] = [
  ['accepted', SYNC, ready],
  ['accepted', CHECK, connected({ credential: { expiresInDays: 5, rejected: true }, granted: null })],
  ['deduped', SYNC, busyWith(SYNC)],
  ['scope_busy', SYNC, busyWith(CHECK)],
  ['tenant_not_operable', SYNC, inState('draft')],
  ['tenant_not_operable', SYNC, inState('archived')],
  ['accepted', SYNC, inState('onboarding')],
  ['tenant_not_operable', 'policy.backup', inState('onboarding')],
  ['operation_paused', SYNC, paused],
  ['tenant_frozen', SYNC, frozen],
  ['provider_connection_missing', SYNC, ({ world, workspace }) => world.tenant(workspace)],
  ['provider_connection_default_missing', SYNC, connected({ isDefault: false })],
  ['provider_connection_disabled', SYNC, connected({ isEnabled: false })],
  ['provider_binding_unsupported', 'compliance.snapshot', ready],
  ['provider_scope_mismatch', SYNC, connected({ directoryId: randomUUID() })],
  ['provider_consent_missing', SYNC, connected({ consent: 'required' })],
  ['provider_consent_revoked', SYNC, connected({ consent: 'revoked' })],
  ['provider_consent_failed', SYNC, connected({ consent: 'failed' })],
  ['provider_evidence_missing', SYNC, connected({ consent: 'unknown' })],
  ['platform_identity_missing', CHECK, platform],
  ['provider_credential_missing', CHECK, connected({ credential: null })],
  ['provider_credential_expired', SYNC, connected({ credential: { expiresInDays: -1, rejected: false } })],
  ['provider_credential_rejected', SYNC, connected({ credential: { expiresInDays: null, rejected: true } })],
  ['provider_evidence_missing', SYNC, connected({ granted: null })],
  ['provider_evidence_stale', SYNC, connected({ evidenceAgeDays: 8 })],
  ['provider_permission_missing', 'inventory.sync', connected({ granted: ['Group.Read.All'] })],
  ['accepted', SYNC, connected({ granted: [...EVERY_READ, 'Directory.Read.All'] })],
  ['provider_throttled', SYNC, connected({ throttledForSeconds: 600 })],
]

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    const supported = OPERATION_CODES.filter((code) => code !== 'compliance.snapshot')
    world = await openWorld(engine, { supported: new Set(supported) })
  })
  afterAll(() => world.close())

  test.each(STARTS)(
    '%s: the audit record of a %s explains its decision',
    async (said, operation, arrange) => {
      const workspace = await world.workspace()
      const owner = await world.person(workspace, 'owner')
      const tenant = await arrange({ world, workspace, owner })
      await world.database.db
        .insertInto('workspace_memberships')
        .values({ workspace_id: tenant.workspaceId, user_id: owner.userId, role: 'owner' })
        .onConflict((conflict) => conflict.doNothing())
        .execute()

      const answer = await world.start(owner, tenant, operation)

      const record = await world.database.db
        .selectFrom('audit_records as a')
        .innerJoin('operation_runs as r', 'r.id', 'a.run_id')
        .select(['a.outcome', 'a.facts', 'r.reason', 'r.id'])
        .where('a.tenant_id', '=', tenant.id)
        .orderBy('a.id', 'desc')
        .executeTakeFirstOrThrow()
      const { facts } = record.facts as { facts: StartFacts }
      const verdict = decideStart(facts)
      expect(verdict.kind === 'blocked' ? verdict.reason.code : verdict.kind).toBe(said)
      expect(verdict.kind).toBe(record.outcome)
      expect(answer).toMatchObject({ outcome: { kind: record.outcome, run: { id: record.id } } })
      if (verdict.kind === 'blocked') expect(record.reason).toEqual(verdict.reason)
    },
  )
})
