import fc, { type AsyncCommand } from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { advance, advanceForgotten, cancelWaiting, startWhenFree } from '../../src/engine/waiting/index.ts'
import { workOn } from '../../src/engine/worker/index.ts'
import { SUCCEEDED, workerOf } from '../world/workers.ts'
import { startAsk } from '../world/world.ts'
import { at } from './model.ts'
import { expectSameLine, type Line, leave, type PlayedLine, scopeOf } from './waiting-line.ts'

export type LineStep = AsyncCommand<Line, PlayedLine>

interface Parts {
  readonly possible?: (model: Line) => boolean
  readonly play: (model: Line, real: PlayedLine) => Promise<void>
}

/** A step by its name; after it the database has to agree with the model. */
const step = (name: string, { play, possible = () => true }: Parts): LineStep => ({
  check: possible,
  async run(model, real) {
    await play(model, real)
    await expectSameLine(model, real)
  },
  toString: () => name,
})

/** Somebody asks for an operation when its directory is free. */
export const ask = (person: number, operation: OperationCode) =>
  step(`ask(${person}, ${operation})`, {
    async play(model, { happened, people, tenant, world }) {
      const actor = at(people, person)
      const answer = await startWhenFree(world.gate, { ...startAsk(actor, tenant, operation), actor })
      const said = answer.kind === 'decided' ? answer.outcome.kind : answer.kind
      expect(said).toBe(answered(model, person, operation))
      if (said === 'accepted') model.active = { operation, person }
      if (answer.kind === 'waits') happened.add(getsInLine(model, person, operation, answer.waitingStartId))
    },
  })

/** What an asking comes to, as it is promised. */
function answered({ active, mayStart }: Line, person: number, operation: OperationCode): string {
  if (!mayStart[person]) return 'forbidden'
  if (!active) return 'accepted'
  return active.operation === operation ? 'deduped' : 'waits'
}

/** At the end of the line; or, where the same work waits, as one who wants to know. */
function getsInLine(model: Line, person: number, operation: OperationCode, id: number): string {
  const same = model.line.find((one) => one.operation === operation)
  if (!same) {
    model.line.push({ id, operation, person, followers: new Set() })
    return 'waits'
  }
  expect(id).toBe(same.id)
  if (same.person !== person) same.followers.add(person)
  return 'follows'
}

/** Somebody is faster at the click, with the very work that somebody waits for, as soon as the directory is free. */
export const overtake = (person: number, place: number) =>
  step(`overtake(${person}, ${place})`, {
    possible: ({ line, mayStart }) => line.length > 0 && mayStart[person] === true,
    async play(model, real) {
      const { operation } = at(model.line, place % model.line.length)
      if (model.active) await finish.run(model, real)
      const answer = await real.world.start(at(real.people, person), real.tenant, operation)
      expect(answer).toMatchObject({ outcome: { kind: 'accepted' } })
      model.active = { operation, person }
      real.happened.add('overtaken')
    },
  })

/** Somebody takes one that waits out of the line. */
export const cancel = (person: number, place: number) =>
  step(`cancel(${person}, ${place})`, {
    possible: ({ line }) => line.length > 0,
    async play(model, { happened, people, world }) {
      const waiting = at(model.line, place % model.line.length)
      expect(await cancelWaiting(world.database.db, waiting.id, at(people, person), 'c')).toBe(true)
      leave(model, waiting, 'cancelled', person)
      happened.add('cancelled')
    },
  })

/** The work that has the directory comes to its end; nobody has heard of that yet. */
export const finish = step('finish()', {
  possible: ({ active }) => active !== null,
  async play(model, { tenant, world }) {
    const run = await world.database.db
      .selectFrom('operation_runs')
      .select('id')
      .where('tenant_id', '=', tenant.id)
      .where('status', '=', 'queued')
      .executeTakeFirstOrThrow()
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      run.id,
    )
    model.active = null
  },
})

/** The line moves on, as the model has it: in order while the directory is free, beside the order only to the same work. */
function advanced(model: Line, happened: Set<string>): void {
  for (;;) {
    const { active } = model
    const next = active ? model.line.find(({ operation }) => operation === active.operation) : model.line[0]
    if (!next) return
    const as = model.mayStart[next.person] ? (active ? 'joined' : 'started') : 'refused'
    leave(model, next, as, null)
    happened.add(as)
    if (as === 'started') model.active = { operation: next.operation, person: next.person }
  }
}

/** The word of an end is answered. */
export const advanceNow = step('advance()', {
  async play(model, real) {
    await advance(real.world.gate, await scopeOf(real))
    advanced(model, real.happened)
  },
})

/** Every word was lost with its process; a sweep finds whoever could be tried. */
export const sweepAfterLoss = step('sweepAfterLoss()', {
  async play(model, { happened, world }) {
    const { db } = world.database
    await sql`delete from pgboss.job`.execute(db)
    await advanceForgotten(db, 60)
    const { rows } = await sql<{ scope: string }>`
      delete from pgboss.job where name = 'scope.advance' returning data ->> 'scopeKey' as scope`.execute(db)
    expect(rows).toHaveLength(model.active === null && model.line.length > 0 ? 1 : 0)
    for (const { scope } of rows) await advance(world.gate, scope)
    if (rows.length > 0) advanced(model, happened)
  },
})

/** Somebody may start operations from now on, or may only look. */
export const setRole = (person: number, mayStart: boolean) =>
  step(`setRole(${person}, ${mayStart})`, {
    async play(model, { people, world }) {
      const role = mayStart ? 'operator' : 'readonly'
      await sql`update workspace_memberships set role = ${role} where user_id = ${people[person]?.userId}`.execute(
        world.database.db,
      )
      model.mayStart[person] = mayStart
    },
  })

/** The tenant is proven, or loses its proof: the scope is called otherwise, and the line goes along. */
export const rename = step('rename()', {
  possible: ({ active }) => active === null,
  async play(_model, { tenant, world }) {
    await sql`update tenants set proven_at = case when proven_at is null then now() end where id = ${tenant.id}`.execute(
      world.database.db,
    )
  },
})

const person = fc.nat(1)
const operation = fc.constantFrom<OperationCode>(
  'provider.connection.check',
  'directory.role_definitions.sync',
  'directory.groups.sync',
)

/** Every kind of step; asking stands here more than once, so that there is a line. */
export const lineSteps = [
  fc.tuple(person, operation).map((given) => ask(...given)),
  fc.tuple(person, operation).map((given) => ask(...given)),
  fc.tuple(person, operation).map((given) => ask(...given)),
  fc.tuple(person, fc.nat(3)).map((given) => cancel(...given)),
  fc.tuple(person, fc.boolean()).map((given) => setRole(...given)),
  fc.tuple(person, fc.nat(3)).map((given) => overtake(...given)),
  fc.constant(finish),
  fc.constant(finish),
  fc.constant(advanceNow),
  fc.constant(sweepAfterLoss),
  fc.constant(rename),
]

/** Workers and sweeps come by until nobody waits: nobody is left behind. */
export async function conclude(model: Line, real: PlayedLine): Promise<void> {
  while (model.active || model.line.length > 0) {
    if (model.active) await finish.run(model, real)
    await advanceNow.run(model, real)
  }
}
