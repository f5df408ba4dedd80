import type { Child } from 'hono/jsx'
import type { Capability } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { OperationCode, Surface } from '../../engine/catalog/index.ts'
import type { Language, TenantId } from '../../kernel/index.ts'
import type { Fact } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import type { TenantTab } from '../tenants/index.ts'
import type { Reading } from './last-reading.sql.ts'
import type { Order, WantedPage } from './list-query.ts'
import type { NounWords } from './noun-words.ts'

/** What every entry has of which a tenant's list tells. */
export interface SeenEntry {
  readonly id: string
  readonly display_name: string
  readonly description: string | null
  readonly first_seen_at: Date
  readonly last_seen_at: Date
  readonly changed_at: Date | null
  readonly gone_since: Date | null
}

/** An entry in a list, with what it is ordered by. */
export interface ListedEntry extends SeenEntry {
  readonly key: string
}

/** One entry with the object as Microsoft gave it. */
export interface WholeEntry extends SeenEntry {
  /** Null where the operation is no longer kept. */
  readonly last_seen_run_id: number | null
  readonly raw: unknown
}

export type Counts<Show extends string = string> = Readonly<Record<Show, number>>

/** What was found for a page: one entry more than wanted where there are more. */
export interface FoundEntries<Show extends string = string, Entry = ListedEntry> {
  readonly entries: readonly Entry[]
  /** How many each filter would leave of what is searched for; null where they are too many to be counted. */
  readonly counts: Counts<Show> | null
  /** The order they came in; where many are found it may be another than was wanted. */
  readonly order: Order
  /** Only what begins with what is searched was looked for, because it is so short. */
  readonly onlyBeginnings?: boolean
}

/** A column of the table, between the name and the moments. */
export interface EntryColumn<Entry = ListedEntry, Words = NounWords> {
  label(words: Words): string
  cell(entry: Entry, words: Words, reader: Reader): Child
}

/** The moment and the reader that a remark is for. */
export interface RemarkedAt {
  /** Whether the list is being read at this moment. */
  readonly isReading: boolean
  readonly reader: Reader
}

/** What may make a list tell less than it seems to. */
export interface Remark {
  readonly title: string
  readonly why: string
  /** What it is about, a line each. */
  readonly lines?: readonly string[]
}

/**
 * One list of what was last seen in a tenant, such as its groups: where it is, what fills it and what it says. The
 * room makes its pages, its turns and its JSON from this; there it stands for any list.
 */
export interface TenantList<
  Show extends string = string,
  Words extends NounWords = NounWords,
  Entry extends ListedEntry = ListedEntry,
  Whole extends WholeEntry = WholeEntry,
> {
  readonly tab: Exclude<TenantTab, 'overview'>
  /** The surface of the list's own start path; without it the sync is started on the tenant's general one. */
  readonly surface?: Surface
  readonly operation: OperationCode
  /** What it takes to see the list. */
  readonly view: Capability
  /** Its address below the tenant's. */
  readonly path: `directory/${string}` | 'inventory' | 'compliance/devices'
  /** What its entries are called in JSON. */
  readonly plural: string
  /** The filters; the first is the usual one and leaves what is there, the last what is gone. */
  readonly shows: readonly [Show, ...Show[]]
  /** Filters that would leave nothing are not offered. */
  readonly hidesEmpty?: true
  readonly columns: readonly EntryColumn<Entry, Words>[]
  words(language: Language): Words
  /** The second line below a name in the table. */
  below(entry: Entry): string | null
  /** What an entry is, before since when it is known. */
  facts(entry: Whole, words: Words, reader: Reader): Fact[]
  /** Microsoft's id of an entry, where its address here is another. */
  objectId?(entry: Whole): string
  /** Facts for those who compare it with Microsoft's own pages. */
  moreFacts(entry: Whole, words: Words): Fact[]
  /** How an entry went, beside since when. */
  goneHow(entry: Whole, words: Words): string | null
  /** What of an entry deserves a part of its own. */
  parts(entry: Whole, words: Words, reader: Reader): Child
  /** What JSON tells beside what every entry has; null is left out. */
  json(entry: Entry | Whole): Readonly<Record<string, unknown>>
  find(db: Db, tenantId: TenantId, wanted: WantedPage<Show>): Promise<FoundEntries<Show, Entry>>
  count(db: Db, tenantId: TenantId): Promise<Counts<Show>>
  /** The reading that the list stands on, where that is not the last success of its operation. */
  reading?(db: Db, tenantId: TenantId): Promise<Reading | null>
  /** What has to be known before a reading that came to its end is relied on; null when nothing has to. */
  remark?(db: Db, tenantId: TenantId, at: RemarkedAt): Promise<Remark | null>
  /** What JSON tells of the whole list, beside its entries. */
  tell?(db: Db, tenantId: TenantId): Promise<Readonly<Record<string, unknown>>>
  one(db: Db, tenantId: TenantId, id: string): Promise<Whole | undefined>
}
