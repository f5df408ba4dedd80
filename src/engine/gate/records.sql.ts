import { sql } from 'kysely'
import { personBehind } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import type { StartAsk } from './ask.ts'
import type { StartGround } from './facts.sql.ts'

/** Records that somebody who sees a tenant tried to start what he may not. */
export const recordForbidden = (db: Db, ask: StartAsk, ground: StartGround) =>
  db
    .insertInto('audit_records')
    .values({
      ...auditedBy(ask),
      workspace_id: ground.tenant.workspaceId,
      tenant_id: ground.tenant.id,
      outcome: 'forbidden',
      facts: jsonb({ role: ground.role, surface: ask.surface }),
    })
    .execute()

type FaultyAsk = Pick<StartAsk, 'actor' | 'correlationId' | 'operation' | 'surface'>

/** Records that a start could not be decided; nothing was started. */
export const recordFault = (db: Db, ask: FaultyAsk, fault: string) =>
  db
    .insertInto('audit_records')
    .values({ ...auditedBy(ask), outcome: 'undecided', facts: jsonb({ fault, surface: ask.surface }) })
    .execute()

const auditedBy = ({ actor, correlationId, operation }: FaultyAsk) => ({
  actor_kind: actor.kind,
  actor_id: personBehind(actor).userId,
  actor_name: personBehind(actor).name,
  action: 'operation.start',
  target_kind: 'operation',
  target_id: operation.slice(0, 100),
  correlation_id: correlationId,
})

/** Drops a kept answer that is a day old, so that its key may be used again. */
export const forgetExpiredAnswer = (db: Db, userId: string, key: string) =>
  db
    .deleteFrom('idempotency_keys')
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .where('created_at', '<=', new Date(Date.now() - 86_400_000))
    .execute()

/** Drops every kept answer that is older than a day. */
export const forgetOldAnswers = (db: Db) =>
  db
    .deleteFrom('idempotency_keys')
    .where('created_at', '<=', new Date(Date.now() - 86_400_000))
    .execute()

/** Whether a waiting start is still in its line, and nobody before it who may be tried. */
export async function isFirstInLine(db: Db, waitingStartId: number): Promise<boolean> {
  const mine = db.selectFrom('waiting_starts').select('scope_key').where('id', '=', waitingStartId)
  const first = await db
    .selectFrom('waiting_starts')
    .select('id')
    .where('scope_key', '=', mine)
    .where('state', '=', 'waiting')
    .where(sql<boolean>`waiting_start_may_go(onboarding_session_id, position)`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return first?.id === waitingStartId
}
