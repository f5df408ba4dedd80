import type { PersonalActor } from '../../access/index.ts'
import { definitionOf, type OperationCode, usualSelection } from '../catalog/index.ts'
import type { Gate } from './ask.ts'
import { decideStart, type StartVerdict } from './decide-start.ts'
import { groundsOfTenants, type TenantGround } from './facts.sql.ts'
import { factsOf } from './facts.ts'

/** What a start of each offered operation would come to in one tenant, at this moment. */
export interface TenantForecast {
  readonly ground: TenantGround
  readonly verdicts: ReadonlyMap<OperationCode, StartVerdict>
}

/**
 * The answers before the click, for every tenant of a workspace that the actor sees (or one of them),
 * by the same facts and the same decision as the click itself; one query, writes nothing.
 */
export async function forecast(
  gate: Gate,
  actor: PersonalActor,
  workspaceId: number,
  tenantId: number | null = null,
): Promise<TenantForecast[]> {
  const grounds = await groundsOfTenants(gate.db, actor, workspaceId, tenantId)
  return grounds.map((ground) => ({ ground, verdicts: verdictsOf(gate, ground) }))
}

const verdictsOf = (gate: Gate, ground: TenantGround): Map<OperationCode, StartVerdict> =>
  new Map(
    [...gate.supported].map((code) => {
      const withPause = { ...ground, pause: ground.pauses[code] ?? null }
      const facts = factsOf(gate, definitionOf(code), usualSelection(code), withPause)
      return [code, decideStart(facts)]
    }),
  )
