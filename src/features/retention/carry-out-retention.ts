import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import {
  everyWorkspace,
  recordRemoval,
  removeGone,
  removeOldAudit,
  removeOldCompliance,
  removeOldNotifications,
  removeOldOperations,
} from './retention.sql.ts'
import type { Removed } from './retention.ts'

/** How a round is bounded: rows in one statement, and statements for one kind in one workspace. */
export interface RetentionBatches {
  readonly rows: number
  readonly most: number
}

/** Half a million rows of a kind in a night; what is left waits for the next one. */
const BATCHES: RetentionBatches = { rows: 500, most: 1000 }

/**
 * Removes what every workspace has kept long enough, in small commits, and records how much. It stops between two
 * of them when it is told to; running it twice, or in two processes at once, removes nothing more.
 */
export async function carryOutRetention(
  db: Db,
  signal: AbortSignal,
  batches: RetentionBatches = BATCHES,
): Promise<Removed[]> {
  const removed: Removed[] = []
  for (const workspaceId of [...(await everyWorkspace(db)), null]) {
    if (signal.aborted) break
    const counts = await removeFrom(db, workspaceId, signal, batches)
    if (Object.values(counts).every((count) => count === 0)) continue
    await recordRemoval(db, workspaceId, counts)
    removed.push({ workspaceId, counts })
  }
  return removed
}

async function removeFrom(
  db: Db,
  workspaceId: WorkspaceId | null,
  signal: AbortSignal,
  batches: RetentionBatches,
) {
  const all = (remove: (most: number) => Promise<number>) => inBatches(remove, signal, batches)
  return {
    notifications:
      workspaceId === null ? 0 : await all((most) => removeOldNotifications(db, workspaceId, most)),
    // What is gone goes before the operations that told of it.
    directory: workspaceId === null ? 0 : await all((most) => removeGone(db, workspaceId, most)),
    compliance: workspaceId === null ? 0 : await all((most) => removeOldCompliance(db, workspaceId, most)),
    operations: workspaceId === null ? 0 : await all((most) => removeOldOperations(db, workspaceId, most)),
    audit: await all((most) => removeOldAudit(db, workspaceId, most)),
  }
}

async function inBatches(
  remove: (most: number) => Promise<number>,
  signal: AbortSignal,
  { most, rows }: RetentionBatches,
): Promise<number> {
  let total = 0
  for (let batch = 0; batch < most && !signal.aborted; batch++) {
    const count = await remove(rows)
    total += count
    if (count < rows) break
  }
  return total
}
