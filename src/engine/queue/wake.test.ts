import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { fromPglite, PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import { openQueue, WAKE_QUEUE } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const CHANNEL = `pgboss_${createHash('sha224').update('pgboss').digest('hex').slice(0, 24)}`
/** What differs between any two jobs: their ids and the moments at which they were made. */
const OWN_TO_EACH = ['id', 'data', 'created_on', 'start_after', 'keep_until']

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let boss: PgBoss
  beforeAll(async () => {
    world = await openWorld(engine)
    const { native } = world.database
    boss = new PgBoss(
      native.kind === 'embedded'
        ? { db: fromPglite(native.pglite), backend: 'pglite' }
        : { connectionString: native.url, max: 2 },
    )
    await boss.start()
  })
  afterAll(async () => {
    await boss.stop({ graceful: false })
    await world.close()
  })

  const started = async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const answer = await world.start(operator, await world.readyTenant(workspace), SYNC)
    return answer.kind === 'decided' ? answer.outcome.run.id : 0
  }
  const jobs = async (where: ReturnType<typeof sql>) => {
    const { rows } = await sql<Record<string, unknown>>`
      select *, extract(epoch from keep_until - start_after)::int as kept_seconds, start_after <= now() as is_due
      from pgboss.job where ${where}`.execute(world.database.db)
    return rows
  }
  const without = (job: Record<string, unknown> | undefined, columns: readonly string[]) =>
    Object.fromEntries(Object.entries(job ?? {}).filter(([column]) => !columns.includes(column)))

  test('the row of a wake-up is the row that the queue itself would have written', async () => {
    const runId = await started()
    const sentId = await boss.send(WAKE_QUEUE, { runId })

    const [ours] = await jobs(sql`(data ->> 'runId')::bigint = ${runId} and id <> ${sentId}::uuid`)
    const [sent] = await jobs(sql`id = ${sentId}::uuid`)

    expect(without(ours, OWN_TO_EACH)).toEqual(without(sent, OWN_TO_EACH))
    expect(ours?.data).toEqual(sent?.data)
    expect(ours).toMatchObject({ name: WAKE_QUEUE, state: 'created', is_due: true })
  })

  test('a wake-up is never repeated by the queue, and outlasts every run', async () => {
    const runId = await started()

    const [job] = await jobs(sql`(data ->> 'runId')::bigint = ${runId}`)

    expect(job).toMatchObject({ retry_limit: 0, expire_seconds: 12 * 3600, dead_letter: null })
  })

  test('it is announced on the channel and with the words of the queue', async () => {
    const heard: { channel: string; words: string }[] = []
    const stop = await listen(world, (words) => heard.push({ channel: CHANNEL, words }))

    await boss.send(WAKE_QUEUE, { runId: 0 })
    await started()
    await sql`select pg_notify(${CHANNEL}, 'end')`.execute(world.database.db)
    while (heard.at(-1)?.words !== 'end') await new Promise((resolve) => setTimeout(resolve, 10))
    await stop()

    const [sent, ours, ...others] = heard.slice(0, -1)
    expect(sent?.words).toBe(WAKE_QUEUE)
    expect(ours).toEqual(sent)
    expect(others).toEqual([])
  })

  test('it arrives, once for each run', async () => {
    await sql`delete from pgboss.job`.execute(world.database.db)
    const queue = await openQueue(world.database, (error) => {
      throw error
    })
    const woken: number[] = []
    const both = Promise.withResolvers<void>()
    await queue.onWake(2, async (runId) => {
      woken.push(runId)
      if (woken.length === 2) both.resolve()
    })

    const runs = [await started(), await started()]
    await both.promise
    await queue.stop()

    expect(woken.sort((a, b) => a - b)).toEqual(runs)
  })
})

/** Hears what is announced to the queue's workers. */
async function listen({ database: { native } }: World, hear: (words: string) => void) {
  if (native.kind === 'embedded') return native.pglite.listen(CHANNEL, hear)
  const client = new pg.Client({ connectionString: native.url })
  await client.connect()
  client.on('notification', ({ payload }) => hear(payload ?? ''))
  await client.query(`listen ${CHANNEL}`)
  return () => client.end()
}
