import { forgetOldAnswers } from '../engine/gate/index.ts'
import { advance } from '../engine/waiting/index.ts'
import { sweep, type Worker, workOn } from '../engine/worker/index.ts'
import { startDueChecks } from '../features/daily-checks/index.ts'
import { sendLetters } from '../features/notifications/index.ts'
import { carryOutRetention } from '../features/retention/index.ts'
import { systemClock } from '../kernel/index.ts'
import type { Log } from '../web/index.ts'
import type { Installation } from './installation.ts'

/** One request to Microsoft may take this long; a silent run is left alone until it must be over. */
const REQUEST_TIMEOUT_SECONDS = 30

/** Each tenant has its minute of the day for its daily check. */
const CHECKS_LOOKED_FOR_SECONDS = 60

/** So often it is looked whether letters are due. */
const LETTERS_LOOKED_FOR_SECONDS = 10

/** A worker at work; `stop` gives its runs back and waits for them. */
export interface Working {
  stop(): Promise<void>
}

/** Begins to answer wake-ups and to sweep, until it is stopped. */
export async function startWorking(installation: Installation, log: Log): Promise<Working> {
  const { database, gate, mail, publicUrl, queue, runners, settings } = installation
  const shutdown = new AbortController()
  let atWork = 0
  const worker: Worker = {
    db: database.db,
    clock: systemClock,
    runners,
    shutdown: shutdown.signal,
    settings: {
      evidenceMaxAgeDays: gate.evidenceMaxAgeDays,
      platformClientId: gate.platformClientId,
      leaseSeconds: settings.LEASE_SECONDS,
    },
    isFull: () => atWork >= settings.WORKER_SLOTS,
    report: (fault, { correlationId, id }) =>
      log.error({ run: id, correlationId, fault: stackOf(fault) }, 'An operation failed by our fault'),
  }
  await queue.onWake(settings.WORKER_SLOTS, async (runId) => {
    atWork += 1
    await workOn(worker, runId).catch((fault) =>
      log.error({ run: runId, fault: stackOf(fault) }, 'A wake-up failed'),
    )
    atWork -= 1
  })
  await queue.onAdvance((scopeKey) =>
    advance(gate, scopeKey, (fault, about) =>
      log.error({ ...about, scope: scopeKey, fault: stackOf(fault) }, 'A waiting start failed by our fault'),
    ).catch((fault) => log.error({ scope: scopeKey, fault: stackOf(fault) }, 'A line could not be advanced')),
  )
  await queue.daily('retention.daily', () =>
    carryOutRetention(database.db, shutdown.signal).then(
      (removed) => log.info({ removed }, 'Retention was carried out'),
      (fault) => log.error({ fault: stackOf(fault) }, 'Retention failed'),
    ),
  )
  const checking = settings.DAILY_CHECKS
    ? repeat(CHECKS_LOOKED_FOR_SECONDS, shutdown.signal, () =>
        startDueChecks(gate).then(
          (accepted) => void (accepted > 0 && log.info({ accepted }, 'Daily checks were started')),
          (fault) => log.error({ fault: stackOf(fault) }, 'Daily checks could not be started'),
        ),
      )
    : Promise.resolve()
  const writing = mail
    ? repeat(LETTERS_LOOKED_FOR_SECONDS, shutdown.signal, () =>
        sendLetters({ db: database.db, mail, publicUrl, signal: shutdown.signal }).then(
          (sent) => void (sent > 0 && log.info({ sent }, 'Letters were sent')),
          (fault) => log.error({ fault: stackOf(fault) }, 'Letters could not be sent'),
        ),
      )
    : Promise.resolve()
  const sweeping = repeat(settings.SWEEP_SECONDS, shutdown.signal, async () => {
    await sweep({
      db: database.db,
      requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
      graceSeconds: settings.SWEEP_SECONDS,
      report: (fault) => log.error({ fault: stackOf(fault) }, 'A run could not be rescued'),
    }).catch((fault) => log.error({ fault: stackOf(fault) }, 'The sweep failed'))
    await forgetOldAnswers(database.db).catch(() => {})
  })
  return {
    async stop() {
      await queue.noMoreWakes()
      shutdown.abort()
      await Promise.all([sweeping, checking, writing])
    },
  }
}

/** Runs an errand now and then again and again, with a pause after each, until the signal. */
async function repeat(seconds: number, signal: AbortSignal, errand: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await errand()
    await pause(seconds * 1000, signal)
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const over = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, milliseconds)
    signal.addEventListener('abort', over)
  })

const stackOf = (fault: unknown) => (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
