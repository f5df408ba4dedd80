/** A process that works on one sync of groups under a short lease, and is suspended over it: by others, or by itself. */
import { type DatabaseLocation, openDatabase } from '../../src/database/index.ts'
import { workOn } from '../../src/engine/worker/index.ts'
import { syncGroups } from '../../src/features/directory/index.ts'
import { cloudProfile, createTokenCache } from '../../src/graph/index.ts'
import type { RacePoint } from '../../src/kernel/index.ts'
import { credentialVault } from '../../src/providers/index.ts'
import { workerOf } from '../world/workers.ts'
import { worldOn } from '../world/world-on.ts'

export interface Sleep {
  readonly runId: number
  readonly database: DatabaseLocation
  readonly sandboxUrl: string
  /** In hex. */
  readonly vaultKey: string
  readonly leaseSeconds: number
  /** Where it suspends itself; null where others do. */
  readonly fallsAsleepAt: RacePoint | null
}

const sleep = await new Promise<Sleep>((resolve) =>
  process.once('message', (message) => resolve(message as Sleep)),
)
const database = await openDatabase(sleep.database)
const sync = syncGroups({
  profile: cloudProfile('sandbox', { authorityBaseUrl: sleep.sandboxUrl, graphBaseUrl: sleep.sandboxUrl }),
  vault: credentialVault(Buffer.from(sleep.vaultKey, 'hex')),
  tokens: createTokenCache(),
  platform: null,
})
const worker = workerOf(worldOn(database), sync, {
  settings: { leaseSeconds: sleep.leaseSeconds, evidenceMaxAgeDays: 7, platformClientId: null },
  async atRacePoint(point) {
    if (point === sleep.fallsAsleepAt) process.kill(process.pid, 'SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 10)) // it stops here, and not a statement later
  },
})
await workOn(worker, sleep.runId).catch(() => {}) // its connection may have been cut while it slept
await database.close()
process.disconnect()
