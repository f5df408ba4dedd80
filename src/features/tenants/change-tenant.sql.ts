import { type RawBuilder, sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { wakeWaitingOf } from '../../engine/runs/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import type { Called } from './new-tenant.ts'

/** Who changes a tenant, for the record. */
export interface By {
  readonly actor: PersonalActor
  readonly correlationId: string
}

/** Calls a tenant something else, with its audit record; nothing is written when nothing differs. */
export const renameTenant = (db: Db, tenantId: TenantId, by: By, { domain, name }: Called) =>
  change(db, tenantId, by, {
    action: 'tenant.update',
    set: sql`name = ${name}, domain = ${domain}`,
    when: sql`(t.name, t.domain) is distinct from (${name}::text, ${domain}::text)`,
    facts: sql`jsonb_build_object('before', jsonb_build_object('name', was.name, 'domain', was.domain),
      'after', jsonb_build_object('name', t.name, 'domain', t.domain))`,
  })

/** Archives a tenant, with its audit record, and wakes what waits there; an archived one stays as it is. */
export const archiveTenant = (db: Db, tenantId: TenantId, by: By, runId: number | null) =>
  db.transaction().execute(async (tx) => {
    await change(tx, tenantId, by, {
      action: 'tenant.archive',
      set: sql`state = 'archived', archived_at = now()`,
      when: sql`t.state <> 'archived'`,
      facts: sql`jsonb_build_object('from', was.state, 'active', ${runId}::bigint)`,
    })
    await wakeWaitingOf(tx, tenantId)
  })

/** Brings a tenant back to what it was, with its audit record; one that is not archived stays as it is. */
export const reactivateTenant = (db: Db, tenantId: TenantId, by: By) =>
  change(db, tenantId, by, {
    action: 'tenant.reactivate',
    set: sql`state = coalesce(t.archived_from, 'active'), archived_at = null`,
    when: sql`t.state = 'archived'`,
    facts: sql`jsonb_build_object('to', t.state, 'proven', t.proven_at is not null)`,
  })

interface Change {
  readonly action: string
  readonly set: RawBuilder<unknown>
  readonly when: RawBuilder<unknown>
  /** Of the tenant `t` as it is now and `was` before. */
  readonly facts: RawBuilder<unknown>
}

async function change(
  db: Db,
  tenantId: TenantId,
  { actor, correlationId }: By,
  { action, facts, set, when }: Change,
): Promise<void> {
  await sql`
    with was as (select id, name, domain, state from tenants where id = ${tenantId} for no key update),
    changed as (
      update tenants t set ${set} from was where t.id = was.id and ${when}
      returning t.id, t.workspace_id, ${facts} as facts
    )
    insert into audit_records (
      workspace_id, tenant_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome, facts,
      correlation_id
    )
    select workspace_id, id, ${actor.kind}, ${actor.userId}, ${actor.name}, ${action}, 'tenant', id::text, 'done',
      facts, ${correlationId}
    from changed`.execute(db)
}
