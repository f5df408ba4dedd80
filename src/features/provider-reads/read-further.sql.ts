import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** Whether a run wrote what it read, came to no end, and ended after a moment: some is newer than the rest then. */
export async function wasReadAfter(
  db: Db,
  tenantId: TenantId,
  operation: OperationCode,
  at: Date | null,
): Promise<boolean> {
  const run = await db
    .selectFrom('operation_runs')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', operation)
    .where('outcome', 'in', ['failed', 'cancelled'])
    .where(sql<SqlBool>`(counts ->> 'seen')::bigint > 0`)
    .where('finished_at', '>', at ?? new Date(0))
    .limit(1)
    .executeTakeFirst()
  return run !== undefined
}
