import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { type Expectations, standingOf } from './connection-standing.ts'
import { connectionsOfTenant, type SeenConnection } from './connections.sql.ts'

/** A connection of a tenant that is ready and not the default; null when none is, or the default is ready too. */
export async function readySpare(
  db: Db,
  tenantId: TenantId,
  actor: PersonalActor,
  expected: Expectations,
): Promise<SeenConnection | null> {
  const ready = (await connectionsOfTenant(db, tenantId, actor)).filter(
    (connection) => standingOf(connection, expected).state === 'ready',
  )
  return ready.some(({ isDefault }) => isDefault) ? null : (ready[0] ?? null)
}
