import { type Kysely, sql } from 'kysely'

/**
 * Which transaction wrote an audit record, and which others it could see. Clocks cannot tell whether a
 * run had already ended when a start joined it, for a transaction's time is when it began; these can.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_records
      add column written_by xid8 not null default pg_current_xact_id(),
      add column seen pg_snapshot not null default pg_current_snapshot()`.execute(db)
}
