import { randomUUID } from 'node:crypto'
import { SYSTEM } from '../../access/index.ts'
import { type Gate, start } from '../../engine/gate/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { tenantsDue } from './due-checks.sql.ts'

const CHECK = 'provider.connection.check'

/** At most so many in one go: after a pause of the installation the checks of a whole day are due at once. */
const MOST_AT_ONCE = 20

/**
 * Starts the daily check of every ready tenant whose time has come, as System and through the gate like everybody.
 * Evidence of what was granted stays fresh by it, and nobody is blocked some morning for nothing. Several
 * processes may do it at once: the gate lets one of them in. Answers how many were accepted.
 */
export async function startDueChecks(gate: Gate): Promise<number> {
  let accepted = 0
  for (const tenantId of await tenantsDue(gate.db, MOST_AT_ONCE))
    if (await isAccepted(gate, tenantId)) accepted += 1
  return accepted
}

async function isAccepted(gate: Gate, tenantId: TenantId): Promise<boolean> {
  const answer = await start(gate, {
    actor: SYSTEM,
    target: { kind: 'tenant', tenantId },
    surface: 'tenant',
    operation: CHECK,
    parsed: { ok: true, input: { connectionId: null, selection: {}, sourceSurface: 'daily_check' } },
    idempotency: null,
    correlationId: randomUUID(),
  })
  return answer.kind === 'decided' && answer.outcome.kind === 'accepted'
}
