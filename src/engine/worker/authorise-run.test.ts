import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type SeededTenant, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { workOn } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

interface Scene {
  readonly db: Db
  readonly operator: PersonalActor
  readonly tenant: SeededTenant & { connectionId: number }
}
type Change = (scene: Scene) => Promise<unknown>

const ofConnection =
  (change: Record<string, unknown>): Change =>
  ({ db, tenant }) =>
    db.updateTable('provider_connections').set(change).where('id', '=', tenant.connectionId).execute()
const ofCredential =
  (change: { expires_at?: Date; rejected_at?: Date }): Change =>
  ({ db, tenant }) =>
    db.updateTable('credentials').set(change).where('connection_id', '=', tenant.connectionId).execute()
const ofMembership =
  (change: { role?: string; reach?: string }): Change =>
  ({ db, operator }) =>
    db.updateTable('workspace_memberships').set(change).where('user_id', '=', operator.userId).execute()

const leaves: Change = ({ db, operator }) =>
  db.deleteFrom('workspace_memberships').where('user_id', '=', operator.userId).execute()
const isArchived: Change = ({ db, tenant }) =>
  db
    .updateTable('tenants')
    .set({ state: 'archived', archived_at: new Date() })
    .where('id', '=', tenant.id)
    .execute()
const losesPermission: Change = ({ db, tenant }) =>
  sql`
    update provider_connections set granted_permissions = '{Group.Read.All}' where id = ${tenant.connectionId}`.execute(
    db,
  )
const isClaimedElsewhere: Change = ({ db, tenant }) =>
  db.updateTable('tenants').set({ conflicted_at: new Date() }).where('id', '=', tenant.id).execute()
const isPaused: Change = ({ db, tenant }) =>
  db
    .insertInto('operational_controls')
    .values({ operation: SYNC, workspace_id: tenant.workspaceId, why: 'outage', author_name: 'Ada' })
    .execute()
const isFrozen: Change = ({ db, tenant }) =>
  db.insertInto('freeze_windows').values({ tenant_id: tenant.id, why: 'audit', author_name: 'Ada' }).execute()

const YESTERDAY = new Date(Date.now() - 86_400_000)
const TOMORROW = new Date(Date.now() + 86_400_000)
const LAST_MONTH = new Date(Date.now() - 30 * 86_400_000)

/** What may be gone between a start and its turn, and what its run is then blocked with. */
const GONE: readonly (readonly [string, string, Change])[] = [
  ['the initiator left the workspace', 'authorization_lost', leaves],
  ['the initiator may only read now', 'authorization_lost', ofMembership({ role: 'readonly' })],
  ['the initiator reaches other tenants only', 'authorization_lost', ofMembership({ reach: 'selected' })],
  ['the tenant was archived', 'tenant_not_operable', isArchived],
  ['the connection was disabled', 'provider_connection_disabled', ofConnection({ is_enabled: false })],
  ['the consent was revoked', 'provider_consent_revoked', ofConnection({ consent_status: 'revoked' })],
  ['the credential expired', 'provider_credential_expired', ofCredential({ expires_at: YESTERDAY })],
  ['the credential was rejected', 'provider_credential_rejected', ofCredential({ rejected_at: YESTERDAY })],
  ['a permission is gone', 'provider_permission_missing', losesPermission],
  ['the evidence is too old', 'provider_evidence_stale', ofConnection({ evidence_at: LAST_MONTH })],
]

/** What comes too late to touch a run that was admitted. */
const HARMLESS: readonly (readonly [string, Change])[] = [
  ['a pause', isPaused],
  ['a freeze', isFrozen],
  ['a throttle window', ofConnection({ throttled_until: TOMORROW })],
  ['another default connection', ofConnection({ is_default: false })],
  ['a higher role', ofMembership({ role: 'owner' })],
]

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const admitted = async (operation = SYNC) => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, operation)
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return { db, operator, tenant, runId: answer.outcome.run.id }
  }
  const counting = () => {
    const carriedOut: number[] = []
    return {
      carriedOut,
      worker: workerOf(world, async ({ run }) => {
        carriedOut.push(run.id)
        return SUCCEEDED
      }),
    }
  }
  const ended = async (runId: number) => {
    const run = await db
      .selectFrom('operation_runs')
      .select(['status', 'outcome', 'reason', 'attempt'])
      .where('id', '=', runId)
      .executeTakeFirstOrThrow()
    const told = await db.selectFrom('notifications').select('user_id').where('run_id', '=', runId).execute()
    return { ...run, told: told.map(({ user_id }) => user_id) }
  }

  test.each(GONE)('%s: the run is blocked (%s) before anything is done', async (_what, code, change) => {
    const scene = await admitted()
    const { carriedOut, worker } = counting()
    await change(scene)

    await workOn(worker, scene.runId)

    expect(await ended(scene.runId)).toMatchObject({
      status: 'completed',
      outcome: 'blocked',
      reason: { code },
      attempt: 0,
      told: [scene.operator.userId],
    })
    expect(carriedOut).toEqual([])
    expect((await world.start(scene.operator, scene.tenant, SYNC)).kind).not.toBe('undecided')
  })

  test.each(GONE)(
    '%s between authorisation and claim: blocked (%s) all the same',
    async (_what, code, change) => {
      const scene = await admitted()
      const { carriedOut, worker } = counting()
      let done = false
      const overtaken = {
        ...worker,
        atRacePoint: async (point: string) => {
          if (point !== 'before_claim' || done) return
          done = true
          await change(scene)
        },
      }

      await workOn(overtaken, scene.runId)

      expect(await ended(scene.runId)).toMatchObject({ outcome: 'blocked', reason: { code } })
      expect(carriedOut).toEqual([])
    },
  )

  test('a tenant whose directory was found to be another’s meanwhile: the run is blocked before anything is done', async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.tenant(workspace, { proven: false })
    const connectionId = await world.connection(tenant)
    const answer = await world.start(operator, tenant, SYNC)
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    const { carriedOut, worker } = counting()
    await isClaimedElsewhere({ db, operator, tenant: { ...tenant, connectionId } })

    await workOn(worker, answer.outcome.run.id)

    expect(await ended(answer.outcome.run.id)).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'tenant_directory_claimed' },
    })
    expect(carriedOut).toEqual([])
  })

  test.each(HARMLESS)('%s that comes after admission does not touch the run', async (_what, change) => {
    const scene = await admitted()
    const { carriedOut, worker } = counting()
    await change(scene)

    await workOn(worker, scene.runId)

    expect(await ended(scene.runId)).toMatchObject({ outcome: 'succeeded', told: [scene.operator.userId] })
    expect(carriedOut).toEqual([scene.runId])
  })

  test('a check runs with a rejected credential and old evidence: that is how a connection recovers', async () => {
    const scene = await admitted(CHECK)
    const { carriedOut, worker } = counting()
    await ofCredential({ rejected_at: YESTERDAY })(scene)
    await ofConnection({ evidence_at: LAST_MONTH })(scene)

    await workOn(worker, scene.runId)

    expect(carriedOut).toEqual([scene.runId])
  })

  test('whoever was deleted meanwhile is not mistaken for the installation itself', async () => {
    const { operator, runId } = await admitted()
    const { carriedOut, worker } = counting()
    await db.deleteFrom('users').where('id', '=', operator.userId).execute()

    await workOn(worker, runId)

    expect(await ended(runId)).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'authorization_lost' },
      told: [],
    })
    expect(carriedOut).toEqual([])
  })

  test('System needs no role, and nobody is notified', async () => {
    const scene = await admitted()
    const { carriedOut, worker } = counting()
    await db
      .updateTable('operation_runs')
      .set({ initiator_id: null, initiator_name: null })
      .where('id', '=', scene.runId)
      .execute()
    await leaves(scene)

    await workOn(worker, scene.runId)

    expect(await ended(scene.runId)).toMatchObject({ outcome: 'succeeded', told: [] })
    expect(carriedOut).toEqual([scene.runId])
  })
})
