/** What a read of the directory costs more than one. */
const COSTS: readonly (readonly [path: RegExp, units: number])[] = [
  [/^groups\/[^/]+\/members$/, 3],
  [/^groups\/[^/]+\/transitiveMembers$/, 5],
  [/^servicePrincipals\/[^/]+\/appRoleAssignments$/, 2],
  [/^applications(\/[^/]+)?$/, 2],
  [/^subscribedSkus$/, 3],
]

/**
 * The resource units of a request to the directory: a named property list and a short page make it cheaper,
 * an expansion dearer, and none is below one.
 * https://learn.microsoft.com/graph/throttling-limits#identity-and-access-service-limits
 */
export function resourceUnits(path: string, query: URLSearchParams): number {
  const base = COSTS.find(([pattern]) => pattern.test(path))?.[1] ?? 1
  const top = query.get('$top')
  const isShort = top !== null && Number(top) < 20
  const units = base - Number(query.has('$select')) + Number(query.has('$expand')) - Number(isShort)
  return Math.max(1, units)
}
