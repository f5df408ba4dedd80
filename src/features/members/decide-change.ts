import { isWithin, type ScopeOfAccess } from '../../access/index.ts'

/** What is known of a change to somebody's access before it is made. */
export interface ChangeFacts {
  /** What the one who changes may do. */
  readonly own: ScopeOfAccess
  readonly isOneself: boolean
  readonly before: ScopeOfAccess
  /** Null when the person is to be removed. */
  readonly after: ScopeOfAccess | null
  /** Whether another owner reaches all tenants. */
  readonly hasAnotherOwner: boolean
}

/** Why a change is not made. */
export type ChangeObjection = 'last_owner' | 'oneself' | 'beyond_yourself' | 'raises_above_yourself'

export type ChangeVerdict =
  | { readonly kind: 'refused'; readonly objection: ChangeObjection }
  | { readonly kind: 'unchanged' }
  /** `takesAway`: the person could do something, somewhere, that they cannot do afterwards. `makesOwner`: they come to manage people. */
  | { readonly kind: 'granted'; readonly takesAway: boolean; readonly makesOwner: boolean }

/** Whether somebody may change a person's access so, or remove them. */
export function decideChange(facts: ChangeFacts): ChangeVerdict {
  const { after, before, hasAnotherOwner, isOneself, own } = facts
  const takesAway = after === null || !isWithin(before, after)
  if (isFullOwner(before) && !(after && isFullOwner(after)) && !hasAnotherOwner) return refused('last_owner')
  if (isOneself) return refused('oneself')
  if (!isWithin(before, own)) return refused('beyond_yourself')
  if (after && !isWithin(after, own)) return refused('raises_above_yourself')
  if (after && !takesAway && isWithin(after, before)) return { kind: 'unchanged' }
  return { kind: 'granted', takesAway, makesOwner: after !== null && makesOwner(before, after) }
}

/** Whether somebody would come to manage people, who may not do that yet. */
export const makesOwner = (before: ScopeOfAccess, after: ScopeOfAccess): boolean =>
  after.role === 'owner' && before.role !== 'owner'

/** Only an owner who reaches every tenant can give everything back. */
const isFullOwner = ({ reach, role }: ScopeOfAccess) => role === 'owner' && reach === 'all'

const refused = (objection: ChangeObjection): ChangeVerdict => ({ kind: 'refused', objection })
