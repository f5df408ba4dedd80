import type { Reason } from '../reasons/index.ts'

/** Numbers of a run's evidence, by key: seen, created, changed, unchanged, gone, failed, missing. */
export type Counts = Readonly<Record<string, number>>

/** One kind of failure of a run or among its items: its code, what is known of it, and how often it was. */
export interface ItemFailure {
  readonly code: string
  readonly message: string
  readonly count: number
}

/** How a run ends. A run with failed items is never succeeded; the table refuses it too. */
export type Ending =
  | { readonly outcome: 'succeeded'; readonly counts: Counts; readonly finding: Reason | null }
  | {
      readonly outcome: 'partially_succeeded' | 'failed'
      readonly counts: Counts
      readonly reason: Reason
      readonly failures: readonly ItemFailure[]
    }
  | { readonly outcome: 'blocked' | 'cancelled'; readonly reason: Reason }
