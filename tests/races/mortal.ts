/**
 * A process that starts work, works and sweeps, like the product, and can be told to die: by SIGKILL, the
 * moment it comes to a race point. What it worked on, and under which token, stands in the table `journal`.
 */
import { sql } from 'kysely'
import { type Database, openDatabase } from '../../src/database/index.ts'
import { OPERATION_CODES, type OperationCode } from '../../src/engine/catalog/index.ts'
import { start } from '../../src/engine/gate/index.ts'
import { checkInvariants } from '../../src/engine/invariants/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'
import { advance, startWhenFree } from '../../src/engine/waiting/index.ts'
import { type Runner, sweep, type Worker, workOn } from '../../src/engine/worker/index.ts'
import { type AtRacePoint, systemClock } from '../../src/kernel/index.ts'
import { startAsk } from '../world/start-ask.ts'
import type { FromMortal, Life } from './lives.ts'

const LEASE_SECONDS = 0.6
const REQUEST_TIMEOUT_SECONDS = 0.2
const SWEEP_SECONDS = 0.3
const GRACE_SECONDS = 1

const life = await new Promise<Life>((resolve) =>
  process.once('message', (message) => resolve(message as Life)),
)
const say = (message: FromMortal) =>
  new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

let passages = 0
const atRacePoint: AtRacePoint = async (point) => {
  if (point !== life.doom?.point) return
  passages += 1
  if (passages < life.doom.passage) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

const database = await openDatabase(life.database)
const { db } = database
const queue = await openQueue(database, () => {})
const stopping = new AbortController()

const runner: Runner = async ({ run }) => {
  await sql`insert into journal (run_id, token) values (${run.id}, ${run.fencingToken})`.execute(db)
  await new Promise((resolve) => life.endless || setTimeout(resolve, Math.random() * 60))
  return { ending: { outcome: 'succeeded', counts: { seen: 1 }, finding: null } }
}
const worker: Worker = {
  db,
  clock: systemClock,
  runners: new Map<OperationCode, Runner>(OPERATION_CODES.map((code) => [code, runner])),
  settings: { leaseSeconds: LEASE_SECONDS, evidenceMaxAgeDays: 7, platformClientId: null },
  shutdown: stopping.signal,
  atRacePoint,
  report: (fault) => void say({ kind: 'fault', says: `the work failed: ${fault}` }),
}

await queue.onWake(life.slots ?? 4, (runId) =>
  workOn(worker, runId).catch((fault) => say({ kind: 'fault', says: `a wake-up failed: ${fault}` })),
)
const gate = {
  db,
  evidenceMaxAgeDays: 7,
  platformClientId: null,
  supported: new Set(OPERATION_CODES),
  atRacePoint,
}
await queue.onAdvance((scopeKey) =>
  advance(gate, scopeKey).catch((fault) => say({ kind: 'fault', says: `an advance failed: ${fault}` })),
)
await say({ kind: 'alive' })
await Promise.all([life.starts ? starting() : drained(database), life.sweeps ? sweeping() : null])
await queue.stop()
await database.close()
await say({ kind: 'drained' })
process.disconnect()

/** Starts one operation after the other, each in a tenant by chance, until the process dies. */
async function starting(): Promise<never> {
  for (;;) {
    const tenant = oneOf(life.tenants)
    await startOrWait(tenant).catch((fault) => say({ kind: 'fault', says: `a start failed: ${fault}` }))
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 15))
  }
}

/** Every fourth start is at the click; where people get in line, the others are theirs. */
function startOrWait(tenant: Life['tenants'][number]): Promise<unknown> {
  const operation = oneOf(life.operations)
  const people = life.waiting ?? []
  if (people.length === 0 || Math.random() < 0.25) return start(gate, startAsk(life.actor, tenant, operation))
  const actor = oneOf(people)
  return startWhenFree(gate, { ...startAsk(actor, tenant, operation), actor })
}

function oneOf<T>(choices: readonly T[]): T {
  return choices[Math.floor(Math.random() * choices.length)] as T
}

/** Resolves when nothing is queued or running and nobody waits any more. */
async function drained({ db: of }: Database): Promise<void> {
  for (;;) {
    const active = await of
      .selectFrom('operation_runs')
      .select('id')
      .where('status', '!=', 'completed')
      .execute()
    const line = await of.selectFrom('waiting_starts').select('id').where('state', '=', 'waiting').execute()
    if (active.length + line.length === 0) return stopping.abort()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Sweeps, and looks after each sweep whether any run is left that nobody will be woken for. */
async function sweeping(): Promise<void> {
  while (!stopping.signal.aborted) {
    await sweep({
      db,
      requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
      graceSeconds: GRACE_SECONDS,
      atRacePoint,
      report: (fault) => void say({ kind: 'fault', says: `a rescue failed: ${fault}` }),
    })
    const checked = await checkInvariants(db, { sweepSeconds: 2 * GRACE_SECONDS })
    for (const { code, offences } of checked)
      for (const { row, says } of offences)
        await say({ kind: 'fault', says: `${code} is broken: ${row} ${says}` })
    await new Promise((resolve) => setTimeout(resolve, SWEEP_SECONDS * 1000))
  }
}
