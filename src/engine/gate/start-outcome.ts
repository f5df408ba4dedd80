import type { OperationCode } from '../catalog/index.ts'
import type { Reason } from '../reasons/index.ts'

/**
 * The answer to a start, in no language yet: every surface says it in its own words from this one
 * record, and a repeated request gets the very same record back.
 */
export type StartOutcome = OutcomeBase &
  (
    | { readonly kind: 'accepted' }
    | { readonly kind: 'deduped' | 'scope_busy' | 'blocked'; readonly reason: Reason }
  )

interface OutcomeBase {
  /** When it was decided, on the database's clock (ISO 8601). */
  readonly at: string
  readonly operation: OperationCode
  readonly tenant: {
    readonly id: number
    readonly directoryId: string
    readonly name: string
    readonly workspaceId: number
  }
  readonly connection: { readonly id: number; readonly provider: string; readonly label: string } | null
  readonly run: {
    readonly id: number
    readonly status: 'queued' | 'running' | 'completed'
    /** How often a blocked start was tried within its window; 1 for everything else. */
    readonly tries: number
  }
  /** Of a bootstrap: what was let in or joined, and what stands behind it in the order of the catalog. */
  readonly bootstrap?: BootstrapOrder
}

/** Which step of a bootstrap is at work, if one is, and which are still to come. */
export interface BootstrapOrder {
  readonly acceptedOperation: OperationCode | null
  readonly pendingOperations: readonly OperationCode[]
}

/** An outcome before its run is known. */
export type DraftOutcome = StartOutcome extends infer Each
  ? Each extends StartOutcome
    ? Omit<Each, 'run'>
    : never
  : never
