import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'

/** One ended run, told to the person who started it; or a start that waited and came to no run, to who asked for it. */
export interface NotificationRow {
  readonly id: number
  readonly about:
    | { readonly kind: 'run'; readonly id: number }
    | { readonly kind: 'waiting_start'; readonly id: number; readonly cancelledBy: string | null }
  readonly read_at: Date | null
  readonly created_at: Date
  readonly operation: OperationCode
  readonly outcome: 'succeeded' | 'partially_succeeded' | 'blocked' | 'failed' | 'cancelled'
  readonly reason: unknown
  readonly tenant_name: string
}

/** Which notifications are wanted, newest first. */
export interface NotificationChoice {
  readonly show: 'all' | 'unread'
  readonly limit: number
  /** Only what is older than this one; without it the newest. */
  readonly before?: number | null
  /** Only what is newer than this one, for the way back. */
  readonly after?: number | null
}

/** Notifications of a person about what they may still see; for a key, of its workspace. */
export async function notificationsOf(
  db: Db,
  actor: PersonalActor,
  { after = null, before = null, limit, show }: NotificationChoice,
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select * from (
      select n.id, n.read_at, n.created_at, t.name as tenant_name,
        case when n.run_id is not null then json_build_object('kind', 'run', 'id', n.run_id)
          else json_build_object('kind', 'waiting_start', 'id', w.id, 'cancelledBy', w.cancelled_by) end as about,
        coalesce(r.operation, w.operation) as operation,
        coalesce(r.outcome, case w.state when 'cancelled' then 'cancelled' else 'blocked' end) as outcome,
        coalesce(r.reason, w.reason, (select b.reason from operation_runs b where b.id = w.run_id)) as reason
      from notifications n
      ${toldOf(actor)}
      where n.user_id = ${actor.userId} and ${reaches}
        ${show === 'unread' ? sql`and n.read_at is null` : sql``}
        and (${before}::bigint is null or n.id < ${before})
        and (${after}::bigint is null or n.id > ${after})
      order by n.id ${after === null ? sql`desc` : sql`asc`} limit ${limit}
    ) page order by id desc`.execute(db)
  return rows
}

/** Marks one notification of a person as read, or all up to one of them, or all; for a key, of its workspace. */
export const markRead = (
  db: Db,
  actor: PersonalActor,
  { id = null, until = null }: { id?: number | null; until?: number | null },
) =>
  sql`
    update notifications n set read_at = now()
    from notifications m ${toldOf(actor, 'm')}
    where m.id = n.id and n.user_id = ${actor.userId} and n.read_at is null and ${reaches}
      and (${id}::bigint is null or n.id = ${id})
      and (${until}::bigint is null or n.id <= ${until})`.execute(db)

/** Marks one notification of a person as unread again; for a key, of its workspace. */
export const markUnread = (db: Db, actor: PersonalActor, id: number) =>
  sql`
    update notifications n set read_at = null
    from notifications m ${toldOf(actor, 'm')}
    where m.id = n.id and n.user_id = ${actor.userId} and ${reaches} and n.id = ${id}`.execute(db)

/** What a notification is about, a run `r` or a waiting start `w`, and its tenant `t` by the actor's way to it. */
const toldOf = (actor: PersonalActor, notification = 'n') => sql`
  left join operation_runs r on r.id = ${sql.ref(`${notification}.run_id`)}
  left join waiting_starts w on w.id = ${sql.ref(`${notification}.waiting_start_id`)}
  join tenants t on t.id = coalesce(r.tenant_id, w.tenant_id)
  ${wayTo(actor)}`
