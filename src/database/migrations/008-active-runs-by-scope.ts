import { type Kysely, sql } from 'kysely'

/**
 * With an index on the status alone, the planner reads every active run of the installation to find the
 * one of a scope, because it expects a handful; a start then costs the more the more is under way. The
 * unique index on the scope of active runs answers all of it: one scope, or all that is active.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index runs_active`.execute(db)
}
