import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../world/databases.ts'
import { openWorld, type World } from '../world/world.ts'
import type { Asked } from './model.ts'
import { playSequence } from './play.ts'
import { holdHeartbeats } from './played-worker.ts'
import type { Step } from './step.ts'
import { giveRole, toggleArchive, toggleConnection } from './steps/ground.ts'
import { beginSweep, cancel, comeDue, fallSilent, giveUp, postpone, releaseSweep } from './steps/runs.ts'
import { beginStart, releaseStart, start, startAgain } from './steps/starts.ts'
import { beat, beginClaim, claim, finish, progress, releaseClaim, shutDown } from './steps/workers.ts'

const ADA = 0
const GRACE = 1
const SAM = 3
const asked = (change: Partial<Asked> = {}): Asked => ({
  person: ADA,
  tenant: 0,
  by: 'directory',
  operation: 'directory.role_definitions.sync',
  selection: 0,
  connection: null,
  key: null,
  ...change,
})

/** Sequences that once told something: found by chance, or by a guard that was taken away on purpose. */
const KEPT: readonly (readonly [string, readonly Step[]])[] = [
  [
    'a start stays with the tenant it was decided on when its person comes to see an older one of that directory',
    [beginStart(asked({ person: SAM, tenant: 2 })), giveRole(SAM, 0, 'operator'), releaseStart(0)],
  ],
  [
    'a run given back with a wish to stop is claimed by a worker that had not heard of it, whose first beat does',
    [start(asked()), beginClaim(1), claim(1), cancel(0, GRACE), shutDown(0), releaseClaim(0), beat(0)],
  ],
  [
    'a worker of an earlier attempt can neither note, beat, nor end anything of the next one',
    [start(asked()), claim(1), giveUp(0), claim(1), progress(0, 2), finish(0, 'succeeds')],
  ],
  [
    'a worker of an earlier attempt that shuts down gives nothing back of the next one',
    [start(asked()), claim(1), giveUp(0), claim(1), shutDown(0), finish(0, 'succeeds')],
  ],
  [
    'of a tenant archived between facts and claim the run ends blocked',
    [start(asked()), beginClaim(1), toggleArchive(0), releaseClaim(0)],
  ],
  [
    'a run that is heard of between the look and the rescue is left to its worker',
    [
      start(asked()),
      claim(1),
      fallSilent(0),
      beginSweep(),
      beat(0),
      releaseSweep(0),
      finish(0, 'is throttled'),
    ],
  ],
  [
    'two starts under one key that were decided together: one commits, the other is answered with it',
    [beginStart(asked({ key: 0 })), beginStart(asked({ key: 0 })), releaseStart(1), releaseStart(0)],
  ],
  [
    'a start that was about to join a run finds it ended, and begins one of its own',
    [start(asked()), beginStart(asked({ person: GRACE })), cancel(0, ADA), releaseStart(0)],
  ],
  [
    'a run that waited once does not wait again after it was claimed and given back',
    [start(asked()), postpone(0), comeDue(), claim(1), shutDown(0), claim(1), finish(0, 'succeeds')],
  ],
  [
    'the directory that a check proves is the scope of the next start',
    [
      start(asked({ operation: 'provider.connection.check' })),
      beginStart(asked()),
      claim(1),
      finish(0, 'proves its tenant'),
      releaseStart(0),
    ],
  ],
  [
    'of a connection disabled between facts and claim the run ends blocked, and the same start is refused',
    [start(asked()), beginClaim(1), toggleConnection(0), releaseClaim(0), startAgain(0), startAgain(0)],
  ],
]

/** A kept sequence leaves no step out. */
const certainly = (step: Step): Step => ({
  check: (model) => step.check(model) || expect.fail(`${step} makes no sense here`),
  run: (model, real) => step.run(model, real),
  toString: () => step.toString(),
})

describe.each(ENGINES)('on %s', (engine) => {
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

  test.each(KEPT)('%s', (_, steps) => playSequence(world, steps.map(certainly)))
})
