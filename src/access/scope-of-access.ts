import { ROLES, type Role } from './capabilities.ts'

/** What somebody may do where in one workspace: a role, and the tenants it holds in. */
export interface ScopeOfAccess {
  readonly role: Role
  readonly reach: 'all' | 'selected'
  /** By tenant id: the role that replaces the workspace's there, or null for the same one. */
  readonly tenants: ReadonlyMap<number, Role | null>
}

/** The role at one tenant; null when the tenant is out of reach. */
export function roleAt(access: ScopeOfAccess, tenantId: number): Role | null {
  const there = access.tenants.get(tenantId)
  if (there === undefined) return access.reach === 'all' ? access.role : null
  return there ?? access.role
}

/** Whether the first is nowhere more than the second: in the workspace, and at every tenant. */
export function isWithin(inner: ScopeOfAccess, outer: ScopeOfAccess): boolean {
  if (rank(inner.role) > rank(outer.role)) return false
  if (inner.reach === 'all' && outer.reach !== 'all') return false
  const named = new Set([...inner.tenants.keys(), ...outer.tenants.keys()])
  return [...named].every((tenant) => rank(roleAt(inner, tenant)) <= rank(roleAt(outer, tenant)))
}

const rank = (role: Role | null): number => (role === null ? -1 : ROLES.indexOf(role))
