import { sql } from 'kysely'
import { expect } from 'vitest'
import { at, type Model, type ModelRun } from './model.ts'
import type { Real } from './real.ts'
import { NAMES } from './scene.ts'

/** Everything of a sequence's own workspaces that the model speaks about, as the database has it. */
async function observed({ connections, tenants, workspaces, world }: Real) {
  const { rows } = await sql<{
    runs: unknown[]
    tenants: unknown[]
    connections: unknown[]
    names: string[]
    forbidden: number
  }>`
    with run as (select * from operation_runs where workspace_id in (${sql.join(workspaces)})),
    record as (
      select run_id, count(*) filter (where action = 'operation.start') as starts,
        count(*) filter (where action = 'operation.finish') as finishes
      from audit_records where run_id in (select id from run) group by run_id
    ),
    job as (select (data ->> 'runId')::bigint as run_id, count(*) as wakes from pgboss.job group by 1)
    select
      (select coalesce(json_agg(json_build_object(
        'id', r.id, 'tenant', r.tenant_id, 'connection', r.provider_connection_id, 'initiator', r.initiator_id,
        'operation', r.operation, 'status', r.status, 'outcome', r.outcome, 'reason', r.reason ->> 'code',
        'attempt', r.attempt, 'token', r.fencing_token, 'wish', r.cancelled_by, 'tries', r.tries,
        'done', r.progress_done, 'admitted', r.admitted_at is not null,
        'waits', case when r.wake_at is null then 'no' when r.wake_at > now() then 'until later' else 'no longer' end,
        'wakeUps', coalesce(j.wakes, 0), 'starts', coalesce(a.starts, 0), 'finishes', coalesce(a.finishes, 0),
        'told', (select count(*) from notifications n where n.run_id = r.id)
      ) order by r.id), '[]') from run r left join record a on a.run_id = r.id left join job j on j.run_id = r.id) as runs,
      (select json_agg(json_build_object('proven', proven_at is not null,
          'conflicted', conflicted_at is not null, 'archived', state = 'archived') order by id)
        from tenants where id in (${sql.join(tenants.map(({ id }) => id))})) as tenants,
      (select json_agg(json_build_object('enabled', c.is_enabled, 'isDefault', c.is_default,
          'throttled', c.throttled_until is not null, 'rejected', k.rejected_at is not null) order by c.id)
        from provider_connections c join credentials k on k.connection_id = c.id
        where c.id in (${sql.join(connections)})) as connections,
      (select json_agg(name order by id) from workspaces where id in (${sql.join(workspaces)})) as names,
      (select count(*) from audit_records where workspace_id in (${sql.join(workspaces)})
        and outcome = 'forbidden') as forbidden`.execute(world.database.db)
  return rows[0]
}

function expected(model: Model, real: Real) {
  return {
    runs: [...model.runs].sort(([a], [b]) => a - b).map(([id, run]) => expectedRun(id, run, real)),
    tenants: model.tenants.map(({ archived, conflicted, proven }) => ({ proven, conflicted, archived })),
    connections: model.connections.map(({ tenant: _, ...seen }) => seen),
    names: model.written.map((runId, workspace) => nameWritten(runId, workspace)),
    forbidden: model.forbidden,
  }
}

const expectedRun = (id: number, run: ModelRun, real: Real) => ({
  id,
  tenant: at(real.tenants, run.tenant).id,
  connection: run.connection === null ? null : at(real.connections, run.connection),
  initiator: at(real.people, run.person).userId,
  operation: run.operation,
  status: run.phase,
  outcome: run.ended?.outcome ?? null,
  reason: run.ended?.reason ?? null,
  attempt: run.attempt,
  token: run.token,
  wish: run.wish,
  tries: run.admitted ? 1 : run.startsAnswered,
  done: run.done,
  admitted: run.admitted,
  waits: run.waits,
  wakeUps: run.wakeUps,
  starts: run.startsAnswered,
  /* An admitted run that has ended left one record of it and told its initiator once; nothing else did. */
  finishes: run.admitted && run.ended ? 1 : 0,
  told: run.admitted && run.ended ? 1 : 0,
})

/** The name that a workspace has after the work of a run was written, or at first. */
const nameWritten = (runId: number | null, workspace: number) =>
  runId === null ? at(['Contoso MSP', 'Fabrikam IT'], workspace) : `Written by ${runId}`

/** Fails unless the database says of this sequence exactly what the model says. */
export async function expectAgreement(model: Model, real: Real): Promise<void> {
  expect(await observed(real)).toEqual(expected(model, real))
}

export const nameOf = (person: number) => at(NAMES, person)
