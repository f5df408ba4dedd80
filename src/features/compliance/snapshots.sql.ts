import { type SqlBool, sql } from 'kysely'
import { type Db, jsonb } from '../../database/index.ts'
import type { ComplianceState, ComplianceSummary, DeviceSystem } from '../../graph/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import type { DevicesReading } from './save-devices.sql.ts'
import { countStates, type Shelf, STATES, type Standing, type StateCounts } from './states.ts'

/** How the devices of a tenant stood when they were last all read. */
export interface Snapshot {
  readonly id: number
  /** Null once the operation was removed. */
  readonly runId: number | null
  readonly at: Date
  readonly devices: number
  readonly states: StateCounts
  /** Devices that had not reached Intune for thirty days. */
  readonly silent: number
  /** Microsoft's own counts; null where they could not be read. */
  readonly summary: ComplianceSummary | null
}

/** How many devices of a tenant stand where; kept by the writes, so that nobody counts. */
export async function standingOf(db: Db, tenantId: TenantId): Promise<Standing[]> {
  const rows = await db
    .selectFrom('compliance_device_counts')
    .select(['shelf', 'system', 'is_silent as isSilent', 'devices'])
    .where('tenant_id', '=', tenantId)
    .where('devices', '>', 0)
    .execute()
  return rows.map((row) => ({ ...row, shelf: row.shelf as Shelf, system: row.system as DeviceSystem }))
}

/** Keeps what the devices come to now, with what Microsoft counted itself. */
export async function saveSnapshot(
  tx: Db,
  { runId, tenantId }: DevicesReading,
  summary: ComplianceSummary | null,
): Promise<void> {
  const { silent, states } = countStates(await standingOf(tx, tenantId))
  await tx
    .insertInto('compliance_snapshots')
    .values({ tenant_id: tenantId, run_id: runId, summary: summary && jsonb(summary), ...states, silent })
    .execute()
}

const COLUMNS = ['id', 'run_id', 'observed_at', 'summary', 'silent', 'devices', ...STATES] as const

type Row = { readonly [State in ComplianceState]: number } & {
  readonly id: number
  readonly run_id: number | null
  readonly observed_at: Date
  readonly summary: unknown
  readonly silent: number
  readonly devices: number
}

/** The newest snapshot of a tenant; null before the first. */
export async function newestSnapshot(
  db: Db,
  tenantId: TenantId,
): Promise<(Snapshot & { readonly isOld: boolean }) | null> {
  const row = await db
    .selectFrom('compliance_snapshots')
    .select(COLUMNS)
    .select(sql<SqlBool>`observed_at < now() - make_interval(days => ${OLD_AFTER_DAYS})`.as('is_old'))
    .where('tenant_id', '=', tenantId)
    .orderBy('observed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...snapshotOf(row), isOld: row.is_old === true } : null
}

/** After so many days a view counts as old, as every list of a tenant has it. */
const OLD_AFTER_DAYS = 7

/** So many snapshots are told at most; a year has fewer days. */
const MOST_SNAPSHOTS = 400

/**
 * The snapshots of a tenant of the last so many days, oldest first: all of them, or of every day in a time zone the
 * last one; where there are too many, the newest.
 */
export async function snapshotsOf(
  db: Db,
  tenantId: TenantId,
  { days, zone }: { readonly days: number; readonly zone: string | null },
): Promise<Snapshot[]> {
  const day = zone === null ? sql`observed_at` : sql`(observed_at at time zone ${zone})::date`
  const { rows } = await sql<Row>`
    select distinct on (day) ${sql.join(COLUMNS.map((name) => sql.ref(name)))}, ${day} as day
    from compliance_snapshots
    where tenant_id = ${tenantId} and observed_at > now() - make_interval(days => ${days})
    order by day desc, observed_at desc limit ${MOST_SNAPSHOTS}`.execute(db)
  return rows.map(snapshotOf).reverse()
}

/** The last snapshot that was taken at least so many days before another; null where there is none. */
export async function snapshotBefore(
  db: Db,
  tenantId: TenantId,
  { at }: Pick<Snapshot, 'at'>,
  days: number,
): Promise<Snapshot | null> {
  const row = await db
    .selectFrom('compliance_snapshots')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('observed_at', '<=', sql<Date>`${at}::timestamptz - make_interval(days => ${days})`)
    .orderBy('observed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? snapshotOf(row) : null
}

const snapshotOf = (row: Row): Snapshot => ({
  id: row.id,
  runId: row.run_id,
  at: row.observed_at,
  devices: row.devices,
  silent: row.silent,
  summary: row.summary as ComplianceSummary | null,
  states: {
    noncompliant: row.noncompliant,
    in_grace_period: row.in_grace_period,
    unknown: row.unknown,
    error: row.error,
    conflict: row.conflict,
    config_manager: row.config_manager,
    other: row.other,
    compliant: row.compliant,
  },
})
