import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootstrapScene, FAILED, GROUPS, INVENTORY, ROLES } from '../../../tests/world/bootstrap-scene.ts'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import { jsonb } from '../../database/index.ts'
import { leaveBootstrap } from '../../engine/waiting/index.ts'
import { carryOutRetention } from './index.ts'

const RUNNING = new AbortController().signal

describe.each(ENGINES)('what the order of a bootstrap stands on, on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world?.close())

  /** A bootstrap whose only run has failed, a thousand days ago. */
  async function pausedLongAgo() {
    const scene = await bootstrapScene(world)
    const { ada, ask, atWork, db, finish } = scene
    await ask(ada, [ROLES, GROUPS, INVENTORY])
    const run = await atWork()
    await finish(run?.id, FAILED)
    await sql`alter table operation_runs disable trigger runs_completed_stays`.execute(db)
    await sql`update operation_runs set created_at = created_at - interval '1000 days',
        admitted_at = admitted_at - interval '1000 days', started_at = started_at - interval '1000 days',
        finished_at = finished_at - interval '1000 days' where id = ${run?.id}`.execute(db)
    await sql`alter table operation_runs enable trigger runs_completed_stays`.execute(db)
    await sql`alter table audit_records disable trigger audit_is_append_only`.execute(db)
    await sql`update audit_records set at = at - interval '1000 days' where run_id = ${run?.id}`.execute(db)
    await sql`alter table audit_records enable trigger audit_is_append_only`.execute(db)
    return scene
  }

  test('is kept while the session is open: the pause, and what was given up without a run', async () => {
    const { db, sessionId, steps } = await pausedLongAgo()
    await sql`update waiting_starts set state = 'refused', ended_at = now() - interval '1000 days',
        reason = ${jsonb({ code: 'internal_error' })}
      where onboarding_session_id = ${sessionId} and operation = ${GROUPS}`.execute(db)
    await sql`insert into audit_records (workspace_id, tenant_id, actor_kind, action, target_kind, target_id,
        outcome, facts, correlation_id)
      select workspace_id, tenant_id, 'system', 'waiting_start.give_up', 'waiting_start', id::text, 'failed', '{}', 'c'
      from waiting_starts where onboarding_session_id = ${sessionId} and operation = ${GROUPS}`.execute(db)

    await carryOutRetention(db, RUNNING)

    expect(await steps()).toEqual([`${ROLES} pending failed`, `${GROUPS} pending`, `${INVENTORY} pending`])
  })

  test('goes with the rest once the session was cancelled', async () => {
    const { ada, db, sessionId, steps } = await pausedLongAgo()
    const rest = { how: 'drop', operations: [GROUPS, INVENTORY] } as const
    await db.transaction().execute((tx) => leaveBootstrap(tx, sessionId, ada, rest))
    await sql`update onboarding_sessions set state = 'cancelled', ended_at = now(), ended_by_name = 'Ada'
      where id = ${sessionId}`.execute(db)

    await carryOutRetention(db, RUNNING)

    expect(await steps()).toEqual([])
  })
})
