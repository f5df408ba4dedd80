import { roleMay } from '../../access/index.ts'
import { definitionOf, isOperationCode, type OperationDefinition, usualSelection } from '../catalog/index.ts'
import type { Gate, Refusal, StartAsk, StartInput } from './ask.ts'
import { groundOfStart, type StartGround } from './facts.sql.ts'
import { factsOf } from './facts.ts'
import { recordForbidden } from './records.sql.ts'
import type { StartFacts } from './start-facts.ts'

/** A start that may be decided: visible, known, permitted and well-formed. */
export interface AdmissibleStart {
  readonly kind: 'admissible'
  readonly definition: OperationDefinition
  readonly input: StartInput
  readonly ground: StartGround
  readonly facts: StartFacts
}

export type Admissibility = AdmissibleStart | Refusal

/**
 * Everything that comes before the decision, in its fixed order: visible, operation known on this
 * surface, capability, well-formed. The first that fails is the answer.
 */
export async function admissible(gate: Gate, ask: StartAsk): Promise<Admissibility> {
  const { actor, operation, parsed, surface, target } = ask
  const ground = await groundOfStart(gate.db, {
    actor,
    target,
    operation: isOperationCode(operation) ? operation : '',
    connectionId: askedConnection(ask),
    idempotencyKey: ask.idempotency?.key ?? null,
  })
  await gate.atRacePoint?.('after_facts')
  if (!ground || !isOperationCode(operation)) return { kind: 'invisible' }
  const definition = definitionOf(operation)
  if (!definition.surfaces.includes(surface)) return { kind: 'invisible' }
  if (!roleMay(ground.role, definition.capability)) {
    await recordForbidden(gate.db, ask, ground)
    return { kind: 'forbidden' }
  }
  if (!parsed.ok) return { kind: 'malformed', issues: parsed.issues }
  const selection = { ...usualSelection(operation), ...parsed.input.selection }
  const facts = factsOf(gate, definition, selection, ground)
  return { kind: 'admissible', definition, input: { ...parsed.input, selection }, ground, facts }
}

function askedConnection({ parsed, target }: StartAsk): number | null {
  if (target.kind === 'connection') return target.connectionId
  return parsed.ok ? parsed.input.connectionId : null
}
