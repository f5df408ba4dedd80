import { LONGEST_KEY_NAME, ROLES, type Role } from '../../access/index.ts'
import { type DirectoryId, isPlainText, type Json, parseDirectoryId } from '../../kernel/index.ts'

/** A key that somebody asks for, as far as a form can tell; null is no limit beside what its owner may. */
export interface WantedKey {
  readonly name: string
  readonly days: number
  readonly mostRole: Role | null
  readonly tenants: readonly DirectoryId[] | null
}

/** What was typed, kept as it was typed. */
export interface TypedKey {
  readonly name: string
  readonly days: string
  readonly mostRole: string
  /** The directory ids that were chosen; null for all tenants. */
  readonly tenants: readonly string[] | null
}
export type KeyField = keyof TypedKey

export const KEY_FLAWS = [
  'name_wrong',
  'days_wrong',
  'role_unknown',
  'tenants_missing',
  'tenant_unknown',
] as const
export type KeyFlaw = (typeof KEY_FLAWS)[number]
export type KeyFlaws = Readonly<Partial<Record<KeyField, KeyFlaw>>>

export type ReadKey =
  | { readonly ok: true; readonly key: WantedKey }
  | { readonly ok: false; readonly flaws: KeyFlaws }

export const MOST_DAYS = 366
export const NOTHING_TYPED: TypedKey = { name: '', days: '90', mostRole: '', tenants: null }

/** How a form calls the tick of a tenant; programs send a list, `tenants`. */
export const tickOf = (directoryId: string) => `tenant:${directoryId}`

/** The fields of a body as they were typed; a ticked tenant limits the key to the ticked ones, whatever else is said. */
export function typedKey(fields: { readonly [name: string]: Json }): TypedKey {
  const text = (name: string, otherwise: string) => {
    const value = fields[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : otherwise
  }
  return {
    name: text('name', ''),
    days: text('days', NOTHING_TYPED.days),
    mostRole: text('mostRole', ''),
    tenants: typedTenants(fields),
  }
}

function typedTenants(fields: { readonly [name: string]: Json }): readonly string[] | null {
  const { reach, tenants } = fields
  if (Array.isArray(tenants)) return tenants.map((each) => (typeof each === 'string' ? each : ''))
  if (tenants !== undefined && tenants !== null) return ['']
  const ticked = Object.keys(fields).filter((name) => name.startsWith(tickOf('')))
  if (ticked.length > 0) return ticked.map((name) => name.slice(tickOf('').length))
  return reach === 'selected' ? [] : null
}

/** Judges what was typed: a key that can be made, or what is wrong with each field. */
export function readKey({ days, mostRole, name, tenants }: TypedKey): ReadKey {
  const chosen = tenants?.map(parseDirectoryId) ?? null
  const known = chosen?.filter((id) => id !== null) ?? null
  const role = ROLES.find((each) => each === mostRole) ?? null
  const flaws: KeyFlaws = {
    ...(!(isPlainText(name) && name.length <= LONGEST_KEY_NAME) && { name: 'name_wrong' }),
    ...(!isDays(days) && { days: 'days_wrong' }),
    ...(mostRole !== '' && !role && { mostRole: 'role_unknown' }),
    ...(chosen?.length === 0 && { tenants: 'tenants_missing' }),
    ...(chosen && known && known.length < chosen.length && { tenants: 'tenant_unknown' }),
  }
  if (Object.keys(flaws).length > 0) return { ok: false, flaws }
  return { ok: true, key: { name, days: Number(days), mostRole: role, tenants: known } }
}

const isDays = (text: string) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_DAYS
