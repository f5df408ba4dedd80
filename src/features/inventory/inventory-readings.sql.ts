import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { POLICY_TYPES, type PolicyType } from '../../engine/catalog/index.ts'
import { parseReason, type Reason } from '../../engine/reasons/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { wasReadAfter } from '../provider-reads/index.ts'
import { OLD_AFTER_DAYS, type Reading } from '../tenant-lists/index.ts'

/** How the reading of one type stands. */
export interface TypeReading {
  readonly type: PolicyType
  /** When it was last read to its end; null where it never was. */
  readonly readAt: Date | null
  readonly isOld: boolean
  readonly isRefused: boolean
  /** Why a later run could not read it; null as well for a reason that is no longer known. */
  readonly refused: Reason | null
}

/** The readings of every type, in the order of the catalog. */
export async function typeReadings(db: Db, tenantId: TenantId): Promise<TypeReading[]> {
  const rows = await db
    .selectFrom('inventory_readings')
    .select(['type', 'read_at', 'refused_run_id', 'refused_reason'])
    .select(sql<SqlBool>`read_at < now() - make_interval(days => ${OLD_AFTER_DAYS})`.as('is_old'))
    .where('tenant_id', '=', tenantId)
    .execute()
  return POLICY_TYPES.map((type) => {
    const row = rows.find((one) => one.type === type)
    const isRefused = row !== undefined && row.refused_run_id !== null
    return {
      type,
      readAt: row?.read_at ?? null,
      isOld: row?.is_old === true,
      isRefused,
      refused: isRefused ? parseReason(row.refused_reason) : null,
    }
  })
}

/**
 * The reading that the whole inventory stands on: as old as its oldest type, and in part where a type was refused or
 * never read; null before any was read. What was found is told of the last run that read a type and has ended.
 */
export async function inventoryReading(db: Db, tenantId: TenantId): Promise<Reading | null> {
  const readings = await typeReadings(db, tenantId)
  const read = readings.flatMap(({ readAt }) => (readAt ? [readAt] : []))
  const [at] = read.toSorted((a, b) => a.getTime() - b.getTime())
  if (!at) return null
  const run = await lastRun(db, tenantId)
  return {
    runId: run?.id ?? null,
    at,
    counts: run?.counts ?? {},
    isPartial: readings.some(({ isRefused, readAt }) => isRefused || readAt === null),
    isOld: readings.some(({ isOld }) => isOld),
  }
}

const lastRun = (db: Db, tenantId: TenantId) =>
  db
    .selectFrom('operation_runs as r')
    .innerJoin('inventory_readings as i', 'i.read_run_id', 'r.id')
    .select(['r.id', 'r.counts'])
    .where('i.tenant_id', '=', tenantId)
    .where('r.finished_at', 'is not', null)
    .orderBy('r.finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whether a run wrote policies after the oldest reading and came to no end: some are newer than the others then. */
export async function wasReadFurther(db: Db, tenantId: TenantId): Promise<boolean> {
  const reading = await inventoryReading(db, tenantId)
  return reading !== null && wasReadAfter(db, tenantId, 'inventory.sync', reading.at)
}
