import { sql } from 'kysely'
import { at, bringBack, type Operation, type PlayedRole, pauseOf } from '../model.ts'
import { kindOfStep, pick } from '../step.ts'

/*
 * What people change under the feet of starts and workers. Each step turns something to its opposite, or
 * to what it is told.
 */

/** A connection is disabled, or enabled again. */
export const toggleConnection = kindOfStep('toggleConnection', (place: number) => ({
  possible: () => true,
  async play({ connections }, { connections: ids, world }) {
    const connection = at(connections, place)
    connection.enabled = !connection.enabled
    await world.database.db
      .updateTable('provider_connections')
      .set({ is_enabled: connection.enabled })
      .where('id', '=', at(ids, place))
      .execute()
  },
}))

/** Another connection becomes the default of its tenant, or none is any more. */
export const chooseDefault = kindOfStep('chooseDefault', (place: number, isDefault: boolean) => ({
  possible: () => true,
  async play({ connections }, real) {
    const { tenant } = at(connections, place)
    for (const one of connections) if (one.tenant === tenant) one.isDefault = false
    at(connections, place).isDefault = isDefault
    await real.world.database.db.transaction().execute(async (tx) => {
      const ofTenant = tx
        .updateTable('provider_connections')
        .where('tenant_id', '=', at(real.tenants, tenant).id)
      await ofTenant.set({ is_default: false }).where('is_default', '=', true).execute()
      if (isDefault)
        await ofTenant.set({ is_default: true }).where('id', '=', at(real.connections, place)).execute()
    })
  },
}))

/** A connection gets a new credential, and Microsoft's patience back. */
export const renew = kindOfStep('renew', (number: number) => ({
  possible: ({ connections }) => connections.some(isWorn),
  async play({ connections }, real) {
    const connection = pick(connections.filter(isWorn), number)
    Object.assign(connection, { throttled: false, rejected: false })
    const id = at(real.connections, connections.indexOf(connection))
    const { db } = real.world.database
    await db.updateTable('provider_connections').set({ throttled_until: null }).where('id', '=', id).execute()
    await db.updateTable('credentials').set({ rejected_at: null }).where('connection_id', '=', id).execute()
  },
}))

const isWorn = ({ rejected, throttled }: { rejected: boolean; throttled: boolean }) => rejected || throttled

/** An operation is paused in a workspace, or the pause is lifted. */
export const togglePause = kindOfStep('togglePause', (workspace: number, operation: Operation) => ({
  possible: () => true,
  async play({ paused }, real) {
    const { db } = real.world.database
    const workspace_id = at(real.workspaces, workspace)
    const pause = pauseOf(workspace, operation)
    if (paused.delete(pause))
      await db
        .updateTable('operational_controls')
        .set({ lifted_at: sql`now()` })
        .where('workspace_id', '=', workspace_id)
        .where('operation', '=', operation)
        .execute()
    else {
      paused.add(pause)
      await db
        .insertInto('operational_controls')
        .values({ operation, workspace_id, why: 'outage', author_name: 'Olga' })
        .execute()
    }
  },
}))

/** A tenant is frozen, or thawed. */
export const toggleFreeze = kindOfStep('toggleFreeze', (place: number) => ({
  possible: () => true,
  async play({ tenants }, real) {
    const { db } = real.world.database
    const tenant_id = at(real.tenants, place).id
    const tenant = at(tenants, place)
    tenant.frozen = !tenant.frozen
    if (tenant.frozen)
      await db
        .insertInto('freeze_windows')
        .values({ tenant_id, why: 'audit week', author_name: 'Olga' })
        .execute()
    else
      await db
        .updateTable('freeze_windows')
        .set({ lifted_at: sql`now()` })
        .where('tenant_id', '=', tenant_id)
        .execute()
  },
}))

/** A tenant is archived, or comes back. */
export const toggleArchive = kindOfStep('toggleArchive', (place: number) => ({
  possible: () => true,
  async play(model, real) {
    const tenant = at(model.tenants, place)
    if (tenant.archived) bringBack(model, place)
    else tenant.archived = true
    await real.world.database.db
      .updateTable('tenants')
      .set(
        tenant.archived
          ? { state: 'archived', archived_at: sql`now()` }
          : { state: 'active', archived_at: null },
      )
      .where('id', '=', at(real.tenants, place).id)
      .execute()
  },
}))

/** Somebody joins a workspace, gets another role, or leaves (null). */
export const giveRole = kindOfStep(
  'giveRole',
  (person: number, workspace: number, role: PlayedRole | null) => ({
    possible: ({ roles }) => roles[person]?.[workspace] !== role,
    async play({ roles }, real) {
      const ofPerson = at(roles, person)
      const was = ofPerson[workspace]
      ofPerson[workspace] = role
      const user_id = at(real.people, person).userId
      const workspace_id = at(real.workspaces, workspace)
      const { db } = real.world.database
      if (role && was)
        await db
          .updateTable('workspace_memberships')
          .set({ role })
          .where('user_id', '=', user_id)
          .where('workspace_id', '=', workspace_id)
          .execute()
      else if (role)
        await db.insertInto('workspace_memberships').values({ user_id, workspace_id, role }).execute()
      else
        await db
          .deleteFrom('workspace_memberships')
          .where('user_id', '=', user_id)
          .where('workspace_id', '=', workspace_id)
          .execute()
    },
  }),
)
