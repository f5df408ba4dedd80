export { type Actor, type PersonalActor, personBehind, SYSTEM } from './actor.ts'
export {
  apiKeyOf,
  apiKeysOf,
  createApiKey,
  type NewApiKey,
  revokeApiKey,
  tenantsOfKeys,
} from './api-keys.ts'
export { type Auth, CLIENT_ADDRESS_HEADER, createAuth, LONGEST_KEY_NAME } from './auth.ts'
export { CAPABILITIES, type Capability, ROLES, type Role, roleMay, rolesWith } from './capabilities.ts'
export { recordDone } from './deeds.sql.ts'
export { type Identified, identify } from './identify.ts'
export { hashOfToken, newLinkToken } from './one-time-link.ts'
export { isPasswordLongEnough, setPassword } from './passwords.ts'
export { addPerson } from './people.ts'
export { reaches, roleThere, wayTo } from './reach.sql.ts'
export { type RefusedDeed, recordRefusal } from './refusals.sql.ts'
export { resealSecondFactors } from './reseal-factors.sql.ts'
export {
  type AskedLink,
  askForResetLink,
  giveResetLink,
  personOfResetLink,
  RESET_LINK_HOURS,
  useResetLink,
  voidResetLinksBy,
  voidResetLinksFor,
} from './reset-link.sql.ts'
export { isWithin, roleAt, type ScopeOfAccess } from './scope-of-access.ts'
export { dropSecondFactor } from './second-factor.sql.ts'
export { endAccessTo, endHalfwaySignIns, endSession, endSessions, sessionsOf } from './sessions.sql.ts'
export { isSetupTokenGood, issueSetupToken, useSetupToken } from './setup-link.ts'
export { chooseWorkspace, type OwnWorkspace, workspacesOf } from './workspaces.sql.ts'
