export type { Actor, PersonalActor } from './actor.ts'
export { CAPABILITIES, type Capability, ROLES, type Role, roleMay, rolesWith } from './capabilities.ts'
