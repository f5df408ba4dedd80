import type { Group } from '@microsoft/microsoft-graph-types'
import { hiddenIdOf, indexHiddenIn } from './hidden-ids.ts'

/** The kinds of groups that Microsoft Entra knows; a dynamic one is filled by its rule. */
export const GROUP_KINDS = [
  'security',
  'microsoft_365',
  'mail_enabled_security',
  'distribution',
  'dynamic',
] as const
export type SandboxGroupKind = (typeof GROUP_KINDS)[number]

interface Place {
  readonly id: string
  readonly domain: string
}

/** Group `index` of a directory as it was made; always the same for the same directory. */
export function makeGroup(directory: Place, index: number, kind = kindOf(index)): Group {
  const team = TEAMS[index % TEAMS.length] ?? ''
  const purpose = PURPOSES[Math.floor(index / TEAMS.length) % PURPOSES.length] ?? ''
  const round = Math.floor(index / (TEAMS.length * PURPOSES.length))
  const displayName = `${team} ${purpose}${round === 0 ? '' : ` ${round + 1}`}`
  const mailNickname = displayName.toLowerCase().replaceAll(' ', '-')
  const hasMail = kind !== 'security' && kind !== 'dynamic'
  return {
    id: groupIdOf(directory.id, index),
    deletedDateTime: null,
    createdDateTime: new Date(FIRST + (index % 2_000) * 86_400_000).toISOString().replace('.000', ''),
    description: index % 4 === 3 ? null : `The ${purpose} of the ${team} team`,
    displayName,
    groupTypes: kind === 'microsoft_365' ? ['Unified'] : kind === 'dynamic' ? ['DynamicMembership'] : [],
    isAssignableToRole: null,
    mail: hasMail ? `${mailNickname}@${directory.domain}` : null,
    mailEnabled: hasMail,
    mailNickname,
    membershipRule: kind === 'dynamic' ? `(user.department -eq "${team}")` : null,
    membershipRuleProcessingState: kind === 'dynamic' ? 'On' : null,
    onPremisesSyncEnabled: null,
    securityEnabled: kind !== 'microsoft_365' && kind !== 'distribution',
    visibility: kind === 'microsoft_365' ? 'Private' : null,
  }
}

/** The id of group `index` of a directory. */
export const groupIdOf = (directoryId: string, index: number): string =>
  hiddenIdOf('group', directoryId, index)

/** Which group of the directory has this id; null when none can have it. */
export const indexOfGroup = (directoryId: string, id: string): number | null =>
  indexHiddenIn('group', directoryId, id)

/** Half of them are plain security groups, as in most directories. */
const kindOf = (index: number): SandboxGroupKind => KINDS_IN_TURN[index % KINDS_IN_TURN.length] ?? 'security'

const KINDS_IN_TURN: readonly SandboxGroupKind[] = [
  'security',
  'microsoft_365',
  'security',
  'dynamic',
  'security',
  'microsoft_365',
  'security',
  'mail_enabled_security',
  'security',
  'distribution',
  'security',
]

const FIRST = Date.UTC(2019, 2, 4, 8, 15, 30)

const TEAMS = [
  'Sales',
  'Finance',
  'Logistics',
  'Production',
  'Research',
  'Workplace',
  'Helpdesk',
  'Legal',
  'Branch North',
  'Branch South',
  'People',
  'Marketing',
  'Audit',
]
const PURPOSES = ['members', 'managers', 'guests', 'devices', 'licences', 'pilot', 'on-call', 'file share']
