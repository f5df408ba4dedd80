import { type InEveryLanguage, parseDirectoryId, parseRecordId } from '../kernel/index.ts'
import type { Request } from './web.ts'

/** The part of a list that a program asks for: so many, beyond the one that ended the part before. */
export interface ListPart {
  readonly beyond: number | null
  readonly limit: number
}

export type AskedPart =
  | { readonly ok: true; readonly part: ListPart }
  | { readonly ok: false; readonly issues: readonly { pointer: string; detail: string }[] }

const USUAL = 50
export const MOST_LISTED = 200

const WORDS: InEveryLanguage<
  Readonly<Record<'limit' | 'cursor' | 'show' | 'tenant', (of: string) => string>>
> = {
  en: {
    limit: (most) => `Give a whole number from 1 to ${most}.`,
    cursor: () => 'Take the address of the next part as “next” has it.',
    show: (shows) => `Give one of: ${shows}.`,
    tenant: () => 'Give the directory id of a tenant.',
  },
  de: {
    limit: (most) => `Bitte eine ganze Zahl von 1 bis ${most} angeben.`,
    cursor: () => 'Bitte die Adresse des nächsten Teils so nehmen, wie „next“ sie nennt.',
    show: (shows) => `Bitte eines davon angeben: ${shows}.`,
    tenant: () => 'Bitte die Verzeichnis-ID eines Mandanten angeben.',
  },
}

/**
 * Reads what a program asks of a list, and says what is wrong with each field; a page takes what it understands and
 * leaves the rest. `cursor` names the field that the next part begins at.
 */
export function partAsked(c: Request, cursor: 'after' | 'before', shows: readonly string[]): AskedPart {
  const words = WORDS[c.var.reader.language]
  const { limit = String(USUAL), show, tenant, [cursor]: from } = c.req.query()
  const wrong = [
    !isLimit(limit) && { pointer: '/limit', detail: words.limit(String(MOST_LISTED)) },
    from && parseRecordId(from) === null && { pointer: `/${cursor}`, detail: words.cursor('') },
    show && !shows.includes(show) && { pointer: '/show', detail: words.show(shows.join(', ')) },
    tenant && !parseDirectoryId(tenant) && { pointer: '/tenant', detail: words.tenant('') },
  ]
  const issues = wrong.flatMap((issue) => (issue ? [issue] : []))
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, part: { beyond: from ? parseRecordId(from) : null, limit: Number(limit) } }
}

const isLimit = (text: string) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_LISTED

/** The address of the same list's next part, for what ends this one. */
export function nextHref(c: Request, cursor: 'after' | 'before', id: number): string {
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.set(cursor, String(id))
  return `${pathname}?${searchParams}`
}

/** A part of what was found, by rising record number: nothing comes twice or is left out when names change. */
export function partOf<Item>(
  found: readonly Item[],
  idOf: (item: Item) => number,
  { beyond, limit }: ListPart,
): { readonly items: readonly Item[]; readonly next: number | null } {
  const rest = found
    .filter((item) => idOf(item) > (beyond ?? 0))
    .sort((one, other) => idOf(one) - idOf(other))
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rest.length > limit ? idOf(last) : null }
}
