import type { Db } from '../../database/index.ts'
import type { DirectoryId, TenantId } from '../../kernel/index.ts'
import { lockDirectory } from '../../providers/index.ts'
import { type By, reactivateTenant } from './change-tenant.sql.ts'

/**
 * Brings an archived tenant back to what it was. Where somebody else has proven its directory meanwhile, it returns
 * unproven; nobody proves it in this moment.
 */
export const bringBack = (
  db: Db,
  { directoryId, id }: { id: TenantId; directoryId: DirectoryId },
  by: By,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await lockDirectory(tx, directoryId)
    await reactivateTenant(tx, id, by)
  })
