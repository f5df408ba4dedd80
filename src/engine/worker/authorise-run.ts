import { roleMay } from '../../access/index.ts'
import { isOurApp, readinessObjection } from '../../providers/index.ts'
import type { OperationDefinition } from '../catalog/index.ts'
import { conflictObjection } from '../gate/index.ts'
import type { Reason } from '../reasons/index.ts'
import type { RunFacts } from './run-facts.sql.ts'

/** The settings in force that an authorisation reads. */
export interface AuthorisationSettings {
  readonly evidenceMaxAgeDays: number
  readonly platformClientId: string | null
}

/**
 * Whether an admitted run may still be carried out, from current truth; null when it may. A pause or a
 * freeze that came after admission does not touch it, and a throttle window only makes it wait.
 */
export function objectionToRun(
  facts: RunFacts,
  definition: OperationDefinition,
  settings: AuthorisationSettings,
): Reason | null {
  const { connection, initiator, tenant } = facts
  const operable = tenant.state === 'active' || tenant.state === 'onboarding'
  if (!operable)
    return {
      code: 'tenant_not_operable',
      state: tenant.state as 'draft' | 'archived',
      ...(tenant.archivedAt === null ? {} : { since: tenant.archivedAt }),
    }
  const conflict = conflictObjection(tenant.conflictedAt, definition.readiness)
  if (conflict) return conflict
  if (initiator && (initiator.role === null || !roleMay(initiator.role, definition.capability)))
    return { code: 'authorization_lost' }
  return readinessObjection(
    { ...connection, throttledUntil: null },
    {
      level: definition.readiness,
      required: definition.required,
      directoryId: tenant.directoryId,
      evidenceMaxAgeDays: settings.evidenceMaxAgeDays,
      platformIdentity: isOurApp(connection, settings.platformClientId),
    },
    facts.at,
  )
}
