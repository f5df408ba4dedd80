import { wordsFor } from '../../engine/reasons/index.ts'
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
import { inventoryReading, type TypeReading, typeReadings, wasReadFurther } from './inventory-readings.sql.ts'
import { PolicyParts } from './policy-parts.tsx'
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
  reading: inventoryReading,
  tell: async (db, tenantId) => ({
    readings: (await typeReadings(db, tenantId)).map(({ isRefused, readAt, refused, type }) => ({
      type,
      ...(readAt && { readAt }),
      isRefused,
      ...(refused && { reasonCode: refused.code }),
    })),
  }),
  remark: async (db, tenantId, { isReading, reader }) => {
    const words = inventoryWords(reader.language)
    const readings = await typeReadings(db, tenantId)
    const refused = readings.filter(({ isRefused }) => isRefused)
    const isBegun = readings.some(({ readAt }) => readAt)
    const unread = readings.filter(({ isRefused, readAt }) => !isRefused && !readAt)
    const missing = isBegun && !isReading ? [...refused, ...unread] : refused
    if (missing.length === 0)
      return !isReading && (await wasReadFurther(db, tenantId)) ? words.unfinished : null
    const { title, why } = refused.length > 0 ? words.refused : words.unread
    return { title, why, lines: missingLines(missing, words, reader) }
  },
}

/** One line for all types that are missing for the same reason and were last read at the same time. */
function missingLines(missing: readonly TypeReading[], words: InventoryWords, reader: Reader): string[] {
  const alike = Map.groupBy(missing, ({ readAt, refused }) => {
    const why = refused && wordsFor(refused, reader.language, reader.say).label
    const last = readAt ? words.refused.lastRead(reader.ago(readAt)) : words.refused.neverRead
    return [why, last].filter(Boolean).join(' · ')
  })
  return [...alike].map(([how, types]) =>
    words.refused.line(types.map(({ type }) => words.types[type]).join(', '), how),
  )
}

function platformOf({ platform }: ListedItem | SeenItem, words: InventoryWords): string {
  return platform === null ? words.allPlatforms : words.platforms[platform]
}
