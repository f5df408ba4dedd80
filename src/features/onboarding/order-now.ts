import { OPERATION_CODES, type OperationCode } from '../../engine/catalog/index.ts'
import type { BootstrapOrder } from '../../engine/gate/index.ts'
import type { BootstrapStep } from '../../engine/waiting/index.ts'

/** The order that a bootstrap would have with further operations in it, and what would be tried first. */
export function orderNow(steps: readonly BootstrapStep[], operations: readonly OperationCode[]) {
  const active = steps.find(({ state }) => state === 'active')?.operation ?? null
  const pending = OPERATION_CODES.filter((code) => {
    const state = steps.find(({ operation }) => operation === code)?.state
    return state === 'pending' || (operations.includes(code) && (state === undefined || state === 'skipped'))
  })
  const next = active ?? pending[0] ?? null
  return {
    next,
    after(kind: string): BootstrapOrder {
      const isAtWork = kind === 'accepted' || kind === 'deduped'
      return {
        acceptedOperation: isAtWork ? next : null,
        pendingOperations: pending.filter((code) => !(isAtWork && code === next)),
      }
    },
  }
}
