import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world.close())

  const ready = async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    return { workspace, operator, tenant: await world.readyTenant(workspace) }
  }
  const count = async (table: string, where = 'true') => {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from ${sql.table(table)} where ${sql.raw(where)}`.execute(world.database.db)
    return rows[0]?.n
  }

  test('a ready tenant takes a start: run, wake-up and audit record in one commit', async () => {
    const { operator, tenant } = await ready()

    const answer = await world.start(operator, tenant, SYNC)

    expect(answer).toMatchObject({
      kind: 'decided',
      outcome: { kind: 'accepted', run: { status: 'queued' } },
    })
    const id = answer.kind === 'decided' ? answer.outcome.run.id : 0
    expect(
      await count('operation_runs', `id = ${id} and provider_connection_id = ${tenant.connectionId}`),
    ).toBe(1)
    expect(await count('pgboss.job', `(data->>'runId')::bigint = ${id}`)).toBe(1)
    expect(await count('audit_records', `run_id = ${id} and outcome = 'accepted'`)).toBe(1)
  })

  test('a second start of the same sync joins the run already under way', async () => {
    const { operator, tenant } = await ready()
    const first = await world.start(operator, tenant, SYNC)

    const second = await world.start(operator, tenant, SYNC)

    expect(second).toMatchObject({ outcome: { kind: 'deduped', reason: { code: 'already_running' } } })
    expect(second).toMatchObject({
      outcome: { run: { id: first.kind === 'decided' && first.outcome.run.id } },
    })
  })

  test('different work in the same directory is told who holds the scope', async () => {
    const { operator, tenant } = await ready()
    await world.start(operator, tenant, SYNC)

    const other = await world.start(operator, tenant, CHECK)

    expect(other).toMatchObject({
      outcome: {
        kind: 'scope_busy',
        reason: { code: 'scope_busy', holder: { operation: SYNC, initiatorName: 'operator One' } },
      },
    })
  })

  test('a blocked start is recorded once, counted, and never queued', async () => {
    const { operator, workspace } = await ready()
    const tenant = await world.tenant(workspace)

    const first = await world.start(operator, tenant, SYNC)
    const second = await world.start(operator, tenant, SYNC)

    expect(first).toMatchObject({
      outcome: {
        kind: 'blocked',
        reason: { code: 'provider_connection_missing' },
        run: { status: 'completed', tries: 1 },
      },
    })
    expect(second).toMatchObject({ outcome: { run: { tries: 2 } } })
    expect(await count('operation_runs', `tenant_id = ${tenant.id}`)).toBe(1)
    expect(await count('notifications', `user_id = '${operator.userId}'`)).toBe(0)
  })

  test('whoever does not belong to the workspace learns nothing, not even that the tenant exists', async () => {
    const { tenant } = await ready()
    const outsider = await world.person(await world.workspace('Fabrikam IT'), 'owner')

    expect(await world.start(outsider, tenant, SYNC)).toEqual({ kind: 'invisible' })
  })

  test('a reader is refused, and the refusal is audited', async () => {
    const { tenant, workspace } = await ready()
    const reader = await world.person(workspace, 'readonly')

    expect(await world.start(reader, tenant, SYNC)).toEqual({ kind: 'forbidden' })
    expect(await count('audit_records', `actor_id = '${reader.userId}' and outcome = 'forbidden'`)).toBe(1)
  })

  test('the same key gives the same answer again, and another body under it is refused', async () => {
    const { operator, tenant } = await ready()
    const idempotency = { key: `k-${tenant.id}`, requestHash: 'a' }

    const first = await world.start(operator, tenant, SYNC, { idempotency })
    const again = await world.start(operator, tenant, SYNC, { idempotency })
    const other = await world.start(operator, tenant, SYNC, {
      idempotency: { ...idempotency, requestHash: 'b' },
    })

    expect(again).toEqual(first)
    expect(other).toEqual({ kind: 'key_reused' })
    expect(await count('audit_records', `tenant_id = ${tenant.id}`)).toBe(1)
  })

  test('raw SQL cannot put a second active run on a scope', async () => {
    const { operator, tenant } = await ready()
    await world.start(operator, tenant, SYNC)

    const second = sql`
      insert into operation_runs (workspace_id, tenant_id, operation, status, directory_id, scope_key, identity,
        provider_connection_id, admitted_at)
      select workspace_id, tenant_id, operation, 'queued', directory_id, scope_key, 'another',
        provider_connection_id, now() from operation_runs where tenant_id = ${tenant.id}`.execute(
      world.database.db,
    )

    await expect(second).rejects.toThrow(/runs_one_active_per_scope/)
  })
})
