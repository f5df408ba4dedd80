import { z } from 'zod'
import type { Json } from '../kernel/index.ts'
import type { GraphClient, ReadOptions } from './client.ts'
import { type Result, success } from './failure.ts'
import type { Page } from './pages.ts'

/** A policy as Microsoft gives it, with all of its properties. */
export type RawPolicy = { readonly id: string } & { readonly [property: string]: Json | undefined }

/** Where a list of policies is, and in which version of Graph. */
export interface PolicyList {
  /** Below the version, with the query that it is asked with. */
  readonly path: string
  readonly version: 'v1.0' | 'beta'
}

/** Kept as read from JSON; only what nothing could be known by is looked at. */
const rawPolicy = z.custom<RawPolicy>(
  (raw) => typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string',
)

const options = (version: ReadOptions['version']): ReadOptions => ({
  ...(version && { version }),
  priority: 'low',
})

/** The policies of a list, page by page, from a page's link on or from the first. Microsoft offers no delta for them. */
export const policyPages = (
  client: GraphClient,
  { path, version }: PolicyList,
  link: string | null,
): AsyncGenerator<Result<Page<RawPolicy>>> =>
  client.pages(
    link === null ? { kind: 'path', path } : { kind: 'link', url: link },
    rawPolicy,
    options(version),
  )

/** Policies read each for itself, for what their list leaves out; in the order of the paths. */
export const policiesAlone = (
  client: GraphClient,
  version: PolicyList['version'],
  paths: readonly string[],
): Promise<Result<RawPolicy>[]> =>
  client.batch(
    paths.map((path) => ({ path, schema: rawPolicy })),
    options(version),
  )

const setting = z.custom<Json>((raw) => typeof raw === 'object' && raw !== null)
const firstPage = z.object({ value: z.array(setting), '@odata.nextLink': z.string().optional() })

/**
 * What each of some policies sets, whole and in Microsoft's order; in the order of the paths. The first 25 settings of
 * each come with as few requests as possible, further ones page by page.
 */
export async function policySettings(
  client: GraphClient,
  version: PolicyList['version'],
  paths: readonly string[],
): Promise<Result<readonly Json[]>[]> {
  const begun = await client.batch(
    paths.map((path) => ({ path, schema: firstPage })),
    options(version),
  )
  const whole: Result<readonly Json[]>[] = []
  for (const first of begun) whole.push(first.ok ? await withTheRest(client, version, first.value) : first)
  return whole
}

async function withTheRest(
  client: GraphClient,
  version: PolicyList['version'],
  { value, '@odata.nextLink': link }: z.infer<typeof firstPage>,
): Promise<Result<readonly Json[]>> {
  const all = [...value]
  if (link === undefined) return success(all)
  for await (const page of client.pages({ kind: 'link', url: link }, setting, options(version))) {
    if (!page.ok) return page
    all.push(...page.value.items)
  }
  return success(all)
}
