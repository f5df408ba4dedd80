import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** How a run stands at the moment at which it would be taken from its worker. */
export interface Standing {
  readonly operation: OperationCode
  readonly status: 'queued' | 'running' | 'completed'
  readonly fencingToken: number
  readonly heartbeatAt: Date | null
  readonly stopAskedSeconds: number | null
  readonly now: Date
}

/** A run of a tenant as it stands now, locked so that it stays so; undefined when it is gone. */
export async function lockedStanding(
  tx: Db,
  tenantId: TenantId,
  runId: number,
): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select operation, status, fencing_token as "fencingToken", heartbeat_at as "heartbeatAt",
      extract(epoch from now() - cancel_requested_at)::float8 as "stopAskedSeconds", now() as now
    from operation_runs where id = ${runId} and tenant_id = ${tenantId} for no key update`.execute(tx)
  return rows[0]
}
