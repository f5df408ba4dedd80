import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { cancelRun } from '../../src/engine/runs/index.ts'
import { sweep } from '../../src/engine/worker/index.ts'
import { openWorld, type SeededTenant } from '../world/world.ts'
import { type Life, live, noMoreLives } from './lives.ts'

const RUNS = 50
const SYNC = 'directory.role_definitions.sync'
const REQUEST_TIMEOUT_SECONDS = 0.2

afterAll(noMoreLives)

test('after every process was killed over fifty runs at work, one sweep leaves no ghost', async () => {
  const world = await openWorld('postgres')
  const { db, native } = world.database
  await sql`create table journal (run_id bigint, token bigint, primary key (run_id, token))`.execute(db)
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const runs: { id: number; tenant: SeededTenant }[] = []
  for (let one = 0; one < RUNS; one++) {
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, SYNC)
    runs.push({ id: answer.kind === 'decided' ? answer.outcome.run.id : 0, tenant })
  }
  const life: Life = {
    database: { kind: 'postgres', url: native.kind === 'postgres' ? native.url : '' },
    actor: operator,
    tenants: [],
    operations: [],
    starts: false,
    sweeps: false,
    slots: RUNS / 2,
    endless: true,
    doom: null,
  }
  const count = async (where: ReturnType<typeof sql>) => {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from operation_runs where ${where}`.execute(db)
    return rows[0]?.n
  }

  const processes = [live(life), live(life)]
  await expect.poll(() => count(sql`status = 'running'`), { interval: 100 }).toBe(RUNS)
  for (const { id } of runs.slice(0, 5)) await db.transaction().execute((tx) => cancelRun(tx, id, 'Ada'))
  for (const process of processes) process.kill()
  await Promise.all(processes.map(({ gone }) => gone))
  const silent = sql`status = 'running' and lease_until < now() - ${REQUEST_TIMEOUT_SECONDS} * interval '1s'`
  await expect
    .poll(async () => (await count(silent)) ?? 0, { interval: 100 })
    .toBe(await count(sql`status = 'running'`))

  const asked = await count(sql`status = 'running' and cancel_requested_at is not null`)
  const swept = await sweep({
    db,
    requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
    graceSeconds: 3600,
    report: (fault) => expect.fail(`${fault}`),
  })

  expect(await count(sql`status = 'running'`)).toBe(0)
  expect(swept).toMatchObject({ ended: asked, requeued: RUNS - 5 })
  expect(await count(sql`outcome = 'cancelled'`)).toBe(5)
  const { rows: unheard } = await sql`
    select id from operation_runs r where status = 'queued' and not exists (
      select from pgboss.job j where (j.data ->> 'runId')::bigint = r.id and j.state = 'created')`.execute(db)
  expect(unheard).toEqual([])

  const last = live({ ...life, endless: false, slots: 4 })
  expect(await last.gone).toEqual({ code: 0, signal: null, drained: true })
  expect(last.faults).toEqual([])
  expect(await count(sql`outcome = 'succeeded'`)).toBe(RUNS - 5)
  const { rows: told } = await sql<{ n: number }>`
    select count(*)::int as n from notifications where user_id = ${operator.userId}`.execute(db)
  expect(told).toEqual([{ n: RUNS }])
  for (const { tenant } of runs.slice(0, 3))
    expect(await world.start(operator, tenant, SYNC)).toMatchObject({ outcome: { kind: 'accepted' } })
  await world.close()
})
