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

const LONGEST_NAME = 200

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
  const name = flawOfName(input.name)
  const domain = flawOfDomain(input.domain)
  if (directoryId && !name && !domain)
    return {
      ok: true,
      tenant: { name: input.name, directoryId, domain: input.domain.toLowerCase() || null },
    }
  const directory = input.directoryId ? 'directory_not_a_guid' : 'directory_missing'
  return {
    ok: false,
    flaws: {
      ...(name && { name }),
      ...(!directoryId && { directoryId: directory }),
      ...(domain && { domain }),
    },
  }
}

function flawOfName(name: string): TenantFlaw | null {
  if (!name) return 'name_missing'
  if (name.length > LONGEST_NAME) return 'name_too_long'
  return isPlainText(name) ? null : 'name_unreadable'
}

const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

const flawOfDomain = (domain: string): TenantFlaw | null =>
  domain === '' || DOMAIN.test(domain) ? null : 'domain_malformed'
