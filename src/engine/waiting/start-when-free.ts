import { randomUUID } from 'node:crypto'
import type { PersonalActor } from '../../access/index.ts'
import { definitionOf } from '../catalog/index.ts'
import { type Gate, type StartAnswer, type StartAsk, start } from '../gate/index.ts'
import { followSame } from './follow-waiting.sql.ts'
import { type Placing, placeInLine } from './line.sql.ts'

type Decided = Extract<StartAnswer, { kind: 'decided' }>

/** What comes of asking for a start when its scope is free: it was decided at once, it waits, or the line is full. */
export type WhenFreeAnswer =
  | StartAnswer
  | (Omit<Decided, 'kind'> & { readonly kind: 'waits'; readonly waitingStartId: number })
  | { readonly kind: 'line_full' }

/** How often it is begun again when the run in the way ended just then. */
const MOST_TURNS = 10

/**
 * Tries a start at once; while other work holds its scope, it gets in line for it. The same work stands in line once:
 * who asks for it again is told of the one that waits, and of its end if nothing comes of it.
 */
export async function startWhenFree(
  gate: Gate,
  ask: StartAsk & { readonly actor: PersonalActor },
): Promise<WhenFreeAnswer> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const correlationId = turn === 0 ? ask.correlationId : randomUUID()
    const answer = await start(gate, { ...ask, idempotency: null, correlationId })
    if (answer.kind !== 'decided' || answer.outcome.kind !== 'scope_busy') return answer
    const placed = await getInLine(gate, placingOf(ask, answer))
    if (placed === 'line_full') return { kind: 'line_full' }
    if (placed !== null) return { ...answer, kind: 'waits', waitingStartId: placed }
  }
  return { kind: 'undecided' }
}

/** The number under which it waits; null when the run in the way is gone and it has to be tried again. */
async function getInLine({ db }: Gate, placing: Placing): Promise<number | 'line_full' | null> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const before = await followSame(db, placing)
    if (before !== null) return before
    const placed = await placeInLine(db, placing).catch(fullOrThrow)
    if (placed === 'line_full') return placed
    if (placed.id !== null || !placed.isHeld) return placed.id
  }
  return null
}

function fullOrThrow(fault: unknown): 'line_full' {
  if ((fault as { constraint?: string }).constraint === 'waiting_starts_bounded') return 'line_full'
  throw fault
}

function placingOf(
  ask: StartAsk & { readonly actor: PersonalActor },
  { outcome, selection }: Decided,
): Placing {
  return {
    actor: ask.actor,
    tenantId: outcome.tenant.id,
    workspaceId: outcome.tenant.workspaceId,
    operation: outcome.operation,
    selection,
    connectionId: connectionOf(ask, outcome),
    holderId: outcome.run.id,
    correlationId: ask.correlationId,
  }
}

/** The connection that is meant: the one that was chosen; of a check, which is one of its connection, always one. */
function connectionOf(ask: StartAsk, { connection, operation }: Decided['outcome']): number | null {
  const isOfConnection = definitionOf(operation).identity === 'connection'
  return chosenConnection(ask) ?? (isOfConnection ? (connection?.id ?? null) : null)
}

function chosenConnection({ parsed, target }: StartAsk): number | null {
  if (target.kind === 'connection') return target.connectionId
  return parsed.ok ? parsed.input.connectionId : null
}
