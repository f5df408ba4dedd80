import { isOurApp } from '../../providers/index.ts'
import type { OperationDefinition, Surface } from '../catalog/index.ts'
import type { Gate } from './ask.ts'
import type { StartGround } from './facts.sql.ts'
import { identityOf, type Selection } from './identity.ts'
import type { StartFacts } from './start-facts.ts'

/** The facts of a decision: what the database said, the definition in force, and the settings. */
export function factsOf(
  gate: Gate,
  definition: OperationDefinition,
  selection: Selection,
  ground: Omit<StartGround, 'kept'>,
): StartFacts {
  const { scopeKey, name: _, workspaceId: __, ...tenant } = ground.tenant
  const ofIdentity = definition.identity === 'connection' ? (ground.connection?.id ?? null) : null
  return {
    at: ground.at,
    operation: {
      code: definition.code,
      level: definition.readiness,
      required: definition.required,
      duringOnboarding: DURING_ONBOARDING.some((surface) => definition.surfaces.includes(surface)),
      supported: gate.supported.has(definition.code),
    },
    identity: identityOf(definition.code, scopeKey, selection, ofIdentity),
    tenant,
    pause: ground.pause,
    freeze: ground.freeze,
    connectionCount: ground.connectionCount,
    connection: ground.connection,
    active: ground.active,
    evidenceMaxAgeDays: gate.evidenceMaxAgeDays,
    platformIdentity: isOurApp(ground.connection, gate.platformClientId),
  }
}

const DURING_ONBOARDING: readonly Surface[] = ['onboarding', 'bootstrap']
