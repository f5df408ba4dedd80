import { type Kysely, sql } from 'kysely'

/**
 * Half a million groups are written row by row. Whether one has changed is told by its raw facts, which the
 * database compares as well as a hash that had to be made of each.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table directory_groups drop column content_hash`.execute(db)
  /* Retention still finds by it whether a run stands behind what is shown, and it costs next to nothing to keep. */
  await sql`drop index groups_last_seen`.execute(db)
  await sql`
    create index groups_last_seen on directory_groups using brin (tenant_id, last_seen_run_id)
      with (pages_per_range = 16)`.execute(db)
}
