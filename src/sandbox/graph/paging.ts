import { z } from 'zod'
import type { Items } from './collections.ts'

/** The largest page the directory gives. */
const LARGEST = 999
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
  readonly linkSeconds: number | undefined
}

/** Reads `$top` and `$skiptoken`. */
export function readPageQuery(query: URLSearchParams, rules: PageRules, now: Date): PageReading {
  const top = query.get('$top')
  if (top !== null && !isPageSize(top)) return { kind: 'invalid_size', asked: top }
  const token = query.get('$skiptoken')
  if (token === null) {
    return {
      kind: 'page',
      query: { offset: 0, size: top === null ? rules.size : Number(top), empty: false },
    }
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
): { items: ReturnType<Items['slice']>; nextToken: string | null } {
  const end = query.empty ? query.offset : query.offset + query.size
  const hasMore = end < items.length
  const next = { offset: end, size: query.size, empty: emptyPages && !query.empty, at: now.getTime() }
  return { items: items.slice(query.offset, end), nextToken: hasMore ? writeToken(next) : null }
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

const isPageSize = (text: string): boolean =>
  /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= LARGEST

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
