import { ROLES, type Role, roleAt, type ScopeOfAccess } from '../../access/index.ts'
import type { Json } from '../../kernel/index.ts'
import type { ChoosableTenant, GivenAccess, NamedTenant } from './members.ts'

/** Access as it was typed, to be shown again when something is wrong with it. */
export interface TypedAccess {
  readonly role: string
  readonly reach: string
  /** By directory id: "same", a role, or nothing. */
  readonly tenants: Readonly<Record<string, string>>
}

export type AccessFlaws = Partial<Record<'role' | 'reach' | 'tenants', AccessFlaw>>
export type AccessFlaw = 'role_unknown' | 'reach_unknown' | 'tenant_unknown' | 'tenant_role_unknown'

/** What stands for "the same role as in the workspace". */
export const SAME_ROLE = 'same'

/** The field of a form that names one tenant. */
export const tenantField = (directoryId: string) => `tenant.${directoryId}`

/** Reads what a form or a program sent: `tenant.<directory id>` fields, or an object `tenants`. */
export function typedAccess(fields: { readonly [name: string]: Json | undefined }): TypedAccess {
  const text = (value: Json | undefined) =>
    typeof value === 'string' ? value : value === undefined ? '' : '?'
  const named = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith('tenant.') ? [[name.slice('tenant.'.length), text(value)] as const] : [],
  )
  const listed = isObject(fields.tenants)
    ? Object.entries(fields.tenants).map(
        ([id, value]) => [id, value === null ? SAME_ROLE : text(value)] as const,
      )
    : []
  const strange = fields.tenants !== undefined && !isObject(fields.tenants) ? [['?', '?'] as const] : []
  return {
    role: text(fields.role),
    reach: text(fields.reach),
    tenants: Object.fromEntries([...named, ...listed, ...strange]),
  }
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Turns typed access into access; a tenant that is not among the choices is no tenant. */
export function readAccess(
  typed: TypedAccess,
  choices: readonly ChoosableTenant[],
): { ok: true; value: GivenAccess } | { ok: false; flaws: AccessFlaws } {
  const role = ROLES.find((each) => each === typed.role)
  const reach = REACHES.find((each) => each === typed.reach)
  const named = Object.entries(typed.tenants).filter(([, value]) => value !== '')
  const tenants = named.map(([id, value]) => tenantIn(choices, id, value))
  const flaws: AccessFlaws = {
    ...(!role && { role: 'role_unknown' }),
    ...(!reach && { reach: 'reach_unknown' }),
    ...(tenants.includes('tenant_role_unknown') && { tenants: 'tenant_role_unknown' }),
    ...(tenants.includes('tenant_unknown') && { tenants: 'tenant_unknown' }),
  }
  if (!role || !reach || flaws.tenants) return { ok: false, flaws }
  const known = tenants.filter((tenant): tenant is NamedTenant => typeof tenant !== 'string')
  const says = (tenant: NamedTenant) => reach === 'selected' || tenant.role !== null
  return { ok: true, value: { role, reach, tenants: known.filter(says) } }
}

const REACHES = ['all', 'selected'] as const

function tenantIn(choices: readonly ChoosableTenant[], id: string, value: string): NamedTenant | AccessFlaw {
  const tenant = choices.find(({ directoryId }) => directoryId === id.toLowerCase())
  if (!tenant) return 'tenant_unknown'
  if (value === SAME_ROLE) return { ...tenant, role: null }
  const role: Role | undefined = ROLES.find((each) => each === value)
  return role ? { ...tenant, role } : 'tenant_role_unknown'
}

/** Stored access as a form shows it. */
export const accessAsTyped = ({ reach, role, tenants }: GivenAccess): TypedAccess => ({
  role,
  reach,
  tenants: Object.fromEntries(tenants.map((tenant) => [tenant.directoryId, tenant.role ?? SAME_ROLE])),
})

/** The tenants that somebody can name for others: those they reach themselves. */
export const choicesOf = (tenants: readonly ChoosableTenant[], own: ScopeOfAccess): ChoosableTenant[] =>
  tenants.filter(({ id }) => roleAt(own, id) !== null)
