import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** The sync that last read something up to its end. */
export interface Reading {
  readonly runId: number
  readonly at: Date
  /** How many entries it added, changed or found gone. */
  readonly changes: number
}

/** The sync of a kind that last read up to its end in a tenant; null before the first one. */
export async function lastReading(
  db: Db,
  tenantId: TenantId,
  operation: OperationCode,
): Promise<Reading | null> {
  const run = await db
    .selectFrom('operation_runs')
    .select(['id', 'finished_at', 'counts'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', operation)
    .where('outcome', '=', 'succeeded')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!run?.finished_at) return null
  const { changed = 0, created = 0, gone = 0 } = run.counts ?? {}
  return { runId: run.id, at: run.finished_at, changes: changed + created + gone }
}
