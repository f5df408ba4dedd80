import fc from 'fast-check'
import type { Asked, Model, Operation, PlayedRole } from './model.ts'
import type { Real } from './real.ts'
import type { Step } from './step.ts'
import * as ground from './steps/ground.ts'
import * as runs from './steps/runs.ts'
import * as starts from './steps/starts.ts'
import * as workers from './steps/workers.ts'

const number = fc.nat(11)
const some = <Value>(...values: Value[]) => fc.constantFrom(...values)
const operation = some<Operation>(
  'directory.role_definitions.sync',
  'directory.role_definitions.sync',
  'directory.role_definitions.sync',
  'directory.groups.sync',
  'directory.groups.sync',
  'provider.connection.check',
  'provider.connection.check',
  'restore.execute',
)
const tenant = some(0, 0, 0, 1, 1, 2)
const connection = fc.nat(4)
const role = some<PlayedRole | null>(null, 'readonly', 'operator', 'manager')

/** Most starts leave the connection open, some name one of their tenant, few a foreign one. */
const named = some(...Array<null>(15).fill(null), 'own', 'own', 'any')
const ownConnections = [[0, 1], [2], [3, 4]]

const asked: fc.Arbitrary<Asked> = fc
  .record({
    person: some(0, 0, 0, 0, 1, 1, 1, 1, 3, 2),
    tenant,
    by: some<Asked['by']>('directory', 'directory', 'record'),
    operation,
    selection: some<0 | 1>(0, 0, 0, 1),
    key: some<Asked['key']>(null, null, 0, 1),
    named,
    connection,
  })
  .map(({ connection, named, ...rest }) => {
    const own = ownConnections[rest.tenant] ?? []
    if (named === null) return { ...rest, connection: null }
    return { ...rest, connection: named === 'own' ? (own[connection % own.length] ?? null) : connection }
  })

/** A kind of step with whatever it is to be given. */
const given = <Given extends unknown[]>(
  make: (...given: Given) => Step,
  ...from: { [Place in keyof Given]: fc.Arbitrary<Given[Place]> }
): fc.Arbitrary<Step> => fc.tuple(...from).map((drawn) => make(...(drawn as Given)))

/** What moves runs on comes more often than what disturbs them. */
const WEIGHED: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
  [8, given(starts.start, asked)],
  [4, given(starts.startAgain, number)],
  [4, given(starts.beginStart, asked)],
  [4, given(starts.releaseStart, number)],
  [8, given(workers.claim, number)],
  [4, given(workers.beginClaim, number)],
  [4, given(workers.releaseClaim, number)],
  [4, given(workers.beat, number)],
  [3, given(workers.progress, number, fc.integer({ min: 1, max: 3 }))],
  [5, given(workers.finish, number, some(...workers.WAYS_TO_FINISH))],
  [1, given(workers.fail, number, some('throwing', 'lying'))],
  [1, given(workers.shutDown, number)],
  [1, given(workers.makeRoom, number)],
  [2, given(workers.meetWindow, number)],
  [1, given(workers.sleep, number)],
  [2, given(runs.cancel, number, fc.nat(3))],
  [4, given(runs.fallSilent, number)],
  [3, given(runs.giveUp, number)],
  [2, given(runs.sweep)],
  [6, given(runs.beginSweep)],
  [5, given(runs.releaseSweep, number)],
  [1, given(runs.loseWakeUps, number)],
  [1, given(runs.postpone, number)],
  [1, given(runs.comeDue)],
  [1, given(runs.passQuarter)],
  [1, given(runs.passDay)],
  [1, given(ground.toggleConnection, connection)],
  [1, given(ground.chooseDefault, connection, some(true, true, false))],
  [2, given(ground.renew, connection)],
  [1, given(ground.togglePause, some(0, 0, 1), operation)],
  [1, given(ground.toggleFreeze, tenant)],
  [1, given(ground.toggleArchive, tenant)],
  [1, given(ground.giveRole, some(0, 0, 1, 3), some(0, 0, 1), role)],
]

/** How many steps are drawn; those that make no sense where they come are left out. */
const MOST_DRAWN = 50

/** Sequences of steps, of any length with the same likelihood. */
export const sequence: fc.Arbitrary<Iterable<Step>> = fc.noBias(
  fc.commands<Model, Real, false>(
    WEIGHED.flatMap(([weight, step]) => Array<fc.Arbitrary<Step>>(weight).fill(step)),
    { maxCommands: MOST_DRAWN, size: 'max' },
  ),
)
