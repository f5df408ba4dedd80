import { type Migration, Migrator } from 'kysely/migration'
import type { Db } from './connect.ts'
import * as people from './migrations/001-people.ts'
import * as workspaces from './migrations/002-workspaces.ts'
import * as connections from './migrations/003-connections.ts'
import * as operationRuns from './migrations/004-operation-runs.ts'
import * as records from './migrations/005-records.ts'
import * as observations from './migrations/006-observations.ts'
import * as decisionsInOrder from './migrations/007-decisions-in-order.ts'
import * as activeRunsByScope from './migrations/008-active-runs-by-scope.ts'
import * as adminConsent from './migrations/009-admin-consent.ts'
import * as twoCredentials from './migrations/010-two-credentials.ts'
import * as peopleComeAndGo from './migrations/011-people-come-and-go.ts'
import * as lifeCycles from './migrations/012-life-cycles.ts'
import * as directoryGroups from './migrations/013-directory-groups.ts'
import * as waits from './migrations/014-waits.ts'
import * as groupLists from './migrations/015-group-lists.ts'
import * as groupsCompared from './migrations/016-groups-compared.ts'
import * as watching from './migrations/017-watching.ts'
import * as waitingStarts from './migrations/018-waiting-starts.ts'
import * as letters from './migrations/019-letters.ts'
import * as inventory from './migrations/020-inventory.ts'
import * as toldOfWaiting from './migrations/021-told-of-waiting.ts'
import * as compliance from './migrations/022-compliance.ts'
import * as onboarding from './migrations/023-onboarding.ts'
import * as bootstrap from './migrations/024-bootstrap.ts'
import * as inventoryInPlace from './migrations/025-inventory-in-place.ts'

const MIGRATIONS: Record<string, Migration> = {
  '001-people': people,
  '002-workspaces': workspaces,
  '003-connections': connections,
  '004-operation-runs': operationRuns,
  '005-records': records,
  '006-observations': observations,
  '007-decisions-in-order': decisionsInOrder,
  '008-active-runs-by-scope': activeRunsByScope,
  '009-admin-consent': adminConsent,
  '010-two-credentials': twoCredentials,
  '011-people-come-and-go': peopleComeAndGo,
  '012-life-cycles': lifeCycles,
  '013-directory-groups': directoryGroups,
  '014-waits': waits,
  '015-group-lists': groupLists,
  '016-groups-compared': groupsCompared,
  '017-watching': watching,
  '018-waiting-starts': waitingStarts,
  '019-letters': letters,
  '020-inventory': inventory,
  '021-told-of-waiting': toldOfWaiting,
  '022-compliance': compliance,
  '023-onboarding': onboarding,
  '024-bootstrap': bootstrap,
  '025-inventory-in-place': inventoryInPlace,
}

/**
 * Brings the schema to the newest version; answers the names of what was applied now. Several
 * processes may call it at once. Throws what the failing migration threw; that one leaves nothing behind.
 */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}
