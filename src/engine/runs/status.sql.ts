import { sql } from 'kysely'

/*
 * The status of a run that is looked up by its id, as a parameter and never as a constant: with a
 * constant the planner takes the index of all active runs, of which it expects a handful, and walks
 * through every one of them to find an id.
 */
export const isQueued = sql`status = ${'queued'}::text`
export const isRunning = sql`status = ${'running'}::text`
export const isActive = sql`status in (${'queued'}::text, ${'running'}::text)`
