import { sql } from 'kysely'
import { expect } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import type { SeededTenant, World } from '../world/world.ts'

/** Somebody in the line of a scope, in the model: by the number that the product gave. */
export interface Waiting {
  readonly id: number
  readonly operation: OperationCode
  readonly person: number
  readonly followers: Set<number>
}

/** The line of one scope and what has it, as it is promised. People are named by their places. */
export interface Line {
  active: { readonly operation: OperationCode; readonly person: number } | null
  line: Waiting[]
  readonly ended: Map<number, 'started' | 'joined' | 'refused' | 'cancelled'>
  readonly mayStart: boolean[]
  /** Who was told of which waiting start that it came to nothing: "7 by 0". */
  told: string[]
}

export interface PlayedLine {
  readonly world: World
  readonly tenant: SeededTenant
  readonly people: readonly PersonalActor[]
  readonly happened: Set<string>
}

/** A directory of its own, two operators, and an owner so that everybody may lose a role. */
export async function openLine(world: World, happened: Set<string>): Promise<PlayedLine> {
  const workspace = await world.workspace()
  await world.person(workspace, 'owner')
  const people = [
    await world.person(workspace, 'operator', 'Ada'),
    await world.person(workspace, 'operator', 'Ben'),
  ]
  return { world, tenant: await world.readyTenant(workspace), people, happened }
}

/** The scope of the directory as it is called now. */
export async function scopeOf({ tenant, world }: PlayedLine): Promise<string> {
  const { rows } = await sql<{ scope: string }>`
    select scope_key as scope from tenants where id = ${tenant.id}`.execute(world.database.db)
  return rows[0]?.scope ?? ''
}

/** A waiting start leaves the line, and whoever wants to know is told unless they did it. */
export function leave(
  model: Line,
  waiting: Waiting,
  as: 'started' | 'joined' | 'refused' | 'cancelled',
  by: number | null,
) {
  model.line = model.line.filter((one) => one !== waiting)
  model.ended.set(waiting.id, as)
  if (as === 'started' || as === 'joined') return
  const told = new Set(waiting.followers)
  if (as === 'cancelled') told.add(waiting.person)
  if (by !== null) told.delete(by)
  model.told.push(...[...told].map((person) => `${waiting.id} by ${person}`))
}

/** The database says the same as the model: who has the scope, who waits in which order, what came of the others. */
export async function expectSameLine(model: Line, real: PlayedLine): Promise<void> {
  const { people, tenant, world } = real
  const { db } = world.database
  const active = await sql<{ operation: string; initiator: string }>`
    select operation, initiator_id as initiator from operation_runs
    where tenant_id = ${tenant.id} and status in ('queued', 'running')`.execute(db)
  const starts = await sql<{ id: number; operation: string; person: string; state: string }>`
    select id, operation, person_id as person, state from waiting_starts
    where tenant_id = ${tenant.id} order by id`.execute(db)
  const told = await sql<{ id: number; person: string }>`
    select n.waiting_start_id as id, n.user_id as person
    from notifications n join waiting_starts w on w.id = n.waiting_start_id
    where w.tenant_id = ${tenant.id}`.execute(db)
  const placeOf = (id: string) => people.findIndex(({ userId }) => userId === id)

  expect(active.rows.map(({ initiator, operation }) => ({ operation, person: placeOf(initiator) }))).toEqual(
    model.active ? [model.active] : [],
  )
  expect(
    starts.rows
      .filter(({ state }) => state === 'waiting')
      .map(({ id, operation, person }) => ({ id, operation, person: placeOf(person) })),
  ).toEqual(model.line.map(({ id, operation, person }) => ({ id, operation, person })))
  expect(
    new Map(starts.rows.filter(({ state }) => state !== 'waiting').map(({ id, state }) => [id, state])),
  ).toEqual(new Map([...model.ended].sort(([one], [other]) => one - other)))
  expect(told.rows.map(({ id, person }) => `${id} by ${placeOf(person)}`).sort()).toEqual(
    [...model.told].sort(),
  )
}
