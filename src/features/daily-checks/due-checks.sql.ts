import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** The minute of the day (UTC) at which a tenant's daily check is due: the same every day, spread over all of them. */
const minuteOf = sql`(('x' || left(md5(t.id::text), 7))::bit(28)::int % 1440)`

/**
 * The ready tenants whose daily check has come due and was not asked for since, those that wait longest first.
 * Nobody is at work in them: a start would only be told to wait.
 */
export async function tenantsDue(db: Db, limit: number): Promise<TenantId[]> {
  const { rows } = await sql<{ id: TenantId }>`
    with today as (
      select t.id, t.scope_key, t.created_at,
        date_trunc('day', now(), 'UTC') + ${minuteOf} * interval '1 minute' as slot
      from tenants t
      where t.state = 'active' and t.conflicted_at is null
    ),
    newest as (
      select id, scope_key, created_at, slot - case when slot > now() then interval '1 day' else '0' end as slot from today
    )
    select n.id from newest n
    join provider_connections c on c.tenant_id = n.id and c.is_default and c.is_enabled
      and c.consent_status = 'granted'
    left join credentials cr on cr.connection_id = c.id and cr.slot = 'in_use'
    where n.created_at < n.slot
      and (c.connection_type = 'platform'
        or (cr.rejected_at is null and cr.id is not null and (cr.expires_at is null or cr.expires_at > now())))
      and not exists (
        select from operation_runs a where a.scope_key = n.scope_key and a.status in ('queued', 'running'))
      and coalesce((
        select r.created_at from operation_runs r
        where r.tenant_id = n.id and r.operation = 'provider.connection.check' order by r.id desc limit 1
      ), '-infinity') < n.slot
    order by n.slot, n.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
