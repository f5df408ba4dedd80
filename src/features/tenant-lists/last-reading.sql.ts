import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { Counts } from '../../engine/runs/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** The sync that last read something up to its end, or what it was let read of it. */
export interface Reading {
  /** Null once the operation was removed. */
  readonly runId: number | null
  readonly at: Date
  readonly counts: Counts
  /** Something was left out; the list's remark says what. */
  readonly isPartial?: boolean
  /** So long ago that what it left may no longer be so. */
  readonly isOld: boolean
}

/** After so many days a view counts as old; Microsoft keeps a link to changes for as long. */
export const OLD_AFTER_DAYS = 7

/** The sync of a kind that last read up to its end in a tenant, if only in part; null before the first one. */
export async function lastReading(
  db: Db,
  tenantId: TenantId,
  operation: OperationCode,
): Promise<Reading | null> {
  const run = await db
    .selectFrom('operation_runs')
    .select(['id', 'finished_at', 'counts', 'outcome'])
    .select(sql<SqlBool>`finished_at < now() - make_interval(days => ${OLD_AFTER_DAYS})`.as('is_old'))
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', operation)
    .where('outcome', 'in', ['succeeded', 'partially_succeeded'])
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!run?.finished_at) return null
  return {
    runId: run.id,
    at: run.finished_at,
    counts: run.counts ?? {},
    isPartial: run.outcome === 'partially_succeeded',
    isOld: run.is_old === true,
  }
}
