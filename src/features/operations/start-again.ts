import { type PersonalActor, roleMay } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import { type ExplainAnswer, explain, type Gate, type StartInput } from '../../engine/gate/index.ts'
import type { Json, TenantId } from '../../kernel/index.ts'
import type { StartPlace } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'

/** Whether the work of a run may simply be asked for once more: reading may, writing never. */
export const isRepeatable = ({ operation }: Pick<RunDetail, 'operation'>): boolean =>
  definitionOf(operation).access === 'reads'

/** Whether a run's page offers that: once it has ended. */
export const offersAgain = (run: Pick<RunDetail, 'operation' | 'status'>): boolean =>
  run.status === 'completed' && isRepeatable(run)

/** The place from which the same work starts: the run's tenant, operation and selection, of a check also its connection. */
export function placeAgain(
  run: RunDetail,
): StartPlace & { given: Pick<StartInput, 'connectionId' | 'selection'> } {
  const ofConnection = definitionOf(run.operation).identity === 'connection'
  return {
    target: { kind: 'tenant', tenantId: run.tenant_id as TenantId },
    operation: run.operation,
    surface: 'tenant',
    given: {
      connectionId: ofConnection ? run.connection_id : null,
      selection: run.selection as { readonly [key: string]: Json },
    },
  }
}

/** What that start would be answered now; null where it is not offered to this actor. */
export async function explainAgain(
  gate: Gate,
  actor: PersonalActor,
  run: RunDetail,
): Promise<ExplainAnswer | null> {
  const { capability } = definitionOf(run.operation)
  if (!offersAgain(run) || !roleMay(run.role, capability)) return null
  const { given, operation, surface, target } = placeAgain(run)
  if (!target || !gate.supported.has(run.operation)) return null
  const parsed = { ok: true, input: { ...given, sourceSurface: null } } as const
  return explain(gate, { actor, target, operation, surface, parsed, idempotency: null, correlationId: '' })
}
