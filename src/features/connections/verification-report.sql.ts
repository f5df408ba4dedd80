import { sql } from 'kysely'
import { type Db, jsonb } from '../../database/index.ts'
import type { VerificationCheck } from './verification-report.ts'

/**
 * Keeps the report of a check. `changed_since` is when the connection's report last became a different
 * one; a report like the one before it keeps that time.
 */
export const saveReport = (
  tx: Db,
  run: { id: number; tenantId: number; connectionId: number },
  checks: readonly VerificationCheck[],
  fingerprint: string,
) =>
  sql`
    with previous as (
      select fingerprint, changed_since from verification_reports
      where connection_id = ${run.connectionId} and run_id <> ${run.id} order by run_id desc limit 1
    )
    insert into verification_reports (run_id, tenant_id, connection_id, checks, fingerprint, changed_since)
    values (${run.id}, ${run.tenantId}, ${run.connectionId}, ${jsonb(checks)}, ${fingerprint},
      coalesce((select changed_since from previous where previous.fingerprint = ${fingerprint}), now()))
    on conflict (run_id) do update set checks = excluded.checks, fingerprint = excluded.fingerprint`.execute(
    tx,
  )

/** Since when a tenant's directory is known to be another's (ISO 8601), as this transaction left it; or null. */
export async function conflictSince(tx: Db, tenantId: number): Promise<string | null> {
  const query = tx.selectFrom('tenants').select('conflicted_at').where('id', '=', tenantId)
  return (await query.executeTakeFirst())?.conflicted_at?.toISOString() ?? null
}

export interface VerificationReport {
  readonly runId: number
  readonly checks: VerificationCheck[]
  readonly fingerprint: string
  readonly changedSince: Date | null
  readonly createdAt: Date
}

/** The report that a run of this tenant made, or none. */
export async function reportOfRun(
  db: Db,
  tenantId: number,
  runId: number,
): Promise<VerificationReport | undefined> {
  return reports(db, tenantId).where('run_id', '=', runId).executeTakeFirst().then(shaped)
}

/** The newest report about a connection, or none. */
export async function newestReport(
  db: Db,
  tenantId: number,
  connectionId: number,
): Promise<VerificationReport | undefined> {
  const query = reports(db, tenantId).where('connection_id', '=', connectionId)
  return query.orderBy('run_id', 'desc').limit(1).executeTakeFirst().then(shaped)
}

const reports = (db: Db, tenantId: number) =>
  db
    .selectFrom('verification_reports')
    .select(['run_id', 'checks', 'fingerprint', 'changed_since', 'created_at'])
    .where('tenant_id', '=', tenantId)

interface ReportRow {
  run_id: number
  checks: unknown
  fingerprint: string
  changed_since: Date | null
  created_at: Date
}

const shaped = (row: ReportRow | undefined): VerificationReport | undefined =>
  row && {
    runId: row.run_id,
    checks: row.checks as VerificationCheck[],
    fingerprint: row.fingerprint,
    changedSince: row.changed_since,
    createdAt: row.created_at,
  }
