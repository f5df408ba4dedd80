import type { WorkspaceId } from '../../kernel/index.ts'

/** How long a workspace keeps what it keeps, in days. */
export interface Retention {
  readonly operations: number
  readonly audit: number
  readonly notifications: number
  /** What is gone from a directory, since it was found gone. */
  readonly directory: number
  /** Compliance snapshots, and what became of the states of devices. */
  readonly compliance: number
}

export const KEPT = ['operations', 'audit', 'notifications', 'directory', 'compliance'] as const
export type Kept = (typeof KEPT)[number]

/** The least and the most days of each; the same bounds stand in the table of workspaces. */
export const RETENTION_BOUNDS: Readonly<Record<Kept, { least: number; most: number }>> = {
  operations: { least: 30, most: 3650 },
  audit: { least: 365, most: 3650 },
  notifications: { least: 7, most: 365 },
  directory: { least: 30, most: 3650 },
  compliance: { least: 90, most: 3650 },
}

/** What one round removed of a workspace; null is what belongs to none. */
export interface Removed {
  readonly workspaceId: WorkspaceId | null
  readonly counts: Readonly<Record<Kept, number>>
}
