import { type DirectoryId, isPlainText, type Json, parseDirectoryId } from '../../kernel/index.ts'

/** A tenant that somebody asks to add, as far as a form can tell. */
export interface NewTenant {
  readonly name: string
  readonly directoryId: DirectoryId
  readonly domain: string | null
}

/** What was typed, kept as it was typed. */
export interface TenantInput {
  readonly name: string
  readonly directoryId: string
  readonly domain: string
}
export type TenantField = keyof TenantInput

/** What can be wrong with a field; the page has a sentence for each. */
export type TenantFlaw =
  | 'name_missing'
  | 'name_too_long'
  | 'name_unreadable'
  | 'directory_missing'
  | 'directory_not_a_guid'
  | 'directory_taken'
  | 'domain_malformed'

export type TenantFlaws = Readonly<Partial<Record<TenantField, TenantFlaw>>>

export type ReadTenant =
  | { readonly ok: true; readonly tenant: NewTenant }
  | { readonly ok: false; readonly flaws: TenantFlaws }

/** How long each field may be typed, in characters. */
export const LONGEST: Readonly<Record<TenantField, number>> = { name: 200, directoryId: 60, domain: 253 }

/** The fields of a request's body as texts; whatever is no text or number counts as empty. */
export function tenantInput(fields: { readonly [name: string]: Json }): TenantInput {
  const text = (name: TenantField) => {
    const value = fields[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  }
  return { name: text('name'), directoryId: text('directoryId'), domain: text('domain') }
}

/** Judges what was typed: a tenant that can be added, or what is wrong with each field. */
export function readTenant(input: TenantInput): ReadTenant {
  const directoryId = parseDirectoryId(input.directoryId)
  const called = readCalled(input)
  if (directoryId && called.ok) return { ok: true, tenant: { ...called.called, directoryId } }
  const directory = input.directoryId ? 'directory_not_a_guid' : 'directory_missing'
  return {
    ok: false,
    flaws: { ...(!called.ok && called.flaws), ...(!directoryId && { directoryId: directory }) },
  }
}

/** What a tenant is called; its directory it keeps for good. */
export type Called = Pick<NewTenant, 'name' | 'domain'>
export type ReadCalled =
  | { readonly ok: true; readonly called: Called }
  | { readonly ok: false; readonly flaws: TenantFlaws }

/** Judges what a tenant is to be called, or says what is wrong with each field. */
export function readCalled(input: Pick<TenantInput, 'name' | 'domain'>): ReadCalled {
  const name = flawOfName(input.name)
  const domain = flawOfDomain(input.domain)
  if (name || domain) return { ok: false, flaws: { ...(name && { name }), ...(domain && { domain }) } }
  return { ok: true, called: { name: input.name, domain: input.domain.toLowerCase() || null } }
}

function flawOfName(name: string): TenantFlaw | null {
  if (!name) return 'name_missing'
  if (name.length > LONGEST.name) return 'name_too_long'
  return isPlainText(name) ? null : 'name_unreadable'
}

const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

const flawOfDomain = (domain: string): TenantFlaw | null =>
  domain === '' || DOMAIN.test(domain) ? null : 'domain_malformed'
