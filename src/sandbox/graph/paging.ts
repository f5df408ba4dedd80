import { z } from 'zod'
import type { Items } from './collection.ts'

/** The largest page the directory gives. */
export const LARGEST_PAGE = 999
/** How long a link to a further page may be used unless told otherwise, in seconds. */
const PAGE_LINK_SECONDS = 600

export interface PageQuery {
  readonly offset: number
  readonly size: number
  /** The page before was full and this one is empty on purpose. */
  readonly empty: boolean
}

export type PageReading =
  | { readonly kind: 'page'; readonly query: PageQuery }
  | { readonly kind: 'invalid_size'; readonly asked: string }
  | { readonly kind: 'expired' }

/** What a collection says about its pages. */
export interface PageRules {
  readonly size: number
  readonly largest: number
  /** A smaller limit that somebody wants, whatever is asked for. */
  readonly atMost: number | undefined
  readonly linkSeconds: number | undefined
}

/** Reads `$top` and `$skiptoken`. */
export function readPageQuery(query: URLSearchParams, rules: PageRules, now: Date): PageReading {
  const top = query.get('$top')
  if (top !== null && !isPageSize(top, rules.largest)) return { kind: 'invalid_size', asked: top }
  const token = query.get('$skiptoken')
  if (token === null) {
    const size = Math.min(top === null ? rules.size : Number(top), rules.atMost ?? rules.largest)
    return { kind: 'page', query: { offset: 0, size, empty: false } }
  }
  const held = parseToken(token)
  if (!held || isOver(held, now, rules.linkSeconds)) return { kind: 'expired' }
  return { kind: 'page', query: held }
}

/** Whether a link that was given at that time is taken no more. */
export const isOver = ({ at }: { at: number }, now: Date, seconds = PAGE_LINK_SECONDS): boolean =>
  now.getTime() - at > seconds * 1000

/** The items of a page and the token of the next one, if any. */
export function cutPage(
  items: Items,
  query: PageQuery,
  emptyPages: boolean,
  now: Date,
): { items: readonly object[]; nextToken: string | null } {
  const read = query.empty ? { items: [], next: query.offset } : items.read(query.offset, query.size)
  if (read.next === null) return { items: read.items, nextToken: null }
  const next = { offset: read.next, size: query.size, empty: emptyPages && !query.empty, at: now.getTime() }
  return { items: read.items, nextToken: writeToken(next) }
}

/** The address of the next page: the same query with another token, on the host that was asked. */
export function nextLink(asked: URL, token: string, origin: string | undefined): string {
  const query = [...asked.searchParams].filter(([name]) => name !== '$skiptoken')
  return linkWith(asked, [...query, ['$skiptoken', token]], origin)
}

/** An address like the one that was asked, with exactly this query, on the host that was asked or another. */
export function linkWith(
  asked: URL,
  all: readonly (readonly [name: string, value: string])[],
  origin: string | undefined,
): string {
  const text = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `${origin ?? asked.origin}${asked.pathname}?${text}`
}

const isPageSize = (text: string, largest: number): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= largest

const tokenBody = z.object({ offset: z.int(), size: z.int(), empty: z.boolean(), at: z.number() })

const writeToken = (token: z.infer<typeof tokenBody>): string =>
  Buffer.from(JSON.stringify(token)).toString('base64url')

function parseToken(text: string): z.infer<typeof tokenBody> | null {
  try {
    return tokenBody.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data ?? null
  } catch {
    return null
  }
}
