import { sql } from 'kysely'
import type { Db } from '../../src/database/index.ts'

/** So many rows in one statement, as a sync would take more of them. */
const AT_ONCE = 50_000

/**
 * Gives a tenant so many groups, numbered in their names: one in seven of a city, one in fifty a distribution list, one
 * in five hundred dynamic, one in twenty changed since, one in four hundred gone, and ten mail-enabled. What is drawn
 * is drawn from the number, so that it is the same every time and follows no order.
 */
export async function fillGroups(db: Db, tenantId: number, count: number): Promise<void> {
  for (let from = 1; from <= count; from += AT_ONCE)
    await sql`
      insert into directory_groups (tenant_id, group_id, display_name, mail, kind, membership_rule, raw, full_sync,
        last_seen_run_id, first_seen_at, changed_at, gone_since, gone_how)
      select ${tenantId}, md5(n::text)::uuid::text,
        (array['Sales', 'Team', 'SG', 'Devices', 'License', 'App', 'Project', 'Branch'])[1 + draw % 8] || ' '
          || (array['Berlin', 'Paris', 'Oslo', 'Rome', 'Madrid', 'Vienna', 'Zurich'])[1 + draw / 8 % 7] || ' '
          || lpad(n::text, 7, '0'),
        case when draw % 3 = 0 then 'group' || n || '@contoso.example' end,
        case when n <= 10 then 'mail_enabled_security' when draw / 56 % 50 = 0 then 'distribution'
          when draw % 3 = 0 then 'microsoft_365' else 'security' end,
        case when draw / 56 % 500 = 1 then '(user.city -eq "Oslo")' end,
        jsonb_build_object('id', md5(n::text)::uuid, 'displayName', 'x', 'visibility', 'Private',
          'description', repeat('x', 120)),
        1, 1, now() - (n / 1000) * interval '1 minute',
        case when draw / 56 % 20 = 2 then now() - (draw % 100000) * interval '1 second' end,
        case when draw / 56 % 400 = 3 then now() end, case when draw / 56 % 400 = 3 then 'deleted' end
      from (select n, abs(hashtext(n::text)) as draw
        from generate_series(${from}::int, ${Math.min(count, from + AT_ONCE - 1)}::int) n) drawn`.execute(db)
}

/** What a tenant's list of groups looks like to the planner once the server's own housekeeping has been there. */
export const settle = (db: Db) => sql`vacuum analyze directory_groups`.execute(db)

/** The name and the change in the middle of a tenant's list, where somebody who turns pages comes by. */
export async function middleOf(db: Db, tenantId: number) {
  const { rows } = await sql<{ name: string; changed: string; id: string }>`
    select percentile_disc(0.5) within group (order by lower(display_name) collate "C") as name,
      percentile_disc(0.5) within group (order by changed_at) :: text as changed,
      percentile_disc(0.5) within group (order by group_id) as id
    from directory_groups where tenant_id = ${tenantId} and gone_since is null`.execute(db)
  if (!rows[0]) throw new Error('The tenant has no groups')
  return rows[0]
}
