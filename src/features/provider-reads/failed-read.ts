import { CATALOG, type OperationCode, type PermissionRequirement } from '../../engine/catalog/index.ts'
import { type Reason, reasonOfGraphFailure } from '../../engine/reasons/index.ts'
import type { Counts } from '../../engine/runs/index.ts'
import { toldByMicrosoft, type WorkEnded, waitsForOf } from '../../engine/worker/index.ts'
import type { GraphFailure } from '../../graph/index.ts'
import type { ConnectionObservation, GraphAccess } from '../../providers/index.ts'

/**
 * How a reading operation ends at a failure of Microsoft's, and what was learned of the connection. Where an operation
 * reads several things, `needed` says what the one that failed needs.
 */
export function failedRead(
  operation: OperationCode,
  failure: GraphFailure,
  graph: GraphAccess | null,
  counts: Counts = {},
  needed: readonly PermissionRequirement[] = CATALOG[operation].required,
): WorkEnded {
  const at = new Date()
  const signedInWith =
    graph?.signedInWith ?? ({ kind: 'dedicated', credential: 'client_secret', expiresAt: null } as const)
  const required = needed.map(({ permission }) => permission)
  const reason = reasonOfGraphFailure(failure, { at, required, signedInWith })
  const waitsFor = waitsForOf(failure)
  return {
    observed: failureObserved(operation, failure, reason, graph),
    ending: { outcome: 'failed', counts, reason, failures: toldByMicrosoft(failure) },
    ...(waitsFor && { waitsFor }),
  }
}

/** Every token a run obtains is fresh evidence of what was granted. */
export const signedInObserved = (graph: GraphAccess): ConnectionObservation => {
  const granted = graph.granted()
  const signedInAs = graph.connection
  return granted
    ? { granted, credential: 'accepted', credentialId: graph.credentialId, signedInAs }
    : { signedInAs }
}

/** What was learned of a connection whose run went on although one of its requests was refused for this reason. */
export const refusedObserved = (
  operation: OperationCode,
  reason: Reason,
  graph: GraphAccess,
): ConnectionObservation => ({
  ...signedInObserved(graph),
  ...(reason.code === 'provider_permission_missing' && lostPermissions(operation, reason.permissions, graph)),
})

function failureObserved(
  operation: OperationCode,
  failure: GraphFailure,
  reason: Reason,
  graph: GraphAccess | null,
): ConnectionObservation {
  if (failure.kind === 'credential_rejected' || failure.kind === 'credential_expired')
    return {
      credential: 'rejected',
      verification: 'blocked',
      ...(graph && { credentialId: graph.credentialId, signedInAs: graph.connection }),
    }
  if (failure.kind === 'app_not_installed')
    return { consent: 'revoked', verification: 'blocked', ...(graph && { signedInAs: graph.connection }) }
  const seen = graph ? signedInObserved(graph) : {}
  if (reason.code === 'provider_permission_missing')
    return { ...seen, ...lostPermissions(operation, reason.permissions, graph) }
  if (KEEPS_OUT.includes(failure.kind)) return { ...seen, verification: 'blocked' }
  if (failure.kind !== 'throttled') return seen
  return { ...seen, throttledForSeconds: failure.retryAfterSeconds ?? UNKNOWN_WINDOW_SECONDS }
}

/** What keeps the app out of the directory altogether, until somebody there or here changes something. */
const KEEPS_OUT: readonly GraphFailure['kind'][] = [
  'app_disabled',
  'directory_unknown',
  'directory_mismatch',
  'access_policy',
]

/**
 * Microsoft's refusal is newer than what the token says: whatever would have allowed the request counts as no
 * longer granted, until a check sees it again. Otherwise the next start would fail in the same way.
 */
function lostPermissions(
  operation: OperationCode,
  refused: readonly string[],
  graph: GraphAccess | null,
): ConnectionObservation {
  const granted = graph?.granted()
  if (!granted) return {}
  const lost = CATALOG[operation].required
    .filter(({ permission }) => refused.includes(permission))
    .flatMap(({ alsoSatisfiedBy, permission }) => [permission, ...alsoSatisfiedBy])
  return { granted: granted.filter((name) => !lost.includes(name)), verification: 'degraded' }
}

/** Where Microsoft does not say for how long, starts are held back for a minute. */
const UNKNOWN_WINDOW_SECONDS = 60
