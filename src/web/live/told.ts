import type { Change, Look } from './live.sql.ts'

/** What a stream tells its page: what has changed, or that so much has that everything is to be looked at. */
export type Told = { readonly all: true } | { readonly changes: readonly Omit<Change, 'by'>[] }

/** What of a look is new to a stream. The stretch since its position is looked at again and again, so it repeats itself. */
export function newsTo(known: ReadonlyMap<string, string>, { changes, isMuch }: Look): Told | null {
  if (isMuch) return { all: true }
  const news = changes.filter((change) => known.get(keyOf(change)) !== change.by)
  return news.length === 0 ? null : { changes: news.map(({ id, kind, tenant }) => ({ kind, id, tenant })) }
}

/** What a stream knows after a look: what the next one may repeat. */
export const knownAfter = ({ changes, position }: Look): ReadonlyMap<string, string> =>
  new Map(
    changes
      .filter(({ by }) => BigInt(by) >= BigInt(position))
      .map((change) => [keyOf(change), change.by] as const),
  )

const keyOf = ({ id, kind }: Change) => `${kind} ${id}`

/** A position as an event's id carries it; null for anything else. */
export const parsePosition = (text: string | undefined): string | null =>
  text && /^\d{1,19}$/.test(text) ? text : null
