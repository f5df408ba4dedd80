import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../world/world.ts'
import { conclude, lineSteps } from './waiting-line.steps.ts'
import { expectSameLine, type Line, openLine, type PlayedLine } from './waiting-line.ts'

const SEQUENCES = 20

let world: World
beforeAll(async () => {
  world = await openWorld('embedded')
})
afterAll(() => world.close())

/** What has to have happened in all sequences together, or the test is about nothing. */
const MUST_HAPPEN = ['waits', 'follows', 'started', 'joined', 'refused', 'cancelled', 'overtaken'] as const

/*
 * Plays sequences of asking, finishing, overtaking, cancelling and losing roles on one directory and on a small model of
 * its line. To play the same again: MODEL_SEED=<seed> npx vitest run tests/model/waiting-line
 */
test(`${SEQUENCES} sequences in a line keep its order, lose nobody, double nobody, and tell who wants to know`, async () => {
  const seed = Number(process.env.MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`The lines have the seed ${seed}\n`)
  const happened = new Set<string>()

  await fc.assert(
    fc.asyncProperty(
      fc.noBias(fc.commands<Line, PlayedLine, false>([...lineSteps], { size: 'max', maxCommands: 40 })),
      async (steps) => {
        const real = await openLine(world, happened)
        const model: Line = { active: null, line: [], ended: new Map(), mayStart: [true, true], told: [] }
        try {
          await fc.asyncModelRun(() => ({ model, real }), steps)
          await conclude(model, real)
          await expectSameLine(model, real)
        } finally {
          await sql`delete from pgboss.job`.execute(world.database.db)
        }
      },
    ),
    { seed, numRuns: SEQUENCES },
  )

  expect(MUST_HAPPEN.filter((what) => !happened.has(what))).toEqual([])
}, 300_000)
