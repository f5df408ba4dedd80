import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../world/databases.ts'
import { openWorld, type World } from '../world/world.ts'
import { playSequence } from './play.ts'
import { holdHeartbeats } from './played-worker.ts'
import { sequence } from './sequences.ts'
import { whatHappened } from './step.ts'

/** What has to have happened in any hundred sequences, or the test is about nothing. */
export const COMMON = [
  'answered accepted',
  'answered deduped',
  'answered scope_busy',
  'answered blocked',
  'answered forbidden',
  'answered invisible',
  'answered replayed',
  'answered key_reused',
  'accepted on a scope that was held before',
  'a held start commits what it decided',
  'a wake-up for nothing',
  'ended succeeded',
  'cancel: cancelled',
  'cancel: ended_before',
  'rescued: requeued',
] as const

/** What happens too, in a thousand. */
export const RARE = [
  'cancel: stopping',
  'a held worker comes too late',
  'a held start decides anew',
  'a blocked start is counted on the first one',
  'a heartbeat hears of the wish to stop',
  'a heartbeat hears that the run is lost',
  'a held sweep leaves a run alone that is not silent any more',
  'a late worker may give nothing back',
  'a late worker may note nothing',
  'a late worker may write nothing',
  'a lost wake-up is sent again',
  'a run is taken up again',
  'a worker that slept stops itself',
  'blocked: operation_paused',
  'blocked: provider_connection_default_missing',
  'blocked: provider_connection_disabled',
  'blocked: provider_credential_rejected',
  'blocked: provider_throttled',
  'blocked: tenant_frozen',
  'blocked: tenant_not_operable',
  'ended before it began: authorization_lost',
  'ended before it began: provider_connection_disabled',
  'ended before it began: run_cancelled',
  'ended before it began: tenant_not_operable',
  'ended blocked',
  'ended failed',
  'ended failed by lying',
  'ended failed by throwing',
  'ended partially_succeeded',
  'comeDue',
  'passDay',
  'passQuarter',
  'renew',
  'rescued: ended',
] as const

/**
 * Plays that many sequences of steps on a database of the given kind and on the model, comparing the two
 * after every step. The seed is new each time and printed at the start. To play the same sequences again:
 *
 *     MODEL_SEED=<seed> npx vitest run tests/model
 *
 * A failure names a path such as 817:3:0; MODEL_SEQUENCE=817 beside the seed begins with that sequence.
 * What was found that way stays in kept.test.ts.
 */
export function testSequences(engine: Engine, sequences: number, mustHappen: readonly string[]): void {
  let world: World
  let letHeartbeatsGo: () => void
  beforeAll(async () => {
    world = await openWorld(engine)
    letHeartbeatsGo = holdHeartbeats()
  })
  afterAll(async () => {
    letHeartbeatsGo()
    await world.close()
  })

  test(`${sequences} sequences of starts, workers, sweeps and disturbances go as the model says`, async () => {
    const { MODEL_SEED, MODEL_SEQUENCE } = process.env
    const seed = Number(MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31))
    process.stdout.write(`The sequences on ${engine} have the seed ${seed}\n`)

    await fc.assert(
      fc.asyncProperty(sequence, (steps) => playSequence(world, steps)),
      { seed, numRuns: sequences, ...(MODEL_SEQUENCE ? { path: MODEL_SEQUENCE } : {}) },
    )

    const happened = whatHappened()
    if (!MODEL_SEQUENCE) expect(mustHappen.filter((what) => !happened.has(what))).toEqual([])
  }, 600_000)
}
