import type { Db } from '../../database/index.ts'
import type { PolicyType } from '../../engine/catalog/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** The types that the last run that tried could not read, why, and when each was last read to its end. */
export const refusedReadings = (db: Db, tenantId: TenantId) =>
  db
    .selectFrom('inventory_readings')
    .select(['refused_reason as reason', 'read_at'])
    .select((e) => [e.ref('type').$castTo<PolicyType>().as('type')])
    .where('tenant_id', '=', tenantId)
    .where('refused_run_id', 'is not', null)
    .orderBy('type')
    .execute()
