import { sql } from 'kysely'
import { personBehind } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import { definitionOf } from '../catalog/index.ts'
import type { Placing } from './line.sql.ts'

/**
 * Where the same work waits already: its number, or null. Whoever asks is remembered as one who wants to know when
 * nothing comes of it, unless it is their own. It is held meanwhile, so it cannot end without telling them.
 */
export async function followSame(db: Db, asked: Omit<Placing, 'holderId'>): Promise<number | null> {
  const { actor } = asked
  const person = personBehind(actor)
  const isOfConnection = definitionOf(asked.operation).identity === 'connection'
  const { rows } = await sql<{ id: number }>`
    with same as (
      select id, person_id from waiting_starts
      where tenant_id = ${asked.tenantId} and onboarding_session_id is null and state = 'waiting' and operation = ${asked.operation}
        and selection = ${jsonb(asked.selection)}
        and ${isOfConnection ? sql`provider_connection_id = ${asked.connectionId}` : sql`true`}
      for share
    ),
    follower as (
      insert into waiting_start_followers (waiting_start_id, person_id)
      select id, ${person.userId} from same where person_id is distinct from ${person.userId}
      on conflict do nothing
      returning waiting_start_id
    ),
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome, facts,
        correlation_id
      )
      select ${asked.workspaceId}::bigint, ${asked.tenantId}::bigint, ${actor.kind}, ${person.userId}::text,
        ${person.name}::text, 'waiting_start.follow', 'waiting_start', waiting_start_id::text, 'done',
        ${jsonb({ operation: asked.operation })}, ${asked.correlationId}
      from follower
    )
    select id from same`.execute(db)
  return rows[0]?.id ?? null
}
