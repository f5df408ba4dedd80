/**
 * A process that takes a sync of groups over from one that died, works on it, and can be killed at any moment.
 * It need not wait until nothing was heard of the dead one for long: whoever starts it knows.
 */
import { sql } from 'kysely'
import { type DatabaseLocation, openDatabase } from '../../src/database/index.ts'
import { type Runner, sweep, workOn } from '../../src/engine/worker/index.ts'
import { syncGroups } from '../../src/features/directory/index.ts'
import { cloudProfile, createTokenCache } from '../../src/graph/index.ts'
import { credentialVault } from '../../src/providers/index.ts'
import { workerOf } from '../world/workers.ts'
import { worldOn } from '../world/world-on.ts'

/** Where the sync stands, and how its Microsoft is reached. */
export interface Syncing {
  readonly runId: number
  readonly database: DatabaseLocation
  readonly sandboxUrl: string
  /** In hex. */
  readonly vaultKey: string
}

const {
  database: at,
  runId,
  sandboxUrl,
  vaultKey,
} = await new Promise<Syncing>((resolve) => process.once('message', (message) => resolve(message as Syncing)))
const report = (fault: unknown) => {
  throw fault
}
const database = await openDatabase(at)
await sql`
  update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId} and status = 'running'`.execute(
  database.db,
)
await sweep({ db: database.db, requestTimeoutSeconds: 0, graceSeconds: 60, report })

const sync: Runner = syncGroups({
  profile: cloudProfile('sandbox', { authorityBaseUrl: sandboxUrl, graphBaseUrl: sandboxUrl }),
  vault: credentialVault(Buffer.from(vaultKey, 'hex')),
  tokens: createTokenCache(),
  platform: null,
})
const worker = workerOf(worldOn(database), sync, { report })
await workOn(worker, runId)
await database.close()
process.disconnect()
