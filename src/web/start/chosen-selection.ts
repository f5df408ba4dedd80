import {
  type ChosenSelection,
  choiceOf,
  isOperationCode,
  usualSelection,
} from '../../engine/catalog/index.ts'
import type { FieldIssue } from '../../engine/gate/index.ts'
import type { Json, Language } from '../../kernel/index.ts'
import { BODY_WORDS } from './body-words.ts'

type Chosen =
  | { readonly ok: true; readonly selection: ChosenSelection }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/**
 * What a start's fields choose for its operation to work on: the usual where they say nothing, and the same for
 * whatever order, repetition and spacing they say it in. Where there is nothing to choose, the fields are ignored.
 */
export function chosenSelection(
  operation: string,
  fields: { readonly [name: string]: Json },
  language: Language,
): Chosen {
  const choice = isOperationCode(operation) ? choiceOf(operation) : undefined
  if (!isOperationCode(operation) || !choice) return { ok: true, selection: {} }
  const given = choice.kind === 'key' ? fields.selectionKey : typesIn(fields.targetContext)
  if (given === undefined) return { ok: true, selection: usualSelection(operation) }
  return choice.kind === 'key'
    ? chosenKey(choice.known, given, language)
    : chosenTypes(choice.known, given, language)
}

const typesIn = (context: Json | undefined): Json | undefined =>
  typeof context === 'object' && context !== null && 'types' in context ? context.types : undefined

function chosenKey(known: readonly string[], given: Json, language: Language): Chosen {
  const selectionKey = known.find((one) => one === given)
  if (selectionKey !== undefined) return { ok: true, selection: { selectionKey } }
  const detail = BODY_WORDS[language].badSelection(known)
  return { ok: false, issues: [{ pointer: '/selectionKey', detail }] }
}

const TYPES = '/targetContext/types'

function chosenTypes<Type extends string>(known: readonly Type[], given: Json, language: Language) {
  const words = BODY_WORDS[language]
  if (!Array.isArray(given) || given.length === 0)
    return { ok: false, issues: [{ pointer: TYPES, detail: words.noTypes(known) }] } as const
  const names = given.map((one) => (typeof one === 'string' ? one.trim() : one))
  const issues = names.flatMap((name, place) =>
    known.some((one) => one === name) ? [] : [{ pointer: `${TYPES}/${place}`, detail: words.badType(known) }],
  )
  if (issues.length > 0) return { ok: false, issues } as const
  return { ok: true, selection: { types: known.filter((one) => names.includes(one)) } } as const
}
