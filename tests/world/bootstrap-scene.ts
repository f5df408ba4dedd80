import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { PersonalActor } from '../../src/access/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { type Gate, start } from '../../src/engine/gate/index.ts'
import {
  advance,
  type BootstrapAnswer,
  type BootstrapAsk,
  startBootstrap,
  stepsOf,
} from '../../src/engine/waiting/index.ts'
import { type WorkResult, workOn } from '../../src/engine/worker/index.ts'
import { type SeededTenant, startAsk } from './start-ask.ts'
import { SUCCEEDED, workerOf } from './workers.ts'
import type { World } from './world-on.ts'

export const ROLES = 'directory.role_definitions.sync'
export const GROUPS = 'directory.groups.sync'
export const INVENTORY = 'inventory.sync'
export const COMPLIANCE = 'compliance.snapshot'

/** What a run may come to that is not good enough for the next step. */
export const FAILED: WorkResult = {
  ending: { outcome: 'failed', counts: {}, reason: { code: 'provider_unreachable' }, failures: [] },
}

/** An onboarding session whose tenant is connected and could start everything, and two people who manage it. */
export async function bootstrapScene(world: World) {
  const { db } = world.database
  const workspaceId = await world.workspace()
  const ada = await world.person(workspaceId, 'manager', 'Ada')
  const ben = await world.person(workspaceId, 'manager', 'Ben')
  const tenant = await world.tenant(workspaceId, { state: 'onboarding' })
  const connectionId = await world.connection(tenant)
  const sessionId = await openSession(world, { ...tenant, connectionId }, ada)
  const ask = (
    actor: PersonalActor,
    operations: readonly OperationCode[],
    { gate = world.gate, ...change }: Partial<BootstrapAsk> & { gate?: Gate } = {},
  ): Promise<BootstrapAnswer> =>
    startBootstrap(gate, {
      actor,
      sessionId,
      tenantId: tenant.id,
      connectionId,
      operations,
      sourceSurface: null,
      idempotency: null,
      expectedVersion: null,
      correlationId: randomUUID(),
      stillHolds: async () => true,
      report: (fault) => {
        throw fault
      },
      ...change,
    })
  const scope = async () =>
    (await db.selectFrom('tenants').select('scope_key').where('id', '=', tenant.id).executeTakeFirstOrThrow())
      .scope_key
  return {
    db,
    workspaceId,
    ada,
    ben,
    tenant: { ...tenant, connectionId },
    sessionId,
    ask,
    scope,
    /** Every step with its state, in order; one that is held back with what it came to. */
    steps: async () =>
      (await stepsOf(db, sessionId)).map(({ operation, run, state }) =>
        [operation, state, ...(state === 'pending' && run ? [run.outcome] : [])].join(' '),
      ),
    /** What is at work in the tenant; at most one ever is. */
    atWork: async () =>
      (
        await sql<{ id: number; operation: string; initiator: string | null }>`
          select id, operation, initiator_name as initiator from operation_runs
          where tenant_id = ${tenant.id} and status in ('queued', 'running')`.execute(db)
      ).rows[0],
    /** Lets a worker carry out a run, to this end. */
    finish: (runId: number | undefined, result: WorkResult = SUCCEEDED) =>
      workOn(
        workerOf(world, async () => result),
        runId ?? 0,
      ),
    /** The job that the end of a run sends. */
    advance: async (gate: Gate = world.gate) => advance(gate, await scope()),
  }
}

/** An open session of a tenant, with the connection that it has chosen, if any. */
export async function openSession(
  { database: { db } }: World,
  tenant: { readonly id: number; readonly workspaceId: number; readonly connectionId?: number },
  { name, userId }: PersonalActor,
): Promise<number> {
  const { id } = await db
    .insertInto('onboarding_sessions')
    .values({
      workspace_id: tenant.workspaceId,
      tenant_id: tenant.id,
      connection_id: tenant.connectionId ?? null,
      connected_at: tenant.connectionId === undefined ? null : sql`now()`,
      begun_by: userId,
      begun_by_name: name,
      changed_by_name: name,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** An open session whose connection a check has let in since it was chosen. */
export async function verifiedSession(
  world: World,
  tenant: SeededTenant & { readonly connectionId: number },
  person: PersonalActor,
): Promise<number> {
  const sessionId = await openSession(world, tenant, person)
  const answer = await start(world.gate, {
    ...startAsk(person, tenant, 'provider.connection.check'),
    parsed: { ok: true, input: { connectionId: tenant.connectionId, selection: {}, sourceSurface: null } },
  })
  const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0
  const observed = { verification: 'healthy' } as const
  await workOn(
    workerOf(world, async () => ({ ...SUCCEEDED, observed })),
    runId,
  )
  return sessionId
}
