import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { Reader } from '../../web/index.ts'
import type { PermissionNeed } from './permission-needs.ts'
import { permissionsWords } from './permissions.words.ts'

/** What a permission is needed for, in sentences: what it holds up, what is left out without it, what it adds to. */
export function usesWords(
  {
    optionalFor = [],
    partsOf,
    requiredBy,
  }: Pick<PermissionNeed, 'requiredBy' | 'partsOf'> & Partial<PermissionNeed>,
  { language }: Reader,
): string {
  const words = permissionsWords(language)
  const titleOf = (code: OperationCode) => definitionOf(code).words[language].title
  return [
    ...(requiredBy.length > 0 ? [words.requiredBy(requiredBy.map(titleOf).join(', '))] : []),
    ...partsOf.map(({ operation, part }) =>
      words.partOf(words.parts[part] ?? part.replaceAll('_', ' '), titleOf(operation)),
    ),
    ...(optionalFor.length > 0 ? [words.optionalFor(optionalFor.map(titleOf).join(', '))] : []),
  ].join(' ')
}
