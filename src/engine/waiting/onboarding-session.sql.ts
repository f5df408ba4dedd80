import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'

/** An onboarding session as a change finds it, with the version that the change gives it. */
export interface TouchedSession {
  readonly id: number
  readonly workspaceId: number
  readonly tenantId: number | null
  readonly connectionId: number | null
  readonly state: 'open' | 'completed' | 'cancelled'
  readonly version: number
}

/**
 * Takes a session for a change, which gives it its next version; nobody else changes it until the transaction ends.
 * Undefined when it is not in the version that the change was made for; without a version, any will do.
 */
export async function touchSession(
  tx: Db,
  sessionId: number,
  actor: PersonalActor,
  expected: number | null,
): Promise<TouchedSession | undefined> {
  const { rows } = await sql<TouchedSession>`
    update onboarding_sessions set changed_by_name = ${actor.name}
    where id = ${sessionId} and (${expected}::bigint is null or version = ${expected})
    returning id, workspace_id as "workspaceId", tenant_id as "tenantId", connection_id as "connectionId",
      state, version`.execute(tx)
  return rows[0]
}

/** Something that somebody did with an onboarding session. */
export interface SessionDeed {
  readonly actor: PersonalActor
  /** "onboarding.connect" */
  readonly action: string
  /** Never a secret. */
  readonly facts: object
  readonly correlationId: string
}

/** Records what was done with a session, and which version it has since. */
export const recordSessionDeed = (
  tx: Db,
  session: Pick<TouchedSession, 'id' | 'workspaceId' | 'tenantId' | 'version'>,
  { action, actor, correlationId, facts }: SessionDeed,
) =>
  tx
    .insertInto('audit_records')
    .values({
      workspace_id: session.workspaceId,
      tenant_id: session.tenantId,
      actor_kind: actor.kind,
      actor_id: actor.userId,
      actor_name: actor.name,
      action,
      target_kind: 'onboarding_session',
      target_id: String(session.id),
      outcome: 'done',
      facts: jsonb({ ...facts, version: session.version }),
      correlation_id: correlationId,
    })
    .execute()
