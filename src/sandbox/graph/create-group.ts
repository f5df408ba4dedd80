import type { Group } from '@microsoft/microsoft-graph-types'
import { z } from 'zod'
import type { LiveDirectory } from '../directory.ts'
import { strikes } from '../faults.ts'
import { createGroup } from '../groups.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import { badRequest, refusal } from './errors.ts'

/** Creates a group as the directory does; the fault "create, then 504" leaves it there. */
export function answerCreateGroup(request: GraphRequest, directory: LiveDirectory): GraphAnswer {
  if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body))
    return badRequest(request, 'Unable to read JSON request payload.', 'BadRequest')
  const wanted = newGroup.safeParse(request.body)
  if (!wanted.success) return badRequest(request, objectionTo(request.body, wanted.error))
  const { groupTypes, mailEnabled, membershipRule, securityEnabled } = wanted.data
  const isUnified = groupTypes.includes('Unified')
  const isDynamic = groupTypes.includes('DynamicMembership')
  if (mailEnabled && !isUnified) return badRequest(request, NO_MAIL)
  if (isUnified && !mailEnabled) return badRequest(request, MAIL_NEEDED)
  if (!mailEnabled && !securityEnabled) return badRequest(request, NO_MAIL)
  if (isDynamic !== (membershipRule !== undefined)) return badRequest(request, RULE_MISSING)
  const kind = isUnified ? 'microsoft_365' : isDynamic ? 'dynamic' : 'security'
  const group = createGroup(
    directory,
    wanted.data.displayName,
    kind,
    setOf(wanted.data, directory, request.now),
  )
  if (strikes(directory.faults, 'createThen504'))
    return refusal(request, 504, 'directory', 'UnknownError', 'The request timed out.')
  return {
    status: 201,
    headers: {
      Location: `https://graph.microsoft.com/v2/${directory.id}/directoryObjects/${group.id}/Microsoft.DirectoryServices.Group`,
    },
    body: {
      '@odata.context': `https://graph.microsoft.com/${request.version}/$metadata#groups/$entity`,
      ...group,
    },
  }
}

const NO_MAIL =
  'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.'
const MAIL_NEEDED = 'Unified Groups must be MailEnabled.'
const RULE_MISSING =
  "The property 'membershipRule' is required for groups of type 'DynamicMembership', and for no others."

/** What this sandbox understands of a new group; the rest is taken as it is, or not kept. */
const newGroup = z.object({
  displayName: z.string().min(1).max(256),
  mailEnabled: z.boolean(),
  mailNickname: z
    .string()
    .max(64)
    .regex(/^[^@()\\[\]";:<>, ]+$/),
  securityEnabled: z.boolean(),
  description: z.string().min(1).max(1024).nullish(),
  groupTypes: z.array(z.enum(['Unified', 'DynamicMembership'])).default([]),
  membershipRule: z.string().min(1).optional(),
  visibility: z.enum(['Private', 'Public', 'HiddenMembership']).nullish(),
})

/** The directory names one property at a time. */
function objectionTo(body: object, { issues }: z.ZodError): string {
  const name = String(issues[0]?.path[0] ?? '')
  return name in body
    ? `Invalid value specified for property '${name}' of resource 'Group'.`
    : `A value is required for property '${name}' of resource 'Group'.`
}

const setOf = (wanted: z.infer<typeof newGroup>, { domain }: LiveDirectory, now: Date): Partial<Group> => ({
  createdDateTime: `${now.toISOString().slice(0, 19)}Z`,
  description: wanted.description ?? null,
  groupTypes: wanted.groupTypes,
  mail: wanted.mailEnabled ? `${wanted.mailNickname}@${domain}` : null,
  mailEnabled: wanted.mailEnabled,
  mailNickname: wanted.mailNickname,
  membershipRule: wanted.membershipRule ?? null,
  membershipRuleProcessingState: wanted.membershipRule ? 'On' : null,
  securityEnabled: wanted.securityEnabled,
  visibility: wanted.visibility ?? (wanted.groupTypes.includes('Unified') ? 'Public' : null),
})
