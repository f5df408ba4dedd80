import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { ConnectionId, TenantId } from '../../kernel/index.ts'

/** So many of the newest reports are looked through, however many there are. */
const REPORTS = 100

/** When each permission was last seen granted by a check of a connection, by its name. */
export async function lastSeenGranted(
  db: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ permission: string; at: Date }>`
    with newest as (
      select checks, created_at from verification_reports
      where tenant_id = ${tenantId} and connection_id = ${connectionId} order by run_id desc limit ${REPORTS}
    )
    select c.value ->> 'permission' as permission, max(n.created_at) as at
    from newest n cross join lateral jsonb_array_elements(n.checks) c
    where c.value ->> 'subject' = 'permission' and c.value ->> 'status' = 'passed'
    group by 1`.execute(db)
  return new Map(rows.map(({ at, permission }) => [permission, at]))
}
