import { type ListQuery, USUAL_ORDER, writeOrder } from './list-query.ts'

/** Where a list is, and which of its filters needs no word there. */
export interface ListAddress {
  readonly href: string
  readonly usual: string
}

/** The address of a list; what is usual is left out. */
export function listHref(
  list: ListAddress,
  { order, search, show }: ListQuery,
  part: { after?: string; before?: string; limit?: string } = {},
): string {
  const sort = writeOrder(order)
  const wanted = new URLSearchParams({
    ...(search && { q: search }),
    ...(show !== list.usual && { show }),
    ...(sort !== writeOrder(USUAL_ORDER) && { sort }),
    ...part,
  })
  return wanted.size > 0 ? `${list.href}?${wanted}` : list.href
}
