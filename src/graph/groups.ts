import { z } from 'zod'
import type { Json } from '../kernel/index.ts'
import type { GraphClient } from './client.ts'
import type { DeltaPage } from './delta.ts'
import type { Result } from './failure.ts'

export type GroupKind = 'security' | 'microsoft_365' | 'mail_enabled_security' | 'distribution'

/** A group of the directory, with everything it came as. */
export interface Group {
  readonly id: string
  readonly displayName: string
  readonly description: string | null
  readonly mail: string | null
  readonly kind: GroupKind
  /** By which rule its members are found; null when they are assigned. */
  readonly membershipRule: string | null
  readonly raw: Json
}

/** What is asked of each group; members are not among it. */
export const GROUP_PROPERTIES = [
  'id',
  'displayName',
  'description',
  'mail',
  'mailEnabled',
  'mailNickname',
  'securityEnabled',
  'groupTypes',
  'membershipRule',
  'membershipRuleProcessingState',
  'visibility',
  'isAssignableToRole',
  'onPremisesSyncEnabled',
  'createdDateTime',
]

/** Microsoft Entra allows 256; a name that is orders of magnitude longer fits into no index, and would end every sync. */
const LONGEST_NAME = 500

/** What we look at of a group. Delta leaves out what was never set. */
const lookedAt = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  mail: z.string().nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  membershipRule: z.string().nullish(),
})

/** The raw facts are kept as they were read from JSON; to copy them for each of half a million groups costs. */
const group = z.custom<Json>().transform((raw, context): Group => {
  const looked = lookedAt.safeParse(raw)
  if (!looked.success) {
    context.addIssue({ code: 'custom', message: looked.error.message })
    return z.NEVER
  }
  const seen = looked.data
  return {
    id: seen.id,
    displayName: seen.displayName?.slice(0, LONGEST_NAME).toWellFormed() || seen.id,
    description: seen.description ?? null,
    mail: seen.mail ?? null,
    kind: kindOf(seen),
    membershipRule: seen.groupTypes?.includes('DynamicMembership') ? (seen.membershipRule ?? '') : null,
    raw,
  }
})

interface KindFacts {
  readonly groupTypes?: readonly string[] | null | undefined
  readonly mailEnabled?: boolean | null | undefined
  readonly securityEnabled?: boolean | null | undefined
}

/** The kind as Microsoft Entra names it, which no property tells by itself. */
function kindOf({ groupTypes, mailEnabled, securityEnabled }: KindFacts): GroupKind {
  if (groupTypes?.includes('Unified')) return 'microsoft_365'
  if (!mailEnabled) return 'security'
  return securityEnabled ? 'mail_enabled_security' : 'distribution'
}

/** The groups of the directory: all of them without a link, and with one what it leads to. */
export const groupPages = (
  client: GraphClient,
  link: string | null,
): AsyncGenerator<Result<DeltaPage<Group>>> =>
  client.delta(
    link === null
      ? { kind: 'path', path: `/groups/delta?$select=${GROUP_PROPERTIES.join(',')}` }
      : { kind: 'link', url: link },
    group,
    { priority: 'low' },
  )
