import type { Runner } from '../../../engine/worker/index.ts'
import { type RoleDefinition, roleDefinitionPages } from '../../../graph/index.ts'
import { graphFor, type ProviderAccess } from '../../../providers/index.ts'
import { failedRead, signedInObserved } from '../failed-read.ts'
import { saveRoleDefinitions } from './save-role-definitions.sql.ts'

const OPERATION = 'directory.role_definitions.sync'

/**
 * `directory.role_definitions.sync`: reads all role definitions of the directory (Microsoft offers no
 * delta for them), compares with what was last seen, and marks what is gone.
 */
export const syncRoleDefinitions =
  (access: ProviderAccess): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return failedRead(OPERATION, way.failure, null)
    const graph = way.value
    const seen: RoleDefinition[] = []
    for await (const page of roleDefinitionPages(graph.client)) {
      if (!page.ok) return failedRead(OPERATION, page.failure, graph)
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
