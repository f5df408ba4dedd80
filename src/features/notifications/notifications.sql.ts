import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { UserId } from '../../kernel/index.ts'

/** One ended run, told to the person who started it. */
export interface NotificationRow {
  readonly id: number
  readonly run_id: number
  readonly read_at: Date | null
  readonly created_at: Date
  readonly operation: OperationCode
  readonly outcome: 'succeeded' | 'partially_succeeded' | 'blocked' | 'failed' | 'cancelled'
  readonly reason: unknown
  readonly tenant_name: string
}

/** A person's newest notifications about runs that they may still see. */
export async function notificationsOf(db: Db, userId: UserId, limit: number): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select n.id, n.run_id, n.read_at, n.created_at, r.operation, r.outcome, r.reason, t.name as tenant_name
    from notifications n
    join operation_runs r on r.id = n.run_id
    join tenants t on t.id = r.tenant_id
    join workspace_memberships wm on wm.workspace_id = t.workspace_id and wm.user_id = n.user_id
    left join tenant_memberships tm on tm.membership_id = wm.id and tm.tenant_id = t.id
    where n.user_id = ${userId} and (wm.reach = 'all' or tm.tenant_id is not null)
    order by n.id desc limit ${limit}`.execute(db)
  return rows
}

/** Marks one notification of a person as read, or all of them. */
export const markRead = (db: Db, userId: UserId, id: number | null) =>
  sql`
    update notifications set read_at = now()
    where user_id = ${userId} and read_at is null and (${id}::bigint is null or id = ${id})`.execute(db)
