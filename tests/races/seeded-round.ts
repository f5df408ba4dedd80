import fc from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import { personBehind } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import { cancelRun } from '../../src/engine/runs/index.ts'
import { workOn } from '../../src/engine/worker/index.ts'
import { canonicalHash, type RacePoint } from '../../src/kernel/index.ts'
import { SUCCEEDED, workerOf } from '../world/workers.ts'
import { type SeededTenant, startAsk, type World } from '../world/world.ts'
import type { Answered, AskAtOnce } from './starters.ts'

/** One round of starts: the scene they meet in, and what a seed makes of it. */
export interface Round {
  readonly world: World
  readonly workspace: number
  readonly people: readonly PersonalActor[]
  readonly tenants: readonly (SeededTenant & { readonly connections: readonly number[] })[]
  readonly asks: readonly AskAtOnce[]
  readonly disturbances: readonly Disturbance[]
}

const SYNC = 'directory.role_definitions.sync'
const POINTS: readonly RacePoint[] = ['after_facts', 'before_commit', 'after_commit']
const TENANTS = 3

/** What a seed says of one start: who, where, what, over which connection, under which key, how slowly. */
const drawnAsk = fc.record({
  person: fc.nat(2),
  tenant: fc.constantFrom(0, 0, 0, 1, 1, 2),
  operation: fc.constantFrom(SYNC, SYNC, SYNC, 'directory.groups.sync', 'provider.connection.check'),
  connection: fc.constantFrom(null, null, null, 0, 1),
  key: fc.constantFrom(...Array<null>(90).fill(null), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  pause: fc.option(
    fc.record({ at: fc.constantFrom(...POINTS), milliseconds: fc.integer({ min: 0, max: 12 }) }),
    { freq: 5 },
  ),
})

const often = <Kind extends string>(times: number, kind: Kind) => Array<Kind>(times).fill(kind)

const drawnDisturbance = fc.record({
  kind: fc.constantFrom(
    ...often(4, 'work'),
    ...often(3, 'cancel'),
    'toggle',
    'freeze',
    'pause',
    ...often(4, 'lift'),
  ),
  tenant: fc.nat(TENANTS - 1),
  after: fc.integer({ min: 0, max: 60 }),
})
type Disturbance = typeof drawnDisturbance extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** A workspace of its own with what a seed makes of it: that many starts and what disturbs them. */
export async function roundOf(world: World, seed: number, starts: number): Promise<Round> {
  const workspace = await world.workspace()
  const people = [
    await world.person(workspace, 'operator', 'Ada'),
    await world.person(workspace, 'manager', 'Grace'),
    await world.person(workspace, 'owner', 'Olga'),
  ]
  const tenants = await Promise.all(
    Array.from({ length: TENANTS }, async () => {
      const tenant = await world.tenant(workspace)
      const connections = [
        await world.connection(tenant),
        await world.connection(tenant, { isDefault: false, label: 'Second app' }),
      ]
      return { ...tenant, connections }
    }),
  )
  const asks = fc.sample(drawnAsk, { seed, numRuns: starts }).map((drawn): AskAtOnce => {
    const person = at(people, drawn.person)
    const tenant = at(tenants, drawn.tenant)
    const connectionId = drawn.connection === null ? null : at(tenant.connections, drawn.connection)
    const requestHash = canonicalHash({ tenant: tenant.id, operation: drawn.operation, connectionId })
    return {
      ask: startAsk(person, tenant, drawn.operation, {
        parsed: { ok: true, input: { connectionId, selection: {}, sourceSurface: null } },
        idempotency: drawn.key === null ? null : { key: `key ${drawn.key}`, requestHash },
      }),
      pause: drawn.pause,
    }
  })
  const disturbances = fc.sample(drawnDisturbance, { seed, numRuns: 16 })
  return { world, workspace, people, tenants, asks, disturbances }
}

/** Whatever else happens until all are answered: workers, cancels, and the ground that shifts. */
export async function disturb(round: Round, answered: AbortSignal): Promise<void> {
  for (const { after, kind, tenant } of round.disturbances) {
    await new Promise((resolve) => setTimeout(resolve, after))
    if (answered.aborted) return
    await DISTURB[kind](round, at(round.tenants, tenant))
  }
}

const DISTURB = {
  async work({ world }, tenant) {
    const active = await activeRun(world.database.db, tenant)
    if (active)
      await workOn(
        workerOf(world, async () => SUCCEEDED),
        active,
      )
  },
  async cancel({ world }, tenant) {
    const { db } = world.database
    const active = await activeRun(db, tenant)
    if (active) await db.transaction().execute((tx) => cancelRun(tx, active, 'Olga'))
  },
  toggle: ({ world }, { connections }) =>
    sql`update provider_connections set is_enabled = not is_enabled where id = ${at(connections, 1)}`.execute(
      world.database.db,
    ),
  freeze: ({ world }, { id }) =>
    world.database.db
      .insertInto('freeze_windows')
      .values({ tenant_id: id, why: 'audit week', author_name: 'Olga' })
      .execute(),
  pause: ({ workspace, world }) =>
    world.database.db
      .insertInto('operational_controls')
      .values({ operation: SYNC, workspace_id: workspace, why: 'outage', author_name: 'Olga' })
      .execute(),
  async lift({ workspace, world }, { id }) {
    const lifted = { lifted_at: sql<Date>`now()` }
    const { db } = world.database
    await db
      .updateTable('freeze_windows')
      .set(lifted)
      .where('tenant_id', '=', id)
      .where('lifted_at', 'is', null)
      .execute()
    await db
      .updateTable('operational_controls')
      .set(lifted)
      .where('workspace_id', '=', workspace)
      .where('lifted_at', 'is', null)
      .execute()
  },
} as const satisfies Record<string, (round: Round, tenant: Round['tenants'][number]) => Promise<unknown>>

async function activeRun(db: Db, { id }: SeededTenant): Promise<number | undefined> {
  const row = await db
    .selectFrom('operation_runs')
    .select('id')
    .where('tenant_id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return row?.id
}

/** I1 to I5 of one round, from its answers and from the database. */
export async function expectPromisesKept(round: Round, answers: readonly Answered[]): Promise<void> {
  const decided = decidedOnce(round, answers)
  const accepted = decided.filter(({ said }) => said === 'accepted')
  const db = round.world.database.db
  const told = await recordsOf(db, round.workspace)
  const { rows: runs } = await sql<{
    id: number
    scope: string
    active: boolean
    jobs: number
    asItWas: boolean
    ownConnection: boolean
  }>`
    select r.id, r.scope_key as scope, r.status in ('queued', 'running') as active,
      (select count(*) from pgboss.job j where (j.data ->> 'runId')::bigint = r.id) as jobs,
      a.at = r.admitted_at as "asItWas",
      r.provider_connection_id = (a.facts -> 'facts' -> 'connection' ->> 'id')::bigint as "ownConnection"
    from operation_runs r
    left join audit_records a on a.run_id = r.id and a.action = 'operation.start' and a.outcome = 'accepted'
    where r.workspace_id = ${round.workspace} and r.admitted_at is not null order by r.id`.execute(db)

  const active = runs.filter((run) => run.active).map(({ scope }) => scope)
  expect(active, 'I1: a scope is held once').toEqual([...new Set(active)])
  expect(
    runs.filter(({ asItWas, jobs }) => !asItWas || jobs !== 1),
    'I2: run, wake-up, record',
  ).toEqual([])
  expect(accepted.map(({ runId }) => runId).sort(byNumber), 'I3: one accepted start for each run').toEqual(
    runs.map(({ id }) => id),
  )
  expect(await joinedTheDead(db, round.workspace), 'I4: only an active run is named').toEqual([])
  expect(
    runs.filter(({ ownConnection }) => !ownConnection),
    'I5: its connection',
  ).toEqual([])
  expect(told, 'every answer is a record, and every record an answer').toEqual(tallied(decided))
}

/** Starts that were decided: those under one key are one decision, and all told the same. */
function decidedOnce({ asks }: Round, answers: readonly Answered[]): Answered[] {
  const known = ['accepted', 'deduped', 'scope_busy', 'blocked', 'key_reused']
  expect(answers.filter(({ said }) => !known.includes(said))).toEqual([])
  const byKey = new Map<string, Answered>()
  return answers.flatMap((answer, number) => {
    const { actor, idempotency } = at(asks, number).ask
    if (answer.said === 'key_reused') return []
    if (!idempotency) return [answer]
    const key = `${personBehind(actor).userId} ${idempotency.key}`
    const first = byKey.get(key)
    if (first) expect(answer, 'one key, one answer').toEqual(first)
    byKey.set(key, answer)
    return first ? [] : [answer]
  })
}

async function recordsOf(db: Db, workspace: number): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; run: number; count: number }>`
    select outcome, run_id as run, count(*) as count from audit_records
    where workspace_id = ${workspace} and action = 'operation.start' group by 1, 2`.execute(db)
  return Object.fromEntries(rows.map(({ count, outcome, run }) => [`${outcome} ${run}`, count]))
}

const tallied = (answers: readonly Answered[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ runId, said }) => `${said} ${runId}`)].map(([what, all]) => [
      what,
      all.length,
    ]),
  )

/** Starts that were told of a run whose end they could see, or that is not the same, or not another, work. */
async function joinedTheDead(db: Db, workspace: number): Promise<unknown[]> {
  const { rows } = await sql`
    select j.id, j.outcome, j.run_id from audit_records j
    left join operation_runs r on r.id = j.run_id and r.admitted_at is not null
    left join audit_records ended on ended.run_id = j.run_id and ended.action = 'operation.finish'
      and pg_visible_in_snapshot(ended.written_by, j.seen)
    where j.workspace_id = ${workspace} and j.action = 'operation.start' and j.outcome in ('deduped', 'scope_busy')
      and (r.id is null or ended.id is not null
        or (j.outcome = 'deduped') <> (r.identity = j.facts -> 'facts' ->> 'identity'))`.execute(db)
  return rows
}

const byNumber = (a: number | null, b: number | null) => (a ?? 0) - (b ?? 0)

function at<Member>(list: readonly Member[], place: number): Member {
  const member = list[place]
  if (member === undefined) throw new Error(`Nothing is at place ${place}`)
  return member
}
