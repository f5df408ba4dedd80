import { z } from 'zod'
import { failed, type GraphFailure, type Result, success } from './failure.ts'
import { staysOnGraph } from './pages.ts'

/** Something that is no longer there: soft deleted, so that it may come back, or gone for good. */
export interface Removed {
  readonly id: string
  readonly how: 'soft_deleted' | 'deleted'
}

/** One page of changes; each object is in it at most once, as it was told last. */
export interface DeltaPage<T> {
  readonly items: readonly T[]
  readonly removed: readonly Removed[]
  /** What to read next: the rest of this reading, or with `delta`, later, what has changed since. */
  readonly link: { readonly kind: 'next' | 'delta'; readonly url: string }
}

interface DeltaReading<T> {
  /** An address to begin with, or a link that Microsoft gave. */
  readonly from: { readonly kind: 'first' | 'link'; readonly url: string }
  readonly graphBaseUrl: string
  readonly itemSchema: z.ZodType<T>
  readonly read: <Body>(url: string, schema: z.ZodType<Body>) => Promise<Result<Body>>
}

/**
 * Reads changes page by page, following links exactly as Microsoft wrote them, up to and with the page that
 * carries the delta link. A link that Microsoft gave and takes no more is the failure `sync_state_lost`: what
 * was read before counts no longer, and a reading has to begin anew. So is a kept link that leads elsewhere.
 */
export async function* readDelta<T extends { readonly id: string }>(
  reading: DeltaReading<T>,
): AsyncGenerator<Result<DeltaPage<T>>> {
  const schema = deltaBody(reading.itemSchema)
  let { kind, url } = reading.from
  if (!staysOnGraph(url, reading.graphBaseUrl)) {
    yield failed({ kind: 'sync_state_lost' })
    return
  }
  for (;;) {
    const body: Result<z.infer<typeof schema>> = await reading.read(url, schema)
    if (!body.ok) {
      yield kind === 'link' && isLost(body.failure)
        ? failed({ kind: 'sync_state_lost' }, body.failure.diagnostics)
        : body
      return
    }
    const link = linkOf(body.value)
    if (!link || link.url === url || !staysOnGraph(link.url, reading.graphBaseUrl)) {
      yield failed({ kind: 'untrusted_link' })
      return
    }
    yield success({ ...lastTold(body.value.value), link })
    if (link.kind === 'delta') return
    kind = 'link'
    url = link.url
  }
}

/** Whatever service says it and in whichever words: such a status means that the link leads nowhere. */
const isLost = ({ diagnostics }: GraphFailure): boolean => [400, 404, 410].includes(diagnostics.status ?? 0)

const removal = z
  .object({ id: z.string(), '@removed': z.object({ reason: z.string() }) })
  .transform(({ '@removed': { reason }, id }) => ({
    id,
    how: reason === 'deleted' ? ('deleted' as const) : ('soft_deleted' as const),
  }))

const deltaBody = <T>(itemSchema: z.ZodType<T>) =>
  z.object({
    '@odata.nextLink': z.string().optional(),
    '@odata.deltaLink': z.string().optional(),
    value: z.array(told(itemSchema)),
  })

/** An item, or what is said of one that is gone. Looking which it is costs less than trying both for every group. */
const told = <T>(itemSchema: z.ZodType<T>) =>
  z.unknown().transform((entry, context): { item: T } | { removed: Removed } => {
    const isRemoved = typeof entry === 'object' && entry !== null && '@removed' in entry
    const parsed = isRemoved ? removal.safeParse(entry) : itemSchema.safeParse(entry)
    if (!parsed.success) {
      context.addIssue({ code: 'custom', message: parsed.error.message })
      return z.NEVER
    }
    return isRemoved ? { removed: parsed.data as Removed } : { item: parsed.data as T }
  })

const linkOf = (body: {
  '@odata.nextLink'?: string | undefined
  '@odata.deltaLink'?: string | undefined
}): DeltaPage<never>['link'] | null => {
  const { '@odata.deltaLink': delta, '@odata.nextLink': next } = body
  if (next !== undefined) return { kind: 'next', url: next }
  return delta === undefined ? null : { kind: 'delta', url: delta }
}

/** The same object may be told of several times; the last word counts. */
function lastTold<T extends { readonly id: string }>(told: readonly ({ item: T } | { removed: Removed })[]) {
  const last = new Map(told.map((one) => ['item' in one ? one.item.id : one.removed.id, one]))
  const items: T[] = []
  const removed: Removed[] = []
  for (const one of last.values()) {
    if ('item' in one) items.push(one.item)
    else removed.push(one.removed)
  }
  return { items, removed }
}
