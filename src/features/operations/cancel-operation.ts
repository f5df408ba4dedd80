import { type PersonalActor, roleMay } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { type Cancelled, cancelRun } from '../../engine/runs/index.ts'
import { type RunDetail, recordRunAction } from './operations.sql.ts'

/** Stops an operation on behalf of somebody who may, and records that it was asked for. */
export async function cancelOperation(
  db: Db,
  run: RunDetail,
  actor: PersonalActor,
  correlationId: string,
): Promise<Cancelled | 'forbidden'> {
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
    const became = await cancelRun(tx, run.id, actor.name)
    await record(became, tx)
    return became
  })
}
