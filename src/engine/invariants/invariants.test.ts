import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { expectInvariants } from '../../../tests/world/invariants.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { workOn } from '../worker/index.ts'
import { checkInvariants } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

/** A database after ordinary work: a run that ended, one that is queued, joined starts, blocked ones. */
interface Lived {
  readonly ended: number
  readonly queued: number
  readonly blocked: number
}

const audited = (runId: number, change: Record<string, unknown>) => sql`
  insert into audit_records (workspace_id, tenant_id, actor_kind, action, outcome, run_id, facts, correlation_id, target_id)
  select workspace_id, tenant_id, 'system', 'operation.start', ${change.outcome ?? 'deduped'}, ${runId},
    coalesce(${change.facts ? JSON.stringify(change.facts) : null}::jsonb, facts), gen_random_uuid(), operation
  from audit_records cross join lateral (select 'planted' as operation) o
  where run_id = ${runId} and action = 'operation.start' order by id limit 1`

/** Somebody who has waited for an hour for what a run does, in a state and ended at a time. */
const waits = (runId: number, state: RawBuilder<unknown>, endedAt: RawBuilder<unknown>) => sql`
  insert into waiting_starts (workspace_id, tenant_id, person_name, operation, selection, provider_connection_id, scope_key, asked_at, state, ended_at, run_id, reason)
  select workspace_id, tenant_id, 'Ada', operation, selection, provider_connection_id, scope_key, now() - interval '1 hour', ${state}, ${endedAt},
    case when ${state} = 'started' then id end, case when ${state} = 'refused' then '{}'::jsonb end
  from operation_runs where id = ${runId}`

/** What somebody with raw SQL and the constraints out of the way could leave behind, and how it is found. */
const OFFENCES: readonly (readonly [
  code: string,
  what: string,
  says: RegExp,
  (lived: Lived) => RawBuilder<unknown>[],
])[] = [
  [
    'I1',
    'a scope that two runs hold',
    /is held by runs/,
    ({ queued }) => [
      sql`drop index runs_one_active_per_scope`,
      sql`insert into operation_runs (workspace_id, tenant_id, operation, status, directory_id, scope_key, identity, provider_connection_id, admitted_at)
        select workspace_id, tenant_id, operation, status, directory_id, scope_key, identity, provider_connection_id, admitted_at
        from operation_runs where id = ${queued}`,
    ],
  ],
  [
    'I1',
    'an index that is gone',
    /missing or switched off/,
    () => [sql`drop index runs_one_active_per_scope`],
  ],
  [
    'I1',
    'a run that holds somebody else’s scope',
    /which is not its tenant's/,
    ({ queued }) => [
      sql`update operation_runs set scope_key = 'microsoft:directory:another' where id = ${queued}`,
    ],
  ],
  [
    'I2',
    'a run that became another operation',
    /is not the directory.role_definitions.sync that was admitted/,
    ({ queued }) => [sql`update operation_runs set operation = 'policy.backup' where id = ${queued}`],
  ],
  [
    'I4',
    'a start that was told of another run than it was decided on',
    /was decided on another/,
    ({ queued }) => [audited(queued, { facts: { facts: { identity: 'x', active: { runId: 1 } } } })],
  ],
  [
    'I5',
    'a connection whose changes nobody would notice',
    /connections_version is missing or switched off/,
    () => [sql`alter table provider_connections disable trigger connections_version`],
  ],
  [
    'I7',
    'a word to somebody who did not start it',
    /told somebody who did not start it/,
    ({ ended }) => [
      sql`insert into users (id, name, email) values ('other', 'Other', 'other@contoso.example')`,
      sql`update notifications set user_id = 'other' where run_id = ${ended}`,
    ],
  ],
  [
    'I2',
    'a run whose admission was recorded at another time',
    /no admission record of its own commit/,
    ({ queued }) => [
      sql`update operation_runs set admitted_at = admitted_at + interval '1 second' where id = ${queued}`,
    ],
  ],
  [
    'I2',
    'an admission without its run',
    /its run \d+ is not there/,
    ({ queued }) => [sql`delete from operation_runs where id = ${queued}`],
  ],
  [
    'I2',
    'a queued run that nobody will be woken for',
    /nobody will be woken/,
    ({ queued }) => [
      sql`delete from pgboss.job`,
      sql`update operation_runs set created_at = created_at - interval '1 day' where id = ${queued}`,
    ],
  ],
  [
    'I3',
    'a run that was accepted twice',
    /was accepted 2 times/,
    ({ queued }) => [audited(queued, { outcome: 'accepted' })],
  ],
  [
    'I4',
    'a start that was told of a run that had ended',
    /which had ended/,
    ({ ended }) => [audited(ended, {})],
  ],
  [
    'I4',
    'a start that was told of a run that was blocked at birth',
    /which was never admitted/,
    ({ blocked }) => [audited(blocked, {})],
  ],
  [
    'I4',
    'a start that was told that another’s run was its own',
    /which is for another identity/,
    ({ queued }) => [
      audited(queued, { facts: { facts: { identity: 'something else', active: { runId: queued } } } }),
    ],
  ],
  [
    'I5',
    'a run that changed its connection',
    /was decided on/,
    ({ queued }) => [
      sql`with another as (
          insert into provider_connections (workspace_id, tenant_id, directory_id, client_id, label)
          select workspace_id, tenant_id, directory_id, gen_random_uuid(), 'Another app' from operation_runs where id = ${queued}
          returning id)
        select id from another`,
      sql`update operation_runs r set provider_connection_id = c.id from provider_connections c
        where r.id = ${queued} and c.tenant_id = r.tenant_id and c.label = 'Another app'`,
    ],
  ],
  [
    'I6',
    'an active run that nobody started',
    /without ever having been accepted/,
    ({ ended }) => [
      sql`insert into operation_runs (workspace_id, tenant_id, operation, status, directory_id, scope_key, identity, provider_connection_id, admitted_at)
        select workspace_id, tenant_id, operation, 'queued', directory_id, scope_key, identity, provider_connection_id, now()
        from operation_runs where id = ${ended}`,
    ],
  ],
  [
    'I7',
    'an attempt without a token of its own',
    /began attempt 9 under token/,
    ({ queued }) => [sql`update operation_runs set attempt = 9 where id = ${queued}`],
  ],
  [
    'I7',
    'an end that its record does not tell',
    /and its record says succeeded/,
    ({ ended }) => [
      sql`alter table operation_runs disable trigger runs_completed_stays`,
      sql`update operation_runs set outcome = 'failed', reason = '{"code": "internal_error"}' where id = ${ended}`,
    ],
  ],
  [
    'I7',
    'an end that nobody was told of',
    /its initiator was not told/,
    ({ ended }) => [sql`delete from notifications where run_id = ${ended}`],
  ],
  [
    'I7',
    'a word about a run that goes on',
    /told somebody, and is queued/,
    ({ queued }) => [
      sql`insert into notifications (user_id, run_id) select initiator_id, id from operation_runs where id = ${queued}`,
    ],
  ],
  [
    'I8',
    'a success over a failed item',
    /succeeded with failed items/,
    ({ ended }) => [
      sql`alter table operation_runs drop constraint runs_succeeded_without_failures`,
      sql`alter table operation_runs disable trigger runs_completed_stays`,
      sql`update operation_runs set counts = '{"failed": 1}' where id = ${ended}`,
    ],
  ],
  [
    'I9',
    'a blocked start that left no record',
    /was blocked 2 times, with 1 records/,
    ({ blocked }) => [sql`update operation_runs set tries = 2 where id = ${blocked}`],
  ],
  [
    'I9',
    'a decision that was recorded twice',
    /records of one decision/,
    ({ blocked }) => [
      sql`insert into audit_records (workspace_id, tenant_id, actor_kind, action, target_id, outcome, run_id, facts, correlation_id)
        select workspace_id, tenant_id, actor_kind, action, target_id, outcome, run_id, facts, correlation_id
        from audit_records where run_id = ${blocked}`,
    ],
  ],
  [
    'I9',
    'a decision that its facts do not give',
    /and its facts say/,
    ({ blocked }) => [
      sql`alter table audit_records disable trigger audit_is_append_only`,
      sql`update audit_records set facts = (select facts from audit_records where outcome = 'accepted' limit 1) where run_id = ${blocked}`,
    ],
  ],
  [
    'I11',
    'a start that waits for nobody',
    /waits for the scope .*, which nobody holds/,
    ({ blocked }) => [waits(blocked, sql`'waiting'`, sql`null`)],
  ],
  [
    'I11',
    'a waiting start that names a run without a decision of its own',
    /is started, with 0 decisions that say so/,
    ({ ended }) => [waits(ended, sql`'started'`, sql`now()`)],
  ],
  [
    'I11',
    'a waiting start that was given up without a word',
    /no record says that it was given up/,
    ({ ended }) => [waits(ended, sql`'refused'`, sql`now()`)],
  ],
  [
    'I11',
    'two waiting starts that one run came of',
    /was started by 2 waiting starts/,
    ({ ended }) => [waits(ended, sql`'started'`, sql`now()`), waits(ended, sql`'started'`, sql`now()`)],
  ],
  [
    'I11',
    'somebody who was overtaken',
    /which had asked before/,
    ({ ended }) => [waits(ended, sql`'waiting'`, sql`null`), waits(ended, sql`'started'`, sql`now()`)],
  ],
]

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  let lived: Lived
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
    lived = await live(world)
  })
  afterAll(() => world.close())

  test('nothing is found after ordinary work', async () => {
    await expectInvariants(db)
  })

  test.each(OFFENCES)('%s: %s is found and named', async (code, _what, says, plant) => {
    const found = await inVain(db, async (tx) => {
      for (const statement of plant(lived)) await statement.execute(tx)
      return checkInvariants(tx)
    })

    const broken = found.filter(({ offences }) => offences.length > 0)
    expect(broken.map((invariant) => invariant.code)).toContain(code)
    const [invariant] = broken.filter((each) => each.code === code)
    expect(invariant?.offences.map((offence) => `${offence.row} ${offence.says}`).join('\n')).toMatch(says)
  })
})

async function live(world: World): Promise<Lived> {
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const [first, second] = [await world.readyTenant(workspace), await world.readyTenant(workspace)]
  const unready = await world.tenant(workspace)
  const runOf = async (...asked: Parameters<World['start']>) => {
    const answer = await world.start(...asked)
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return answer.outcome.run.id
  }
  const ended = await runOf(operator, first, SYNC)
  await runOf(operator, first, SYNC)
  await runOf(operator, first, CHECK)
  await workOn(
    workerOf(world, async () => SUCCEEDED),
    ended,
  )
  const queued = await runOf(operator, second, SYNC)
  await runOf(operator, second, SYNC)
  return { ended, queued, blocked: await runOf(operator, unready, SYNC) }
}

/** Does something in a transaction that is rolled back. */
async function inVain<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  await db
    .transaction()
    .execute(async (tx) => {
      result = { value: await work(tx) }
      throw new Error('in vain')
    })
    .catch((error: Error) => {
      if (error.message !== 'in vain') throw error
    })
  if (!result) throw new Error('Nothing came of it')
  return result.value
}
