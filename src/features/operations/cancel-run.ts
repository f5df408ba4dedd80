import { type PersonalActor, roleMay } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { endRun } from '../../engine/runs/index.ts'
import { type RunDetail, recordRunAction, requestCancel } from './operations.sql.ts'

/** What became of the wish to stop a run. */
export type Cancelled = 'cancelled' | 'stopping' | 'ended_before' | 'forbidden'

/**
 * Stops a run: a queued one ends at once; a running one is asked to stop, keeps its scope until its
 * worker confirms, and shows as stopping.
 */
export async function cancelRun(
  db: Db,
  run: RunDetail,
  actor: PersonalActor,
  correlationId: string,
): Promise<Cancelled> {
  const record = (outcome: string, tx: Db) =>
    recordRunAction(tx, run.tenant_id, {
      actor,
      workspaceId: run.workspaceId,
      runId: run.id,
      action: 'operation.cancel',
      outcome,
      correlationId,
    })
  if (!roleMay(run.role, 'tenant.operations.cancel')) {
    await record('forbidden', db)
    return 'forbidden'
  }
  return db.transaction().execute(async (tx) => {
    const reason = { code: 'run_cancelled', by: actor.name } as const
    const ended = await endRun(tx, run.id, { status: 'queued' }, { outcome: 'cancelled', reason })
    const asked = ended || (await requestCancel(tx, run.tenant_id, run.id, actor.name))
    const became = ended ? 'cancelled' : asked ? 'stopping' : 'ended_before'
    await record(became, tx)
    return became
  })
}
