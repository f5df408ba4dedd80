import { CATALOG, type PolicyType } from '../../engine/catalog/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import type { Counts, Ending, ItemFailure } from '../../engine/runs/index.ts'
import { toldByMicrosoft } from '../../engine/worker/index.ts'
import type { GraphFailure } from '../../graph/index.ts'

/** A type that Microsoft did not let us read, why, and what it said. */
export type Refused = {
  readonly type: PolicyType
  readonly reason: Reason
  readonly told: readonly Pick<ItemFailure, 'code' | 'message' | 'count'>[]
}

/**
 * What a failure says about one type alone: its own permission is missing, the directory has no licence for it, or
 * Microsoft does not take this very request. Null for a failure that concerns the whole run: a required permission,
 * the sign-in, a pause, a network.
 */
export function refusalOf(type: PolicyType, failure: GraphFailure): Refused | null {
  const reason = reasonFor(type, failure)
  return reason && { type, reason, told: toldByMicrosoft(failure) }
}

function reasonFor(type: PolicyType, { kind }: GraphFailure): Reason | null {
  const own = CATALOG['inventory.sync'].perType[type]
  if (kind === 'permission_missing' && own)
    return { code: 'provider_permission_missing', permissions: [own.permission] }
  if (kind === 'not_licensed') return { code: 'provider_not_licensed' }
  if (kind === 'rejected_request' || kind === 'not_found') return { code: 'provider_rejected_request' }
  return null
}

/** How a run ends that has come to the end of its types: whole, without some of them, or without any. */
export function endingOf(refused: readonly Refused[], types: readonly PolicyType[], counts: Counts): Ending {
  const [first] = refused
  if (!first) return { outcome: 'succeeded', counts, finding: null }
  return {
    outcome: refused.length === types.length ? 'failed' : 'partially_succeeded',
    counts: { ...counts, failed: refused.length },
    reason: sharedReason(first.reason, refused),
    failures: refused.flatMap(({ told, type }) =>
      told.map(({ code, count, message }) => ({ code, count, message: `${type}: ${message}` })),
    ),
  }
}

/** The missing permissions of all types in one; otherwise the first reason. */
function sharedReason(first: Reason, refused: readonly Refused[]): Reason {
  const permissions = refused.flatMap(({ reason }) =>
    reason.code === 'provider_permission_missing' ? reason.permissions : [],
  )
  return permissions.length > 0 ? { code: 'provider_permission_missing', permissions } : first
}
