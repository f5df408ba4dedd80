import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { intuneOf } from '../../src/sandbox/intune/sizes.ts'
import { type SyncedTenant, type SyncScene, syncScene } from './sync-scene.ts'
import { presentPolicies, type ToldPolicy } from './synced-policies.ts'

/** Every permission with which all types are read. */
export const READS_ALL_TYPES = [
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementScripts.Read.All',
  'DeviceManagementApps.Read.All',
  'Policy.Read.All',
]

/** Tenants in a sandbox whose inventory is synced. */
export interface InventoryScene extends SyncScene {
  /** A tenant whose app may read all types, or these; conditional access answers as often as it is asked. */
  tenantWithPolicies(
    change?: (directory: LiveDirectory) => void,
    granted?: readonly string[],
  ): Promise<SyncedTenant>
  present(synced: SyncedTenant): Promise<ToldPolicy[]>
}

/** Opens a scene with so many directories, each with about so many policies. */
export async function inventoryScene(directories: number, policies: number): Promise<InventoryScene> {
  const scene = await syncScene('inventory.sync', directories, { intune: intuneOf(policies, 0) })
  return {
    ...scene,
    tenantWithPolicies: (change, granted = READS_ALL_TYPES) =>
      scene.tenant(granted, (directory) => {
        directory.faults.conditionalAccessSeconds = 0
        change?.(directory)
      }),
    present: ({ tenant }) => presentPolicies(scene.world.database.db, tenant.id),
  }
}
