import { sql } from 'kysely'

/*
 * The status of a run that is looked up by its id, written so that the planner cannot answer it from the
 * index of all active runs: it expects a handful of those, and would walk through every one of them to
 * find an id.
 */
export const isQueued = sql`status || '' = 'queued'`
export const isRunning = sql`status || '' = 'running'`
export const isActive = sql`status || '' in ('queued', 'running')`
