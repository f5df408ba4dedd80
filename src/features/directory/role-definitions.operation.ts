import { CATALOG } from '../../engine/catalog/index.ts'
import { reasonOfGraphFailure } from '../../engine/reasons/index.ts'
import type { Runner, WorkResult } from '../../engine/worker/index.ts'
import { type GraphFailure, type RoleDefinition, roleDefinitionPages } from '../../graph/index.ts'
import {
  type ConnectionObservation,
  type GraphAccess,
  graphFor,
  type ProviderAccess,
} from '../../providers/index.ts'
import { saveRoleDefinitions } from './save-role-definitions.sql.ts'

const { required } = CATALOG['directory.role_definitions.sync']

/**
 * `directory.role_definitions.sync`: reads all role definitions of the directory (Microsoft offers no
 * delta for them), compares with what was last seen, and marks what is gone.
 */
export const syncRoleDefinitions =
  (access: ProviderAccess): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return failed(way.failure, null)
    const graph = way.value
    const seen: RoleDefinition[] = []
    for await (const page of roleDefinitionPages(graph.client)) {
      if (!page.ok) return failed(page.failure, graph)
      seen.push(...page.value.items)
      await work.progress(seen.length, null)
    }
    return {
      observed: signedInObserved(graph),
      ending: async (tx) => ({
        outcome: 'succeeded',
        counts: await saveRoleDefinitions(tx, work.run.tenantId, work.run.id, seen),
        finding: null,
      }),
    }
  }

function failed(failure: GraphFailure, graph: GraphAccess | null): WorkResult {
  const at = new Date()
  const signedInWith =
    graph?.signedInWith ?? ({ kind: 'dedicated', credential: 'client_secret', expiresAt: null } as const)
  const permissions = required.map(({ permission }) => permission)
  const reason = reasonOfGraphFailure(failure, { at, required: permissions, signedInWith })
  return {
    observed: failureObserved(failure, graph, at),
    ending: { outcome: 'failed', counts: {}, reason, failures: [] },
  }
}

/** Every token a run obtains is fresh evidence of what was granted. */
const signedInObserved = (graph: GraphAccess): ConnectionObservation => {
  const granted = graph.granted()
  const signedInAs = graph.connection
  return granted
    ? { granted, credential: 'accepted', credentialId: graph.credentialId, signedInAs }
    : { signedInAs }
}

function failureObserved(failure: GraphFailure, graph: GraphAccess | null, at: Date): ConnectionObservation {
  if (failure.kind === 'credential_rejected' || failure.kind === 'credential_expired')
    return {
      credential: 'rejected',
      verification: 'blocked',
      ...(graph && { credentialId: graph.credentialId, signedInAs: graph.connection }),
    }
  if (failure.kind === 'app_not_installed')
    return { consent: 'revoked', verification: 'blocked', ...(graph && { signedInAs: graph.connection }) }
  const seen = graph ? signedInObserved(graph) : {}
  if (failure.kind !== 'throttled') return seen
  return { ...seen, throttledUntil: new Date(at.getTime() + (failure.retryAfterSeconds ?? 60) * 1000) }
}
