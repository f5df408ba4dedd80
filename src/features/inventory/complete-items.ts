import {
  type GraphClient,
  policiesAlone,
  policySettings,
  type RawPolicy,
  type Result,
} from '../../graph/index.ts'
import type { Json } from '../../kernel/index.ts'
import { type InventoryType, textOf } from './inventory-type.ts'
import type { Item } from './save-items.sql.ts'

/** So many policies are completed together: as many as Microsoft reads in one batch. */
const TOGETHER = 20
/** So many settings are written together; a single policy may have more. */
const SETTINGS_TOGETHER = 500

/**
 * Policies of a page in the parts in which they are completed and written: all at once where the list has everything,
 * and otherwise so many that a part takes no long time.
 */
export function inParts({ detail }: InventoryType, policies: readonly RawPolicy[]): RawPolicy[][] {
  if (policies.length === 0) return []
  if (!detail) return [[...policies]]
  const parts: RawPolicy[][] = []
  let settings = 0
  for (const policy of policies) {
    const open = parts.at(-1)
    settings += settingsOf(policy)
    if (open && open.length < TOGETHER && settings <= SETTINGS_TOGETHER) open.push(policy)
    else {
      parts.push([policy])
      settings = settingsOf(policy)
    }
  }
  return parts
}

const settingsOf = ({ settingCount }: RawPolicy): number => Number(settingCount) || 0

/**
 * Some policies with everything that is read of them. One that is gone since its list was read is left out; the first
 * other failure is the answer.
 */
export async function itemsOf(
  client: GraphClient,
  type: InventoryType,
  policies: readonly RawPolicy[],
): Promise<Result<Item[]>> {
  const { detail, version } = type
  if (!detail) return { ok: true, value: policies.map((policy) => itemOf(type, policy, null)) }
  const paths = policies.map(({ id }) => detail.path(id))
  if (detail.kind === 'object')
    return those(policies, await policiesAlone(client, version, paths), (policy, whole) =>
      itemOf(type, { ...policy, ...whole }, null),
    )
  return those(policies, await policySettings(client, version, paths), (policy, settings) =>
    itemOf(type, policy, settings),
  )
}

/** What became of each policy with its detail, without those that are gone. */
function those<Detail>(
  policies: readonly RawPolicy[],
  details: readonly Result<Detail>[],
  complete: (policy: RawPolicy, detail: Detail) => Item,
): Result<Item[]> {
  const items: Item[] = []
  for (const [index, policy] of policies.entries()) {
    const detail = details[index]
    if (!detail || (!detail.ok && detail.failure.kind === 'not_found')) continue
    if (!detail.ok) return detail
    items.push(complete(policy, detail.value))
  }
  return { ok: true, value: items }
}

/** Names are not indexed here, but a page has to bear them. */
const LONGEST_NAME = 500

const itemOf = (type: InventoryType, raw: RawPolicy, settings: readonly Json[] | null): Item => ({
  id: raw.id,
  name: type.nameOf(raw).slice(0, LONGEST_NAME).toWellFormed() || raw.id,
  description: textOf(raw, 'description') || null,
  platform: type.platformOf(raw),
  raw: withoutAnnotations(raw),
  settings,
})

/** What says where and when it was read is no part of a policy. */
const withoutAnnotations = (raw: RawPolicy): Json =>
  Object.fromEntries(
    Object.entries(raw).filter(
      ([name]) => !name.includes('@odata.context') && !name.includes('@odata.nextLink'),
    ),
  )
