import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import type { Reading } from '../tenant-lists/index.ts'
import { newestSnapshot } from './snapshots.sql.ts'

/** The snapshot that a tenant's devices were last all read for, with what it found; null before the first. */
export async function readingOf(db: Db, tenantId: TenantId): Promise<Reading | null> {
  const snapshot = await newestSnapshot(db, tenantId)
  if (!snapshot) return null
  const { at, isOld, runId } = snapshot
  const run =
    runId === null
      ? undefined
      : await db.selectFrom('operation_runs').select('counts').where('id', '=', runId).executeTakeFirst()
  return { runId, at, isOld, counts: run?.counts ?? {} }
}

/** Whether the newest of a tenant's runs that read devices came to no end after the last snapshot. */
export async function wasReadFurther(db: Db, tenantId: TenantId): Promise<boolean> {
  const run = await db
    .selectFrom('operation_runs')
    .select(['outcome', 'counts'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', 'compliance.snapshot')
    .where('status', '=', 'completed')
    .where('outcome', '<>', 'blocked')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (run?.outcome !== 'failed' && run?.outcome !== 'cancelled') return false
  return (run.counts?.seen ?? 0) > 0
}
