import { sql } from 'kysely'
import { fromPglite, PgBoss } from 'pg-boss'
import type { PersonalActor } from '../../src/access/index.ts'
import { type Database, type Db, textArray } from '../../src/database/index.ts'
import { explain, type StartAnswer, type StartAsk, start } from '../../src/engine/gate/index.ts'
import type { SeededTenant } from '../world/start-ask.ts'
import { startAsk } from '../world/start-ask.ts'
import { EVERY_READ, type World, worldOn } from '../world/world-on.ts'
import type { Subject } from './measure.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'
/** Each accepted start needs a scope of its own. */
const TENANTS = 8000

/** The gate's answers, and what their speed is compared with, on one database. */
export async function subjectsOn(
  database: Database,
): Promise<{ subjects: readonly Subject[]; stop(): Promise<void> }> {
  const world = worldOn(database)
  const { db } = database
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const tenants = await manyReadyTenants(db, workspace)
  await someHistory(db)
  const boss = await queueOf(database)
  await sql`create table bench_rows (id bigint generated always as identity primary key, what text)`.execute(
    db,
  )
  return {
    subjects: [...comparisons(db, boss), ...answers(world, operator, tenants, workspace)],
    stop: () => boss.stop({ graceful: false, close: true }),
  }
}

const comparisons = (db: Db, boss: PgBoss): Subject[] => [
  { name: 'select 1', call: () => sql`select ${1}::int as one`.execute(db) },
  { name: 'insert of one row', call: () => sql`insert into bench_rows (what) values (${'row'})`.execute(db) },
  { name: 'pg-boss send', call: () => boss.send('bench', { runId: 1 }) },
  {
    name: 'pg-boss send, exclusive duplicate',
    before: () => boss.send('bench_exclusive', { runId: 1 }, { singletonKey: 'one' }),
    call: async () => {
      if (await boss.send('bench_exclusive', { runId: 1 }, { singletonKey: 'one' }))
        throw new Error('the duplicate was taken')
    },
  },
]

function answers(
  world: World,
  operator: PersonalActor,
  tenants: readonly SeededTenant[],
  workspace: number,
): Subject[] {
  const { db } = world.database
  const asking = (kind: string, ask: (caller: number) => StartAsk) => async (caller: number) => {
    const answer = await start(world.gate, ask(caller))
    if (kindOf(answer) !== kind) throw new Error(`${kind} was expected, and it was ${kindOf(answer)}`)
  }
  let next = 0
  const [first, second, third] = tenants as [SeededTenant, SeededTenant, SeededTenant]
  let unready: SeededTenant[] = []
  return [
    {
      name: 'accepted',
      most: TENANTS - 10,
      before: async () => {
        next = 10
      },
      call: asking('accepted', () => startAsk(operator, tenants[next++] ?? first, SYNC)),
      after: () => clear(db),
    },
    {
      name: 'deduped',
      before: () => world.start(operator, first, SYNC),
      call: asking('deduped', () => startAsk(operator, first, SYNC)),
      after: () => clear(db),
    },
    {
      name: 'scope busy',
      before: () => world.start(operator, second, CHECK),
      call: asking('scope_busy', () => startAsk(operator, second, SYNC)),
      after: () => clear(db),
    },
    {
      name: 'blocked',
      before: async () => {
        if (unready.length === 0)
          unready = await Promise.all(Array.from({ length: 64 }, () => world.tenant(workspace)))
      },
      call: asking('blocked', (caller) => startAsk(operator, unready[caller] ?? first, SYNC)),
    },
    { name: 'explain', call: () => explain(world.gate, startAsk(operator, third, SYNC)) },
  ]
}

const kindOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.kind : answer.kind)

/** Frees every scope again, past the gate: nobody measures that. */
async function clear(db: Db): Promise<void> {
  await sql`
    update operation_runs set status = 'completed', outcome = 'cancelled', reason = '{}', finished_at = now()
    where status = 'queued'`.execute(db)
  await sql`delete from pgboss.job`.execute(db)
  await sql`vacuum analyze operation_runs, audit_records, pgboss.job`.execute(db)
}

async function manyReadyTenants(db: Db, workspace: number): Promise<SeededTenant[]> {
  const { rows } = await sql<SeededTenant>`
    insert into tenants (workspace_id, directory_id, name, state, proven_at)
    select ${workspace}, gen_random_uuid(), 'Tenant ' || n, 'active', now() from generate_series(1, ${TENANTS}) n
    returning id, workspace_id as "workspaceId", directory_id as "directoryId"`.execute(db)
  await sql`
    insert into provider_connections (workspace_id, tenant_id, directory_id, client_id, label, is_default,
      consent_status, granted_permissions, evidence_at)
    select workspace_id, id, directory_id, gen_random_uuid(), 'Own app', true, 'granted', ${textArray(EVERY_READ)}, now()
    from tenants where workspace_id = ${workspace}`.execute(db)
  await sql`
    insert into credentials (connection_id, kind, key_id, nonce, ciphertext)
    select id, 'client_secret', 'bench', '\\x00', '\\x00' from provider_connections where workspace_id = ${workspace}`.execute(
    db,
  )
  await sql`vacuum analyze`.execute(db)
  return rows
}

/** An installation that has lived: the planner knows tables of a usual size, most of it long over. */
async function someHistory(db: Db): Promise<void> {
  await sql`
    insert into operation_runs (workspace_id, tenant_id, operation, status, outcome, directory_id, scope_key,
      identity, provider_connection_id, admitted_at, created_at, started_at, finished_at)
    select t.workspace_id, t.id, ${SYNC}, 'completed', 'succeeded', t.directory_id, t.scope_key, 'past', c.id,
      now() - n * interval '1 day', now() - n * interval '1 day', now() - n * interval '1 day', now() - n * interval '1 day'
    from tenants t join provider_connections c on c.tenant_id = t.id, generate_series(1, 5) n
    where t.workspace_id = (select max(id) from workspaces)`.execute(db)
  await sql`vacuum analyze operation_runs`.execute(db)
}

/** The queue by its own API, with as many connections as the gate has. */
async function queueOf({ native }: Database): Promise<PgBoss> {
  const boss = new PgBoss(
    native.kind === 'embedded'
      ? { db: fromPglite(native.pglite), backend: 'pglite' as const }
      : { connectionString: native.url, max: 16 },
  )
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue('operation.wake', { policy: 'standard', retryLimit: 0, notify: true })
  await boss.createQueue('bench', { policy: 'standard' })
  await boss.createQueue('bench_exclusive', { policy: 'exclusive' })
  return boss
}
