import {
  CATALOG,
  OPERATION_CODES,
  type OperationCode,
  type PermissionRequirement,
} from '../../engine/catalog/index.ts'
import type { EvidenceFacts } from '../../providers/index.ts'

/** One application permission, and what it is needed for. */
export interface PermissionNeed {
  /** The least that is enough. */
  readonly permission: string
  /** Wider grants that are accepted in its place. */
  readonly wider: readonly string[]
  /** Operations that are blocked without it. */
  readonly requiredBy: readonly OperationCode[]
  /** Parts of operations that are left out without it. */
  readonly partsOf: readonly { readonly operation: OperationCode; readonly part: string }[]
  /** Operations that tell more with it, and work without it. */
  readonly optionalFor: readonly OperationCode[]
}

/** With it a check reads the organisation; without it the check works and says that it could not. */
export const ORGANIZATION_READ: PermissionRequirement = {
  permission: 'Organization.Read.All',
  alsoSatisfiedBy: ['Directory.Read.All'],
}

/** Whether nothing that is offered is held up or left out without it. */
export const isOptional = ({ optionalFor, partsOf, requiredBy }: PermissionNeed): boolean =>
  optionalFor.length > 0 && requiredBy.length + partsOf.length === 0

/** What an administrator is asked to grant for the given operations: all that they are held up or leave a part out without. */
export const permissionsToGrant = (operations: readonly OperationCode[]): PermissionNeed[] =>
  permissionNeeds(operations).filter((need) => !isOptional(need))

/** Every application permission that the given operations can make use of, in the order of the catalog. */
export function permissionNeeds(operations: readonly OperationCode[]): PermissionNeed[] {
  const needs = new Map<string, Writable>()
  const needOf = ({ alsoSatisfiedBy: wider, permission }: PermissionRequirement) => {
    const known = needs.get(permission)
    const need = known ?? { permission, wider, requiredBy: [], partsOf: [], optionalFor: [] }
    needs.set(permission, need)
    return need
  }
  for (const operation of OPERATION_CODES.filter((code) => operations.includes(code))) {
    for (const requirement of CATALOG[operation].required) needOf(requirement).requiredBy.push(operation)
    for (const [part, requirement] of Object.entries(CATALOG[operation].perType))
      needOf(requirement).partsOf.push({ operation, part })
  }
  if (operations.includes(CHECK)) needOf(ORGANIZATION_READ).optionalFor.push(CHECK)
  return [...needs.values()]
}

const CHECK = 'provider.connection.check'

interface Writable extends PermissionNeed {
  readonly requiredBy: OperationCode[]
  readonly partsOf: { operation: OperationCode; part: string }[]
  readonly optionalFor: OperationCode[]
}

/** Whether a permission is there, by what was last seen granted. */
export type GrantState =
  | { readonly kind: 'granted'; readonly through: string }
  | { readonly kind: 'missing' }
  /** Nothing was seen yet, or it was too long ago to count; then what was seen at that time. */
  | { readonly kind: 'unknown'; readonly wasGranted: boolean | null }

/** The grant that covers a need: the permission itself, or a wider one. */
export const throughOf = (
  { permission, wider }: PermissionNeed,
  granted: readonly string[],
): string | undefined => [permission, ...wider].find((name) => granted.includes(name))

/** Judges a need by the rule that a start meets: what is too old counts as unknown, and unknown as not granted. */
export function grantState(
  need: PermissionNeed,
  evidence: EvidenceFacts | null,
  { at, maxAgeDays }: { at: Date; maxAgeDays: number },
): GrantState {
  if (!evidence) return { kind: 'unknown', wasGranted: null }
  const through = throughOf(need, evidence.permissions)
  const isOld = at.getTime() - Date.parse(evidence.seenAt) > maxAgeDays * 86_400_000
  if (isOld) return { kind: 'unknown', wasGranted: through !== undefined }
  return through === undefined ? { kind: 'missing' } : { kind: 'granted', through }
}
