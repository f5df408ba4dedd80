import { MOST_LISTED, type Request } from '../../web/index.ts'
import { listWords } from './list.words.ts'
import { type ListEdge, readEdge } from './list-edge.ts'
import { LONGEST_SEARCH, readListQuery, readOrder, SORTS, type WantedPage } from './list-query.ts'

const PER_PAGE = 30
const PER_PART = 50

type Shows = readonly [string, ...string[]]
type Issue = { readonly pointer: string; readonly detail: string }

/** What a page shows: it takes what it understands of its address and leaves the rest. */
export function pageAsked(c: Request, shows: Shows): WantedPage {
  const asked = c.req.query()
  const query = readListQuery(shows, asked)
  return { ...query, edge: edgeAsked(asked, query.order.by), limit: PER_PAGE }
}

/** What a program asks for, or what is wrong with each field. */
export function partAsked(
  c: Request,
  shows: Shows,
): { readonly ok: true; readonly wanted: WantedPage } | { readonly ok: false; readonly issues: Issue[] } {
  const asked = c.req.query()
  const words = listWords(c.var.reader.language).wrong
  const query = readListQuery(shows, asked)
  const edge = edgeAsked(asked, query.order.by)
  const limit = asked.limit ?? String(PER_PART)
  const side = asked.after ? 'after' : 'before'
  const orders = SORTS.flatMap((sort) => [sort, `-${sort}`])
  const issues = [
    !isLimit(limit) && { pointer: '/limit', detail: words.limit(MOST_LISTED) },
    asked[side] && !edge && { pointer: `/${side}`, detail: words.edge },
    asked.show && query.show !== asked.show && { pointer: '/show', detail: words.oneOf(shows.join(', ')) },
    asked.sort && !readOrder(asked.sort) && { pointer: '/sort', detail: words.oneOf(orders.join(', ')) },
    asked.q && asked.q.length > LONGEST_SEARCH && { pointer: '/q', detail: words.search(LONGEST_SEARCH) },
  ].flatMap((issue) => (issue ? [issue] : []))
  return issues.length > 0
    ? { ok: false, issues }
    : { ok: true, wanted: { ...query, edge, limit: Number(limit) } }
}

const edgeAsked = (asked: Readonly<Record<string, string>>, by: (typeof SORTS)[number]): ListEdge | null =>
  readEdge(by, 'after', asked.after) ?? readEdge(by, 'before', asked.before)

const isLimit = (text: string) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_LISTED
