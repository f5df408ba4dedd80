import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'

/** Something that has changed; ids only. */
export interface Change {
  readonly kind: 'operation' | 'waiting_start'
  readonly id: number
  /** The directory id of its tenant. */
  readonly tenant: string
  /** The transaction that changed it. */
  readonly by: string
}

/** What a look came to. */
export interface Look {
  /** Everything that was changed by an older transaction was seen by this look, or by one before it. */
  readonly position: string
  /** Who the person is here and how far they reach, as a digest; null when signed out, elsewhere, or no member. */
  readonly standing: string | null
  readonly changes: readonly Change[]
  /** So much has changed in the workspace that it was not looked through. */
  readonly isMuch: boolean
}

/** Beyond so many changes it is told that much has changed, and not what. */
const MOST_TOLD = 200

/**
 * What has changed in a workspace since a position, as far as somebody may see it now, and whether they still may.
 * Without a position only where things stand. A transaction that is still under way keeps the position back, so that
 * nothing it changes is passed over; what was told since then is told again.
 */
export async function lookSince(
  db: Db,
  workspaceId: WorkspaceId,
  { actor, position, sessionId }: { actor: PersonalActor; sessionId: string; position: string | null },
): Promise<Look> {
  const { rows } = await sql<Look>`
    with standing as (
      select md5(concat_ws(' ', m.role, m.reach, (
        select string_agg(concat_ws(' ', tm.tenant_id, tm.role), ',' order by tm.tenant_id)
        from tenant_memberships tm where tm.membership_id = m.id))) as digest
      from sessions s join workspace_memberships m on m.user_id = s.user_id
      where s.id = ${sessionId} and s.user_id = ${actor.userId} and s.expires_at > now()
        and m.workspace_id = ${workspaceId} and coalesce(s.workspace_id, ${workspaceId}) = ${workspaceId}
    ),
    recent as (
      (select 'operation' as kind, id, tenant_id, changed_by from operation_runs
        where workspace_id = ${workspaceId} and changed_by >= ${position}::xid8
        order by changed_by limit ${MOST_TOLD + 1})
      union all
      (select 'waiting_start', id, tenant_id, changed_by from waiting_starts
        where workspace_id = ${workspaceId} and changed_by >= ${position}::xid8
        order by changed_by limit ${MOST_TOLD + 1})
    ),
    changed as (
      select c.kind, c.id, t.directory_id as tenant, c.changed_by::text as by
      from recent c join tenants t on t.id = c.tenant_id ${wayTo(actor)}
      where ${reaches} and exists (select from standing)
    )
    select pg_snapshot_xmin(pg_current_snapshot())::text as position,
      (select digest from standing) as standing,
      (select coalesce(json_agg(c), '[]') from changed c) as changes,
      (select count(*) from recent) > ${MOST_TOLD} as "isMuch"`.execute(db)
  return rows[0] ?? { position: '0', standing: null, changes: [], isMuch: false }
}
