import type { Check, Objection, Properties } from './kind.ts'

/** This service names its reason, with a number, beside a message that is always the same. */
const because = (reason: string): Objection => ({ code: 'BadRequest', message: reason })

const STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced']

const hasNameAndState: Check = ({ body, deed }) => {
  const isNew = deed === 'create'
  if (typeof body.displayName !== 'string' && (isNew || 'displayName' in body))
    return because('1002: The display name of the policy is missing or invalid.')
  if (!STATES.includes(String(body.state)) && (isNew || 'state' in body))
    return because('1003: The state of the policy is missing or invalid.')
  return null
}

const hasUsers: Check = ({ body, deed }) => {
  if (body.conditions === undefined && deed === 'update') return null
  return isObject(conditionsOf(body).users) || isObject(conditionsOf(body).clientApplications)
    ? null
    : because('1004: Policy needs users or client applications in its conditions.')
}

/** User actions and applications exclude each other, and an empty list of applications is one. */
const oneKindOfTarget: Check = ({ body }) => {
  const applications = conditionsOf(body).applications
  if (!isObject(applications)) return null
  const actions = applications.includeUserActions
  const hasActions = Array.isArray(actions) && actions.length > 0
  return hasActions && 'includeApplications' in applications
    ? because('1012: Include applications and include user actions cannot be used together.')
    : null
}

const knownGroups: Check = ({ body, knows }) => {
  const users = conditionsOf(body).users
  const groups = isObject(users) ? [users.includeGroups, users.excludeGroups].flat() : []
  const unknown = groups.find((id) => typeof id === 'string' && !knows('groups', id))
  return unknown === undefined
    ? null
    : because(`1020: Group ${String(unknown)} does not exist in the directory.`)
}

const hasControls: Check = ({ body, deed }) =>
  deed === 'update' || isObject(body.grantControls) || isObject(body.sessionControls)
    ? null
    : because('1006: Policy needs grant controls or session controls.')

/** What the service looks at before it takes a policy. */
export const conditionalAccessChecks: readonly Check[] = [
  hasNameAndState,
  hasUsers,
  oneKindOfTarget,
  knownGroups,
  hasControls,
]

const conditionsOf = ({ conditions }: Properties): Properties => (isObject(conditions) ? conditions : {})

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
