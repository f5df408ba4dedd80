import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'

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

/** A person's newest notifications about runs that they may still see; for a key, of its workspace. */
export async function notificationsOf(
  db: Db,
  actor: PersonalActor,
  limit: number,
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select n.id, n.run_id, n.read_at, n.created_at, r.operation, r.outcome, r.reason, t.name as tenant_name
    from notifications n
    join operation_runs r on r.id = n.run_id
    join tenants t on t.id = r.tenant_id
    ${wayTo(actor)}
    where n.user_id = ${actor.userId} and ${reaches}
    order by n.id desc limit ${limit}`.execute(db)
  return rows
}

/** Marks one notification of a person as read, or all of them; for a key, of its workspace. */
export const markRead = (db: Db, actor: PersonalActor, id: number | null) =>
  sql`
    update notifications n set read_at = now()
    from operation_runs r join tenants t on t.id = r.tenant_id ${wayTo(actor)}
    where r.id = n.run_id and n.user_id = ${actor.userId} and n.read_at is null and ${reaches}
      and (${id}::bigint is null or n.id = ${id})`.execute(db)
