import { fromPglite, PgBoss } from 'pg-boss'
import type { Database } from '../../database/index.ts'
import { ADVANCE_QUEUE } from './advance.sql.ts'
import { WAKE_QUEUE } from './wake.sql.ts'

/** The queue, from the side of those who answer its calls. */
export interface Queue {
  /** Calls back with the id of a run that may be claimed; several at once, as many as `slots`. */
  onWake(slots: number, claim: (runId: number) => Promise<void>): Promise<void>
  /** Calls back with the key of a scope that may have become free, one at a time. */
  onAdvance(advance: (scopeKey: string) => Promise<void>): Promise<void>
  /** Runs an errand once a day, early in the morning (UTC), in one of the processes that ask for it. */
  daily(name: string, errand: () => Promise<void>): Promise<void>
  /** Takes no more calls of either kind; those being answered go on. */
  noMoreWakes(): Promise<void>
  stop(): Promise<void>
}

/** Twelve hours: longer than any operation runs. A wake-up never expires under its run. */
const EXPIRE_SECONDS = 12 * 3600

/** Seventeen minutes past three, when few people work and few other machines begin their nightly errands. */
const EARLY = '17 3 * * *'

/**
 * Opens the queue on a database, installing its tables when they are missing. Its own retries are off:
 * attempts, leases and waits belong to the run's row. `complain` hears of faults in the background.
 */
export async function openQueue(database: Database, complain: (error: Error) => void): Promise<Queue> {
  const boss = new PgBoss({ ...backend(database), useListenNotify: true, schema: 'pgboss' })
  boss.on('error', complain)
  await boss.start()
  const calls = { policy: 'standard', retryLimit: 0, expireInSeconds: EXPIRE_SECONDS, notify: true } as const
  await boss.createQueue(WAKE_QUEUE, calls)
  await boss.createQueue(ADVANCE_QUEUE, calls)
  return {
    async onWake(slots, claim) {
      await boss.work<{ runId: number }>(
        WAKE_QUEUE,
        { batchSize: 1, localConcurrency: slots, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
        async ([job]) => {
          if (job) await claim(job.data.runId)
        },
      )
    },
    async onAdvance(advance) {
      await boss.work<{ scopeKey: string }>(
        ADVANCE_QUEUE,
        { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
        async ([job]) => {
          if (job) await advance(job.data.scopeKey)
        },
      )
    },
    async daily(name, errand) {
      await boss.createQueue(name, { policy: 'exclusive', retryLimit: 0, expireInSeconds: EXPIRE_SECONDS })
      await boss.schedule(name, EARLY, null, { tz: 'UTC' })
      await boss.work(name, { batchSize: 1, pollingIntervalSeconds: 30 }, () => errand())
    },
    async noMoreWakes() {
      await boss.offWork(WAKE_QUEUE, { wait: false })
      await boss.offWork(ADVANCE_QUEUE, { wait: false })
    },
    stop: () => boss.stop({ graceful: true, close: true, timeout: 10_000 }),
  }
}

const backend = ({ native }: Database) =>
  native.kind === 'embedded'
    ? { db: fromPglite(native.pglite), backend: 'pglite' as const }
    : { connectionString: native.url, max: 6 }
