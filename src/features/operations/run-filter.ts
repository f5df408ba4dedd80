import { isOperationCode, OPERATION_CODES, type OperationCode } from '../../engine/catalog/index.ts'
import { REASON_CODES, type ReasonCode } from '../../engine/reasons/index.ts'
import { type DirectoryId, legible, parseDirectoryId } from '../../kernel/index.ts'
import { instantOf } from './instant-of.ts'

export const SHOWS = ['active', 'attention', 'all'] as const
export type Show = (typeof SHOWS)[number]
export const STATUSES = ['queued', 'running', 'completed'] as const
export const OUTCOMES = ['succeeded', 'partially_succeeded', 'blocked', 'failed', 'cancelled'] as const
export const FRESHNESS = ['fresh_active', 'likely_stale', 'reconciled_failed', 'terminal_normal'] as const

/** Whom System's operations belong to, where an initiator is asked for. */
export const SYSTEM_STARTED = 'system'

/** What narrows a list of operations; null where anything goes. */
export interface RunFilter {
  readonly tenant: DirectoryId | null
  readonly status: (typeof STATUSES)[number] | null
  readonly outcome: (typeof OUTCOMES)[number] | null
  readonly operation: OperationCode | null
  /** A person's id, or `system`. */
  readonly initiator: string | null
  readonly freshness: (typeof FRESHNESS)[number] | null
  readonly reason: ReasonCode | null
  /** From when on they were asked for, and until when. */
  readonly from: Date | null
  readonly to: Date | null
}

/** The fields of a filter in the order in which they are shown, named as in the address. */
export const FILTER_FIELDS = [
  'tenant',
  'status',
  'outcome',
  'operation',
  'initiator',
  'freshness',
  'reason',
  'from',
  'to',
] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

/** The fields of an address that say something, as they were typed and can be shown. */
export type TypedFilter = Readonly<Partial<Record<FilterField, string>>>

export const NO_FILTER: RunFilter = {
  tenant: null,
  status: null,
  outcome: null,
  operation: null,
  initiator: null,
  freshness: null,
  reason: null,
  from: null,
  to: null,
}

export interface ReadFilter {
  readonly filter: RunFilter
  readonly typed: TypedFilter
  /** What was typed and means nothing; it does not narrow. */
  readonly wrong: readonly FilterField[]
}

/** Reads the filter of an address; times without a zone are meant in the given one. */
export function readRunFilter(query: Readonly<Record<string, string>>, timeZone: string): ReadFilter {
  const typed: TypedFilter = Object.fromEntries(
    FILTER_FIELDS.flatMap((field) => (query[field]?.trim() ? [[field, legible(query[field].trim())]] : [])),
  )
  const { freshness, from, initiator, operation, outcome, reason, status, tenant, to } = typed
  const filter: RunFilter = {
    tenant: parseDirectoryId(tenant ?? ''),
    status: oneOf(STATUSES, status),
    outcome: oneOf(OUTCOMES, outcome),
    operation: operation !== undefined && isOperationCode(operation) ? operation : null,
    initiator: initiator !== undefined && /^[\w-]{1,64}$/.test(initiator) ? initiator : null,
    freshness: oneOf(FRESHNESS, freshness),
    reason: oneOf(REASON_CODES, reason),
    from: from === undefined ? null : instantOf(from, timeZone, 'beginning'),
    to: to === undefined ? null : instantOf(to, timeZone, 'end'),
  }
  const wrong = FILTER_FIELDS.filter((field) => typed[field] !== undefined && filter[field] === null)
  return { filter, typed, wrong }
}

const oneOf = <T extends string>(known: readonly T[], text: string | undefined): T | null =>
  known.find((each) => each === text) ?? null

/** What each field takes, for programs. */
export const ALLOWED: Readonly<Partial<Record<FilterField, readonly string[]>>> = {
  status: STATUSES,
  outcome: OUTCOMES,
  operation: OPERATION_CODES,
  freshness: FRESHNESS,
  reason: REASON_CODES,
}

/** The address of the list with this filter; the place in it is left out. */
export function listHref(show: Show, typed: TypedFilter): string {
  const fields = FILTER_FIELDS.flatMap((field) => {
    const value = typed[field]
    return value === undefined ? [] : [[field, value]]
  })
  return `/admin/operations?${new URLSearchParams([['show', show], ...fields])}`
}

/** The same without one field. */
export const without = (typed: TypedFilter, field: FilterField): TypedFilter =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => name !== field))
