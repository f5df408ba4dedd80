import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { HolderSigns } from './holder.tsx'

/** The signs of life of a run that an answer names; undefined for whoever may not see which one it is. */
export async function signsOfHolder(
  db: Db,
  actor: PersonalActor,
  runId: number,
): Promise<HolderSigns | undefined> {
  const { rows } = await sql<HolderSigns>`
    select r.heartbeat_at as "heartbeatAt", r.progress_done as done, r.progress_total as total,
      case when r.status = 'queued' and r.wake_at > now() then r.wake_at end as "waitsUntil"
    from operation_runs r join tenants t on t.id = r.tenant_id ${wayTo(actor)}
    where r.id = ${runId} and ${reaches}`.execute(db)
  return rows[0]
}
