import type { OperationCode } from './codes.ts'

/** What operations may be asked to work on, by the key that a start names; the first is the usual one. */
const SELECTION_KEYS: Partial<Record<OperationCode, readonly string[]>> = {
  'directory.groups.sync': ['all_groups_v1'],
}

/** The keys that a start of this operation may name; none where there is nothing to choose. */
export const selectionKeysOf = (code: OperationCode): readonly string[] => SELECTION_KEYS[code] ?? []

/** What a start of this operation works on when it does not say. */
export function usualSelection(code: OperationCode): { readonly selectionKey?: string } {
  const [selectionKey] = selectionKeysOf(code)
  return selectionKey === undefined ? {} : { selectionKey }
}
