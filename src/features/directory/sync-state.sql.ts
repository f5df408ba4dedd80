import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kernel/index.ts'

/** From where the changes of a selection are read, and the full sync they follow; none before the first one. */
export const syncStateOf = (db: Db, tenantId: TenantId, selectionKey: string) =>
  db
    .selectFrom('sync_states')
    .select(['full_sync', 'delta_link', 'read_at'])
    .where('tenant_id', '=', tenantId)
    .where('selection_key', '=', selectionKey)
    .executeTakeFirst()

/** Begins a full sync and answers its number; until it ends there is nothing that changes could follow. */
export async function beginFullSync(tx: Db, tenantId: TenantId, selectionKey: string): Promise<number> {
  const { rows } = await sql<{ fullSync: number }>`
    insert into sync_states as s (tenant_id, selection_key, full_sync) values (${tenantId}, ${selectionKey}, 1)
    on conflict (tenant_id, selection_key) do update set full_sync = s.full_sync + 1, delta_link = null
    returning full_sync as "fullSync"`.execute(tx)
  return rows[0]?.fullSync ?? 1
}

/** Whether everything began to be read anew, after a reading that had come to its end, and is not read yet. */
export async function isReadAnew(db: Db, tenantId: TenantId, selectionKey: string): Promise<boolean> {
  const state = await syncStateOf(db, tenantId, selectionKey)
  return state !== undefined && state.read_at !== null && state.delta_link === null
}

/** Keeps from where the next changes are read: everything up to here is written. */
export async function keepDeltaLink(
  tx: Db,
  tenantId: TenantId,
  selectionKey: string,
  link: string,
): Promise<void> {
  await tx
    .updateTable('sync_states')
    .set({ delta_link: link, read_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('selection_key', '=', selectionKey)
    .execute()
}
