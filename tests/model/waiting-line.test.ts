import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../world/world.ts'
import {
  advanceNow,
  ask,
  cancel,
  conclude,
  finish,
  type LineStep,
  lineSteps,
  overtake,
  rename,
  setRole,
  sweepAfterLoss,
} from './waiting-line.steps.ts'
import { expectSameLine, type Line, openLine, type PlayedLine } from './waiting-line.ts'

const SEQUENCES = 15
const CHECK = 'provider.connection.check'
const ROLES = 'directory.role_definitions.sync'
const GROUPS = 'directory.groups.sync'

let world: World
beforeAll(async () => {
  world = await openWorld('embedded')
})
afterAll(() => world.close())

/** Each thing once, so that the sequences are about something whatever is drawn. */
const KEPT = [
  ask(0, GROUPS),
  ask(0, ROLES),
  ask(1, ROLES),
  overtake(1, 0),
  advanceNow,
  ask(0, GROUPS),
  ask(1, GROUPS),
  cancel(1, 0),
  ask(0, CHECK),
  ask(1, CHECK),
  setRole(0, false),
  finish,
  rename,
  sweepAfterLoss,
  ask(1, ROLES),
  ask(1, GROUPS),
  finish,
  advanceNow,
]

test('a sequence of everything that may happen in a line goes as promised', async () => {
  const happened = new Set<string>()

  await playLine(KEPT, happened)

  expect([...happened].sort()).toEqual([
    'cancelled',
    'follows',
    'joined',
    'overtaken',
    'refused',
    'started',
    'waits',
  ])
})

/*
 * Plays sequences of asking, finishing, overtaking, cancelling and losing roles on one directory and on a small model of
 * its line. To play the same again: MODEL_SEED=<seed> npx vitest run tests/model/waiting-line
 */
test(`${SEQUENCES} sequences in a line keep its order, lose nobody, double nobody, and tell who wants to know`, async () => {
  const seed = Number(process.env.MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`The lines have the seed ${seed}\n`)
  const sequences = fc.commands<Line, PlayedLine, false>([...lineSteps], { size: 'max', maxCommands: 30 })

  await fc.assert(
    fc.asyncProperty(fc.noBias(sequences), (steps) => playLine(steps)),
    { seed, numRuns: SEQUENCES },
  )
}, 300_000)

async function playLine(steps: Iterable<LineStep>, happened = new Set<string>()): Promise<void> {
  const real = await openLine(world, happened)
  const model: Line = { active: null, line: [], ended: new Map(), mayStart: [true, true], told: [] }
  try {
    await fc.asyncModelRun(() => ({ model, real }), steps)
    await conclude(model, real)
    await expectSameLine(model, real)
  } finally {
    await sql`delete from pgboss.job`.execute(world.database.db)
  }
}
