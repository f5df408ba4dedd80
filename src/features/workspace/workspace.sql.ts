import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import type { Kept, Retention } from '../retention/index.ts'
import type { WorkspaceFacts } from './workspace-input.ts'

/** What a workspace is called, and for how long it keeps its records. */
export async function workspaceFacts(db: Db, workspaceId: WorkspaceId): Promise<WorkspaceFacts> {
  const row = await db
    .selectFrom('workspaces')
    .select([
      'name',
      'operations_kept_days',
      'audit_kept_days',
      'notifications_kept_days',
      'directory_kept_days',
      'compliance_kept_days',
    ])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  const { audit_kept_days: audit, notifications_kept_days: notifications } = row
  const { directory_kept_days: directory, operations_kept_days: operations } = row
  const { compliance_kept_days: compliance } = row
  return { name: row.name, kept: { operations, audit, notifications, directory, compliance } }
}

/** Changes a workspace with its audit record; nothing is written when nothing differs. */
export const saveWorkspace = (
  db: Db,
  workspaceId: WorkspaceId,
  { actor, correlationId }: { actor: PersonalActor; correlationId: string },
  { kept, name }: WorkspaceFacts,
) =>
  sql`
    with before as (
      select id, name, operations_kept_days, audit_kept_days, notifications_kept_days, directory_kept_days,
        compliance_kept_days
      from workspaces
      where id = ${workspaceId} for update
    ),
    changed as (
      update workspaces w set name = ${name}, operations_kept_days = ${kept.operations},
        audit_kept_days = ${kept.audit}, notifications_kept_days = ${kept.notifications},
        directory_kept_days = ${kept.directory}, compliance_kept_days = ${kept.compliance}
      from before b where w.id = b.id
        and (b.name, b.operations_kept_days, b.audit_kept_days, b.notifications_kept_days, b.directory_kept_days,
          b.compliance_kept_days)
          is distinct from (
            ${name}::text, ${kept.operations}::int, ${kept.audit}::int, ${kept.notifications}::int,
            ${kept.directory}::int, ${kept.compliance}::int)
      returning w.id, jsonb_build_object('name', b.name, 'kept', jsonb_build_object('operations',
        b.operations_kept_days, 'audit', b.audit_kept_days, 'notifications', b.notifications_kept_days, 'directory', b.directory_kept_days,
        'compliance', b.compliance_kept_days)) as was
    )
    insert into audit_records (
      workspace_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome, facts, correlation_id
    )
    select id, ${actor.kind}, ${actor.userId}, ${actor.name}, 'workspace.update', 'workspace', id::text, 'done',
      jsonb_build_object('before', was, 'after', ${jsonb({ name, kept })}), ${correlationId}
    from changed`.execute(db)

/** Beyond this nobody counts on. */
export const MOST_COUNTED = 10_000

/** How many records are older than they would be kept, at most `MOST_COUNTED` of each and one more. */
export async function olderThan(
  db: Db,
  workspaceId: WorkspaceId,
  { audit, compliance, directory, notifications, operations }: Retention,
): Promise<Readonly<Record<Kept, number>>> {
  const { rows } = await sql<Record<Kept, number>>`
    select
      (select count(*) from (
        select from operation_runs where workspace_id = ${workspaceId} and status = 'completed'
          and finished_at < now() - make_interval(days => ${operations}) limit ${MOST_COUNTED + 1}) o)::int as operations,
      (select count(*) from (
        select from audit_records where workspace_id = ${workspaceId}
          and at < now() - make_interval(days => ${audit}) limit ${MOST_COUNTED + 1}) a)::int as audit,
      (select count(*) from (
        select from notifications n join operation_runs r on r.id = n.run_id where r.workspace_id = ${workspaceId}
          and n.created_at < now() - make_interval(days => ${notifications}) limit ${MOST_COUNTED + 1}) n)::int
        as notifications,
      (select count(*) from (
        select from tenants t join directory_groups g on g.tenant_id = t.id
        where t.workspace_id = ${workspaceId} and t.state <> 'archived'
          and g.gone_since < now() - make_interval(days => ${directory}) limit ${MOST_COUNTED + 1}) g)::int
      + (select count(*) from (
        select from tenants t join directory_role_definitions d on d.tenant_id = t.id
        where t.workspace_id = ${workspaceId} and t.state <> 'archived'
          and d.gone_since < now() - make_interval(days => ${directory}) limit ${MOST_COUNTED + 1}) d)::int
      + (select count(*) from (
        select from tenants t join compliance_devices d on d.tenant_id = t.id
        where t.workspace_id = ${workspaceId} and t.state <> 'archived'
          and d.gone_since < now() - make_interval(days => ${directory}) limit ${MOST_COUNTED + 1}) d)::int
        as directory,
      (select count(*) from (
        select from tenants t join compliance_snapshots s on s.tenant_id = t.id
        where t.workspace_id = ${workspaceId} and t.state <> 'archived'
          and s.observed_at < now() - make_interval(days => ${compliance}) limit ${MOST_COUNTED + 1}) s)::int
        as compliance`.execute(db)
  return rows[0] ?? { operations: 0, audit: 0, notifications: 0, directory: 0, compliance: 0 }
}
