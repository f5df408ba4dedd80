import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import { type Gate, type StartAnswer, start } from '../../src/engine/gate/index.ts'
import { cancelRun } from '../../src/engine/runs/index.ts'
import type { RacePoint } from '../../src/kernel/index.ts'
import { ENGINES } from '../world/databases.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../world/world.ts'

const SYNC = 'directory.role_definitions.sync'

interface Scene {
  readonly db: Db
  readonly operator: PersonalActor
  readonly workspace: number
  readonly tenant: SeededTenant & { connectionId: number }
}

/** What somebody may do between the moment a start was decided and the moment it is written. */
const INTERRUPTIONS: readonly (readonly [string, string, (scene: Scene) => Promise<unknown>])[] = [
  [
    'the connection is disabled',
    'provider_connection_disabled',
    ({ db, tenant }) =>
      db
        .updateTable('provider_connections')
        .set({ is_enabled: false })
        .where('id', '=', tenant.connectionId)
        .execute(),
  ],
  [
    'the connection is no longer the default',
    'provider_connection_default_missing',
    ({ db, tenant }) =>
      db
        .updateTable('provider_connections')
        .set({ is_default: false })
        .where('id', '=', tenant.connectionId)
        .execute(),
  ],
  [
    'the credential is removed',
    'provider_credential_missing',
    ({ db, tenant }) =>
      db.deleteFrom('credentials').where('connection_id', '=', tenant.connectionId).execute(),
  ],
  [
    'the credential is rejected',
    'provider_credential_rejected',
    ({ db, tenant }) =>
      db
        .updateTable('credentials')
        .set({ rejected_at: new Date() })
        .where('connection_id', '=', tenant.connectionId)
        .execute(),
  ],
  [
    'the consent is revoked',
    'provider_consent_revoked',
    ({ db, tenant }) =>
      db
        .updateTable('provider_connections')
        .set({ consent_status: 'revoked' })
        .where('id', '=', tenant.connectionId)
        .execute(),
  ],
  [
    'the operation is paused in the workspace',
    'operation_paused',
    ({ db, workspace }) =>
      db
        .insertInto('operational_controls')
        .values({ operation: SYNC, workspace_id: workspace, why: 'outage', author_name: 'Ada' })
        .execute(),
  ],
  [
    'the tenant is frozen',
    'tenant_frozen',
    ({ db, tenant }) =>
      db
        .insertInto('freeze_windows')
        .values({ tenant_id: tenant.id, why: 'audit week', author_name: 'Ada' })
        .execute(),
  ],
  [
    'the tenant is archived',
    'tenant_not_operable',
    ({ db, tenant }) =>
      db
        .updateTable('tenants')
        .set({ state: 'archived', archived_at: new Date() })
        .where('id', '=', tenant.id)
        .execute(),
  ],
  [
    'the person leaves the workspace',
    'invisible',
    ({ db, operator }) =>
      db.deleteFrom('workspace_memberships').where('user_id', '=', operator.userId).execute(),
  ],
  [
    'the person may only read from now on',
    'forbidden',
    ({ db, operator }) =>
      db
        .updateTable('workspace_memberships')
        .set({ role: 'readonly' })
        .where('user_id', '=', operator.userId)
        .execute(),
  ],
  [
    'the tenant is not among the ones the person reaches any more',
    'invisible',
    ({ db, operator }) =>
      db
        .updateTable('workspace_memberships')
        .set({ reach: 'selected' })
        .where('user_id', '=', operator.userId)
        .execute(),
  ],
  [
    'the operation is paused everywhere',
    'operation_paused',
    ({ db }) =>
      db
        .insertInto('operational_controls')
        .values({ operation: SYNC, why: 'outage', author_name: 'Ada' })
        .execute(),
  ],
]

const saidBy = (answer: StartAnswer) => {
  if (answer.kind !== 'decided') return answer.kind
  return answer.outcome.kind === 'blocked' ? answer.outcome.reason.code : answer.outcome.kind
}

/** Does something the first time a start comes to a race point. */
function once(point: RacePoint, act: () => Promise<unknown>): Pick<Gate, 'atRacePoint'> {
  let done = false
  return {
    atRacePoint: async (at) => {
      if (at !== point || done) return
      done = true
      await act()
    },
  }
}

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const scene = async (): Promise<Scene> => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    return { db, workspace, operator, tenant: await world.readyTenant(workspace) }
  }
  const activeRuns = (tenant: SeededTenant) =>
    db
      .selectFrom('operation_runs')
      .select('id')
      .where('tenant_id', '=', tenant.id)
      .where('status', '!=', 'completed')
      .execute()

  describe('between the facts and the commit', () => {
    test.each(INTERRUPTIONS)('%s: the start is decided again (%s)', async (_what, expected, interrupt) => {
      const here = await scene()

      const answer = await start(
        { ...world.gate, ...once('before_commit', () => interrupt(here)) },
        startAsk(here.operator, here.tenant, SYNC),
      )

      expect(saidBy(answer)).toBe(expected)
      expect(await activeRuns(here.tenant)).toEqual([])
      await sql`update operational_controls set lifted_at = now() where lifted_at is null`.execute(db)
    })

    test('the holder ends: nobody is told to wait for it, the start is accepted', async () => {
      const { operator, tenant } = await scene()
      const held = await world.start(operator, tenant, SYNC)
      const holder = held.kind === 'decided' ? held.outcome.run.id : 0
      const holderEnds = () => db.transaction().execute((tx) => cancelRun(tx, holder, 'Ada'))

      const answer = await start(
        { ...world.gate, ...once('before_commit', holderEnds) },
        startAsk(operator, tenant, SYNC),
      )

      expect(saidBy(answer)).toBe('accepted')
    })

    test.each([
      ['a start that is accepted', async () => {}],
      ['a start that joins a run', (here: Scene) => world.start(here.operator, here.tenant, SYNC)],
      [
        'a start that is blocked',
        ({ tenant }: Scene) =>
          db.deleteFrom('credentials').where('connection_id', '=', tenant.connectionId).execute(),
      ],
    ])('the same request under the same key gets the same answer: %s', async (_what, before) => {
      const here = await scene()
      await before(here)
      const ask = startAsk(here.operator, here.tenant, SYNC, {
        idempotency: { key: 'once', requestHash: 'same' },
      })
      let first: StartAnswer | undefined

      const second = await start(
        {
          ...world.gate,
          ...once('before_commit', async () => {
            first = await start(world.gate, ask)
          }),
        },
        ask,
      )

      expect(second).toEqual(first)
      const audited = await db
        .selectFrom('audit_records')
        .select('id')
        .where('correlation_id', '=', ask.correlationId)
        .execute()
      expect(audited).toHaveLength(1)
    })
  })

  test('ground that shifts at every turn ends undecided, with nothing written', async () => {
    const { operator, tenant } = await scene()
    let turns = 0
    const gate: Gate = {
      ...world.gate,
      atRacePoint: async (point) => {
        if (point !== 'before_commit') return
        turns += 1
        await db
          .updateTable('provider_connections')
          .set({ label: `Turn ${turns}` })
          .where('id', '=', tenant.connectionId)
          .execute()
      },
    }

    expect(await start(gate, startAsk(operator, tenant, SYNC))).toEqual({ kind: 'undecided' })
    expect(turns).toBe(10)
    expect(await activeRuns(tenant)).toEqual([])
  })
})
