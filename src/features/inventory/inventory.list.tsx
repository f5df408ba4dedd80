import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { legible } from '../../kernel/index.ts'
import type { Reader } from '../../web/index.ts'
import type { TenantList } from '../tenant-lists/index.ts'
import {
  countItems,
  findItems,
  ITEM_SHOWS,
  type ItemShow,
  itemById,
  type ListedItem,
  type SeenItem,
} from './find-items.sql.ts'
import { type InventoryWords, inventoryWords } from './inventory.words.ts'
import { PolicyParts } from './policy-parts.tsx'
import { refusedReadings } from './refused-readings.sql.ts'
import { scopeTagsOf } from './scope-tags-of.ts'

/** The policies of a tenant, and the sync that reads them anew. */
export const INVENTORY: TenantList<ItemShow, InventoryWords, ListedItem, SeenItem> = {
  tab: 'inventory',
  operation: 'inventory.sync',
  view: 'tenant.inventory.view',
  path: 'inventory',
  plural: 'policies',
  shows: ITEM_SHOWS,
  hidesEmpty: true,
  words: inventoryWords,
  below: ({ description }) => description,
  columns: [
    { label: ({ columns }) => columns.type, cell: ({ type }, { types }) => types[type] },
    { label: ({ columns }) => columns.platform, cell: platformOf },
  ],
  facts: (item, words) => [
    { label: words.columns.type, value: words.types[item.type] },
    { label: words.columns.platform, value: platformOf(item, words) },
  ],
  objectId: ({ policy_id }) => policy_id,
  moreFacts: ({ named, raw }, words) => {
    const tags = scopeTagsOf(raw).map((id) => legible(named.get(id) ?? id))
    return tags.length > 0 ? [{ label: words.scopeTags, value: tags.join(', ') }] : []
  },
  goneHow: () => null,
  parts: (item, words) => <PolicyParts item={item} words={words} />,
  json: (item) => ({
    type: item.type,
    platform: item.platform,
    ...('settings' in item && { settings: item.settings }),
  }),
  find: findItems,
  count: (db, tenantId) => countItems(db, tenantId, ''),
  one: itemById,
  remark: async (db, tenantId, { reader }) => {
    const refused = await refusedReadings(db, tenantId)
    if (refused.length === 0) return null
    const words = inventoryWords(reader.language)
    const { title, why } = words.refused
    return { title, why, lines: refusedLines(refused, words, reader) }
  },
}

/** One line for all types that were refused for the same reason and last read at the same time. */
function refusedLines(
  refused: Awaited<ReturnType<typeof refusedReadings>>,
  words: InventoryWords,
  reader: Reader,
): string[] {
  const alike = Map.groupBy(refused, ({ read_at, reason }) => {
    const why = parseReason(reason)
    const last = read_at ? words.refused.lastRead(reader.ago(read_at)) : words.refused.neverRead
    return `${why ? wordsFor(why, reader.language, reader.say).label : ''} · ${last}`
  })
  return [...alike].map(([how, types]) =>
    words.refused.line(types.map(({ type }) => words.types[type]).join(', '), how),
  )
}

function platformOf({ platform }: ListedItem | SeenItem, words: InventoryWords): string {
  return platform === null ? words.allPlatforms : words.platforms[platform]
}
