import { z } from 'zod'
import { failed, type Result, success } from './failure.ts'

export interface Page<T> {
  readonly items: T[]
  /** Where the next page is; null after the last one. */
  readonly next: string | null
}

interface Reading<T> {
  /** The address of the collection, or a link that Microsoft gave. */
  readonly from: string
  readonly graphBaseUrl: string
  readonly itemSchema: z.ZodType<T>
  readonly read: <Body>(url: string, schema: z.ZodType<Body>) => Promise<Result<Body>>
}

/**
 * Follows next links exactly as Microsoft wrote them, until there is none. A page may be empty. A link that leaves this
 * cloud's Graph, or leads back to its own page, is not followed. One that was used too late ends the reading with
 * `page_link_expired`: links live for minutes, and to begin anew is for whoever reads to decide.
 */
export async function* readPages<T>(reading: Reading<T>): AsyncGenerator<Result<Page<T>>> {
  const schema = z.object({ '@odata.nextLink': z.string().optional(), value: z.array(reading.itemSchema) })
  let url: string | undefined = reading.from
  if (!staysOnGraph(url, reading.graphBaseUrl)) {
    yield failed({ kind: 'untrusted_link' })
    return
  }
  while (url !== undefined) {
    const body: Result<z.infer<typeof schema>> = await reading.read(url, schema)
    if (!body.ok) {
      yield body
      return
    }
    const next: string | undefined = body.value['@odata.nextLink']
    yield success({ items: body.value.value, next: next ?? null })
    if (next !== undefined && (next === url || !staysOnGraph(next, reading.graphBaseUrl))) {
      yield failed({ kind: 'untrusted_link' })
      return
    }
    url = next
  }
}

/** Whether an address is one of this cloud's Graph, where a token may be sent. */
export function staysOnGraph(link: string, graphBaseUrl: string): boolean {
  if (!URL.canParse(link)) return false
  const url = new URL(link)
  return url.origin === new URL(graphBaseUrl).origin && url.username === '' && url.password === ''
}
