import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workOn } from '../../src/engine/worker/index.ts'
import { workerOf } from '../world/workers.ts'
import { type InProcess, openInProcess } from './in-process.ts'

const SYNC = 'directory.groups.sync'

let product: InProcess
beforeAll(async () => {
  product = await openInProcess()
})
afterAll(() => product.world.close())

/** An operation that waits for Microsoft for the better part of an hour. */
async function waiting() {
  const { world } = product
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  const tenant = await world.readyTenant(workspaceId)
  const answer = await world.start(owner, tenant, SYNC)
  const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0
  const asideFor = { kind: 'throttle_window', seconds: 3000 } as const
  const reason = { code: 'provider_throttled', until: null } as const
  const runner = async () => ({
    ending: { outcome: 'failed', counts: {}, reason, failures: [] } as const,
    waitsFor: asideFor,
  })
  await workOn(workerOf(world, runner), runId)
  await sql`delete from pgboss.job where start_after <= now()`.execute(world.database.db)
  return { cookie: await product.signIn(owner), runId, tenant }
}

test.each([
  ['its tenant is archived', ({ directoryId }: { directoryId: string }) => `/admin/t/${directoryId}/archive`],
  [
    'its connection is disabled',
    ({ connectionId }: { connectionId: number }) => `/admin/provider-connections/${connectionId}/disable`,
  ],
] as const)(
  'an operation that waits ends as soon as %s, and not when its time has come',
  async (_what, path) => {
    const { cookie, runId, tenant } = await waiting()
    const { db } = product.world.database

    expect((await product.ask('POST', path(tenant), { cookie })).status).toBe(303)

    const { rows } = await sql<{ runId: number }>`
    select (data ->> 'runId')::int as "runId" from pgboss.job where state = 'created' and start_after <= now()`.execute(
      db,
    )
    expect(rows).toEqual([{ runId }])
    await workOn(
      workerOf(product.world, () => expect.fail('it was worked on')),
      runId,
    )
    const query = db.selectFrom('operation_runs').select(['status', 'outcome']).where('id', '=', runId)
    expect(await query.executeTakeFirst()).toEqual({ status: 'completed', outcome: 'blocked' })
    await sql`delete from pgboss.job`.execute(db)
  },
)
