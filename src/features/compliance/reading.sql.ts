import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { wasReadAfter } from '../provider-reads/index.ts'
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

/** The last run of a tenant that tried to read its devices and has ended; undefined where none did. */
export const lastTry = (db: Db, tenantId: TenantId) =>
  db
    .selectFrom('operation_runs')
    .select(['id as runId', 'outcome', 'reason', 'counts', 'finished_at as at'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', 'compliance.snapshot')
    .where('status', '=', 'completed')
    .where('outcome', '<>', 'blocked')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export type LastTry = NonNullable<Awaited<ReturnType<typeof lastTry>>>

/** Whether a run wrote devices after the newest snapshot and came to no end: some are newer than the others then. */
export async function wasReadFurther(db: Db, tenantId: TenantId): Promise<boolean> {
  const snapshot = await newestSnapshot(db, tenantId)
  return wasReadAfter(db, tenantId, 'compliance.snapshot', snapshot?.at ?? null)
}
