/** Leaves of each object nothing but what `$select` names, its id and type, what is expanded, and what is said about it. */
export function selecting(select: string | null, expanded: readonly string[] = []): (item: object) => object {
  if (!select) return (item) => item
  const wanted = [...new Set(['@odata.type', 'id', ...select.split(','), ...expanded])]
  return (item) => ('@removed' in item ? item : withOnly(item, wanted))
}

/** Half a million groups go through here, so nothing is made that is thrown away again. */
function withOnly(item: object, wanted: readonly string[]): object {
  const kept: Record<string, unknown> = {}
  for (const name of wanted) if (name in item) kept[name] = item[name as keyof typeof item]
  return kept
}

/** The first name in `$select` that the object has no property of; null when all are known. */
export function unknownProperty(item: object | undefined, select: string | null): string | null {
  if (!item || !select || '@removed' in item) return null
  return select.split(',').find((name) => !(name in item)) ?? null
}
