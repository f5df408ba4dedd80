import type { OperationCode } from './codes.ts'
import { POLICY_TYPES, type PolicyType } from './policy-types.ts'

/** What an operation may be asked to work on: one of several keys, or any of several policy types. */
export type Choice =
  | { readonly kind: 'key'; readonly known: readonly [string, ...string[]] }
  | { readonly kind: 'types'; readonly known: readonly PolicyType[] }

const CHOICES: Partial<Record<OperationCode, Choice>> = {
  'directory.groups.sync': { kind: 'key', known: ['all_groups_v1'] },
  'inventory.sync': { kind: 'types', known: POLICY_TYPES },
}

/** What a start of this operation may choose; undefined where there is nothing to choose. */
export const choiceOf = (code: OperationCode): Choice | undefined => CHOICES[code]

/** A choice as a start carries it: the same for whatever order and spacing it was given in. */
export type ChosenSelection = { readonly selectionKey?: string } | { readonly types: readonly PolicyType[] }

/** What a start of this operation works on when it does not say: the first key, or all types. */
export function usualSelection(code: OperationCode): ChosenSelection {
  const choice = choiceOf(code)
  if (!choice) return {}
  return choice.kind === 'key' ? { selectionKey: choice.known[0] } : { types: choice.known }
}
