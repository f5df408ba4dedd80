import { sql } from 'kysely'
import { type Db, jsonb } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import type { Kept } from './retention.ts'

/** Every workspace of the installation. */
export async function everyWorkspace(db: Db): Promise<WorkspaceId[]> {
  const rows = await db.selectFrom('workspaces').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id as WorkspaceId)
}

/**
 * Removes ended operations that were kept long enough, oldest first, at most so many; answers how many. What a
 * page still stands on stays: the last success of its kind in a tenant, the last check of a connection, the run
 * that saw what is shown of a directory, what the order of a bootstrap that is not over stands on. Reports, notifications and waiting starts go with their operation, and waiting
 * starts that ended without one as late.
 */
export async function removeOldOperations(db: Db, workspaceId: WorkspaceId, most: number): Promise<number> {
  const { rows } = await sql`
    with due as (
      select id, now() - make_interval(days => operations_kept_days) as until from workspaces
      where id = ${workspaceId}
    ),
    old as (
      select r.id from operation_runs r join due on due.id = r.workspace_id
      where r.status = 'completed' and r.finished_at < due.until
        and coalesce(r.last_tried_at, r.finished_at) < due.until
        and not exists (
          select from provider_connections c where c.tenant_id = r.tenant_id and c.last_check_run_id = r.id)
        and not exists (
          select from directory_role_definitions d where d.tenant_id = r.tenant_id and d.last_seen_run_id = r.id)
        and not exists (
          select from directory_groups g where g.tenant_id = r.tenant_id and g.last_seen_run_id = r.id)
        and not exists (
          select from inventory_items i where i.tenant_id = r.tenant_id and i.last_seen_run_id = r.id)
        and not exists (select from waiting_starts w where w.run_id = r.id and ${isStoodOn})
        and (r.outcome not in ('succeeded', 'partially_succeeded') or exists (
          select from operation_runs n
          where n.tenant_id = r.tenant_id and n.operation = r.operation
            and n.outcome in ('succeeded', 'partially_succeeded')
            and (n.finished_at, n.id) > (r.finished_at, r.id)))
      order by r.finished_at limit ${most} for update of r skip locked
    ),
    ended_without as (
      delete from waiting_starts w using due
      where w.workspace_id = due.id and w.run_id is null and w.ended_at < due.until
        and not ${isStoodOn}
    ),
    noted as (
      update workspaces w set operations_removed_until = greatest(w.operations_removed_until, due.until)
      from due where w.id = due.id and exists (select from old)
    )
    delete from operation_runs r using old where r.id = old.id and r.status = 'completed' returning r.id`.execute(
    db,
  )
  return rows.length
}

/** Whether a waiting start `w` is a step of a bootstrap that may go on: without it the others would start by themselves. */
const isStoodOn = sql`(w.state <> 'cancelled' and exists (
  select from onboarding_sessions s
  where s.id = w.onboarding_session_id and (s.state = 'open' or (s.state = 'completed' and exists (
    select from waiting_starts e
    where e.onboarding_session_id = s.id and (
      e.state = 'waiting' or (e.state in ('started', 'joined', 'refused') and not ended_well(e.run_id))))))))`

/** Removes notifications that were kept long enough, read or not, at most so many; answers how many. */
export async function removeOldNotifications(
  db: Db,
  workspaceId: WorkspaceId,
  most: number,
): Promise<number> {
  const { rows } = await sql`
    with due as (
      select id, now() - make_interval(days => notifications_kept_days) as until from workspaces
      where id = ${workspaceId}
    ),
    old as (
      select n.id from notifications n
      left join operation_runs r on r.id = n.run_id
      left join waiting_starts s on s.id = n.waiting_start_id
      join due on due.id = coalesce(r.workspace_id, s.workspace_id)
      where n.created_at < due.until
      order by n.created_at limit ${most}
    ),
    noted as (
      update workspaces w set notifications_removed_until = greatest(w.notifications_removed_until, due.until)
      from due where w.id = due.id and exists (select from old)
    )
    delete from notifications n using old where n.id = old.id returning n.id`.execute(db)
  return rows.length
}

/**
 * Removes groups, role definitions, policies and devices that have been gone for long enough, at most so many of each; answers how many.
 * An archived tenant keeps what was last seen of it, what was gone then included. The counts that the removal lowers are
 * locked before the groups: a sync that writes a page locks both, and must not be waited for with groups in hand.
 */
export async function removeGone(db: Db, workspaceId: WorkspaceId, most: number): Promise<number> {
  const { rows } = await sql`
    with due as (
      select t.id as tenant_id, now() - make_interval(days => w.directory_kept_days) as until
      from workspaces w join tenants t on t.workspace_id = w.id
      where w.id = ${workspaceId} and t.state <> 'archived'
    ),
    counted as materialized (
      select c.tenant_id, due.until from directory_group_counts c join due using (tenant_id)
      where c.shelf = 'gone' and c.groups > 0 order by c.tenant_id for update of c
    ),
    groups as (
      select g.tenant_id, g.group_id from counted join directory_groups g using (tenant_id)
      where g.gone_since < counted.until limit ${most} for update of g skip locked
    ),
    removed_groups as (
      delete from directory_groups g using groups o
      where g.tenant_id = o.tenant_id and g.group_id = o.group_id returning 1
    ),
    definitions as (
      select d.tenant_id, d.role_definition_id from directory_role_definitions d join due using (tenant_id)
      where d.gone_since < due.until limit ${most} for update of d skip locked
    ),
    removed_definitions as (
      delete from directory_role_definitions d using definitions o
      where d.tenant_id = o.tenant_id and d.role_definition_id = o.role_definition_id returning 1
    ),
    policies as (
      select i.tenant_id, i.item_id from inventory_items i join due using (tenant_id)
      where i.gone_since < due.until limit ${most} for update of i skip locked
    ),
    removed_policies as (
      delete from inventory_items i using policies o
      where i.tenant_id = o.tenant_id and i.item_id = o.item_id returning 1
    ),
    counted_devices as materialized (
      select c.tenant_id, c.system, due.until from compliance_device_counts c join due using (tenant_id)
      where c.shelf = 'gone' and c.devices > 0 order by c.tenant_id, c.system for update of c
    ),
    devices as (
      select d.tenant_id, d.device_id from compliance_devices d
      join (select distinct tenant_id, until from counted_devices) c using (tenant_id)
      where d.gone_since < c.until limit ${most} for update of d skip locked
    ),
    removed_devices as (
      delete from compliance_devices d using devices o
      where d.tenant_id = o.tenant_id and d.device_id = o.device_id returning 1
    )
    select from removed_groups union all select from removed_definitions union all select from removed_policies
    union all select from removed_devices`.execute(db)
  return rows.length
}

/**
 * Removes compliance snapshots and what became of the states of devices, where both were kept long enough, at most so
 * many of each; answers how many. The newest snapshot of a tenant stays, as the page stands on it, and all of an
 * archived tenant.
 */
export async function removeOldCompliance(db: Db, workspaceId: WorkspaceId, most: number): Promise<number> {
  const { rows } = await sql`
    with due as (
      select t.id as tenant_id, now() - make_interval(days => w.compliance_kept_days) as until
      from workspaces w join tenants t on t.workspace_id = w.id
      where w.id = ${workspaceId} and t.state <> 'archived'
    ),
    snapshots as (
      select s.id from compliance_snapshots s join due using (tenant_id)
      where s.observed_at < due.until and exists (
        select from compliance_snapshots n
        where n.tenant_id = s.tenant_id and (n.observed_at, n.id) > (s.observed_at, s.id))
      order by s.observed_at limit ${most} for update of s skip locked
    ),
    removed_snapshots as (
      delete from compliance_snapshots s using snapshots o where s.id = o.id returning 1
    ),
    changes as (
      select c.tenant_id, c.device_id, c.observed_at from compliance_changes c join due using (tenant_id)
      where c.observed_at < due.until limit ${most} for update of c skip locked
    ),
    removed_changes as (
      delete from compliance_changes c using changes o
      where (c.tenant_id, c.device_id, c.observed_at) = (o.tenant_id, o.device_id, o.observed_at) returning 1
    )
    select from removed_snapshots union all select from removed_changes`.execute(db)
  return rows.length
}

/** How long a record is kept that belongs to no workspace, such as a fault before one was known; in days. */
const KEPT_WITHOUT_WORKSPACE = 730

/**
 * Removes audit records that were kept long enough, at most so many; answers how many. A record of an operation
 * that is still there stays with it. The trigger lets these through because the transaction says what it is.
 */
export const removeOldAudit = (db: Db, workspaceId: WorkspaceId | null, most: number): Promise<number> =>
  db.transaction().execute(async (tx) => {
    await sql`select set_config('tenantpilot.retention', 'on', true)`.execute(tx)
    const { rows } = await sql`
      with old as (
        select a.id from audit_records a
        where a.workspace_id is not distinct from ${workspaceId}::bigint
          and a.at < now() - make_interval(days => coalesce(
            (select audit_kept_days from workspaces where id = ${workspaceId}), ${KEPT_WITHOUT_WORKSPACE}))
          and not exists (select from operation_runs r where r.id = a.run_id)
        order by a.at limit ${most}
      )
      delete from audit_records a using old where a.id = old.id returning a.id`.execute(tx)
    return rows.length
  })

/** Records what retention removed. */
export const recordRemoval = (db: Db, workspaceId: WorkspaceId | null, counts: Record<Kept, number>) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: workspaceId,
      actor_kind: 'system',
      action: 'retention.carry_out',
      target_kind: 'workspace',
      target_id: workspaceId === null ? null : String(workspaceId),
      outcome: 'done',
      facts: jsonb(counts),
    })
    .execute()
