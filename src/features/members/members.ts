import type { Role, ScopeOfAccess } from '../../access/index.ts'
import type { DirectoryId, TenantId, UserId, WorkspaceId } from '../../kernel/index.ts'

export type Reach = 'all' | 'selected'

/** A tenant as it is chosen for somebody. */
export interface ChoosableTenant {
  readonly id: TenantId
  readonly directoryId: DirectoryId
  readonly name: string
}

/** A tenant that somebody's access names; a role there replaces the one of the workspace. */
export interface NamedTenant extends ChoosableTenant {
  readonly role: Role | null
}

/** Access as it is stored: a role, how far it reaches, and the tenants it names. */
export interface GivenAccess {
  readonly role: Role
  readonly reach: Reach
  readonly tenants: readonly NamedTenant[]
}

/** Somebody who works in a workspace. */
export interface Member extends GivenAccess {
  readonly id: number
  readonly workspaceId: WorkspaceId
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly since: Date
  readonly twoFactor: boolean
  /** Null when they were not here since this is noted. */
  readonly lastSeen: Date | null
}

/** An address that was asked to join, until it does. */
export interface Invitation extends GivenAccess {
  readonly id: number
  readonly workspaceId: WorkspaceId
  readonly email: string
  readonly inviterName: string
  readonly sentAt: Date
  readonly expiresAt: Date
  readonly isExpired: boolean
}

/** Stored access as it is judged. */
export const scopeOf = ({ reach, role, tenants }: GivenAccess): ScopeOfAccess => ({
  role,
  reach,
  tenants: new Map(tenants.map((tenant) => [tenant.id, tenant.role])),
})

/** Access as an audit record keeps it. */
export const accessForRecord = ({ reach, role, tenants }: GivenAccess) => ({
  role,
  reach,
  tenants: tenants.map((tenant) => ({ tenant: tenant.directoryId, role: tenant.role })),
})
