import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { type SyncedTenant, type SyncScene, syncScene } from './sync-scene.ts'
import { presentGroups, trueGroups } from './synced-groups.ts'
import type { SeededTenant } from './world.ts'

/** Tenants in a sandbox whose groups are synced, and a look at both sides. */
export interface GroupsScene extends SyncScene {
  /** A tenant whose directory has twenty groups, so many on every page. */
  tenantWithGroups(onEachPage?: number): Promise<SyncedTenant>
  present(tenant: SeededTenant): ReturnType<typeof presentGroups>
  truth(directory: LiveDirectory): ReturnType<typeof trueGroups>
}

/** Opens a scene on PostgreSQL with so many directories to be given away. */
export async function groupsScene(directories: number): Promise<GroupsScene> {
  const scene = await syncScene('directory.groups.sync', directories)
  return {
    ...scene,
    tenantWithGroups: (onEachPage = 7) =>
      scene.tenant(['Group.Read.All'], ({ faults }) => {
        faults.groupsPageSize = onEachPage
      }),
    present: ({ id }) => presentGroups(scene.world.database.db, id),
    truth: trueGroups,
  }
}
