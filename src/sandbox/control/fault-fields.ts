import { RETRY_AFTER_FORMS, type SandboxFaults } from '../faults.ts'
import { KNOWN_PERMISSIONS } from '../permissions.ts'
import { REFUSALS } from '../sign-in/refusals.ts'

/** How a fault is set on the page. An empty field, or none chosen, is no fault. */
export type FaultField = { readonly name: keyof SandboxFaults; readonly label: string } & (
  | { readonly kind: 'number'; readonly hint?: string }
  | { readonly kind: 'choice'; readonly options: readonly FaultOption[] }
  | { readonly kind: 'address' }
  | { readonly kind: 'tick' }
  /** A time that was set by another fault; only to be taken away. */
  | { readonly kind: 'until' }
)

interface FaultOption {
  readonly value: string | number
  readonly label: string
}

interface FaultGroup {
  readonly title: string
  readonly about: string
  readonly fields: readonly FaultField[]
}

const number = (name: keyof SandboxFaults, label: string, hint?: string): FaultField => ({
  name,
  label,
  kind: 'number',
  ...(hint && { hint }),
})
const tick = (name: keyof SandboxFaults, label: string): FaultField => ({ name, label, kind: 'tick' })
const choice = (
  name: keyof SandboxFaults,
  label: string,
  options: readonly (readonly [value: string | number, label: string])[],
): FaultField => ({
  name,
  label,
  kind: 'choice',
  options: options.map(([value, label]) => ({ value, label })),
})
const asWritten = (names: readonly string[]) => names.map((name) => [name, name] as const)

/** Every fault there is, in the order of the page. */
export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'Too many requests',
    about: 'Microsoft refuses, and tells or does not tell how long to wait.',
    fields: [
      number('busyNext', 'Refuse the next n requests'),
      number('busySeconds', 'Refuse everything for n seconds', 'from the next request on'),
      choice('busyStatus', 'Both refuse with', [
        [429, '429, too many requests'],
        [503, '503, service unavailable'],
      ]),
      number('throttleEvery', 'Refuse every n-th request with 429'),
      choice('retryAfter', 'Retry-After is sent as', asWritten(RETRY_AFTER_FORMS)),
      number('retryAfterSeconds', 'Retry-After, seconds', '2'),
      { name: 'busyUntil', label: 'Refusing everything until', kind: 'until' },
    ],
  },
  {
    title: 'Resource units',
    about:
      'What an application may use in this directory before it is throttled. Refused requests count too.',
    fields: [
      number('bucketUnits', 'Units in a window', 'no limit'),
      number('bucketSeconds', 'Window, seconds', '10'),
      number('conditionalAccessSeconds', 'Conditional access, seconds between requests', '1'),
    ],
  },
  {
    title: 'Slow answers and broken connections',
    about: 'A lost answer belongs to a request that was carried out.',
    fields: [
      number('slowMs', 'Answers are late by, milliseconds'),
      number('slowNext', 'Only the next n are late', 'all'),
      number('slowEvery', 'Only every n-th is late', 'all'),
      number('dropNext', 'Lose the next n answers'),
      number('dropEvery', 'Lose every n-th answer'),
      choice('dropWhere', 'The connection breaks', [
        ['before_answer', 'before the answer'],
        ['in_body', 'in the middle of the body'],
      ]),
      choice('serverError', 'Graph always fails with', [
        [500, '500'],
        [503, '503, without Retry-After'],
        [504, '504'],
      ]),
      number('createThen504', 'Carry out the next n creates, and answer 504'),
      tick('unreachable', 'Unreachable: connections are dropped, nothing is carried out'),
    ],
  },
  {
    title: 'Sign-in, tokens and permissions',
    about: 'Tokens keep what they were granted until they end, unless it is revoked here.',
    fields: [
      choice('tokenFault', 'Sign-in is refused with', asWritten(Object.keys(REFUSALS))),
      number('tokenSeconds', 'New tokens live for, seconds', '3599'),
      number('rejectTokens', 'Refuse the token of the next n requests'),
      choice('revokePermission', 'Revoke a permission', asWritten(KNOWN_PERMISSIONS)),
      number('revokeAfter', 'Revoke it after n more requests', 'at once'),
      tick('tokenEndsEarly', 'Sign-in promises the usual hour for them'),
      tick('notLicensed', 'No Intune licence'),
    ],
  },
  {
    title: 'Pages and changes',
    about: 'How collections are cut into pages, and how faithfully changes are told.',
    fields: [
      number('intunePageSize', 'Intune objects per page, at most'),
      number('listsLag', 'Lists of Intune lag behind by n changes', '0'),
      number('objectsLag', 'Single objects of Intune lag behind by n changes', '0'),
      number('staleSummary', 'Device counts lag behind by n changes', '0'),
      number('groupsPageSize', 'Groups per page', '100'),
      number('roleDefinitionsPageSize', 'Role definitions per page', '100'),
      number('pageLinkSeconds', 'Links to further pages end after, seconds', '600'),
      number('replayChanges', 'Tell the last n changes once more', '0'),
      choice('lostSyncState', 'Links to changes are lost', [
        ['gone', '410, with where to begin anew'],
        ['not_found', '400, SyncStateNotFound'],
      ]),
      { name: 'nextLinkOrigin', label: 'Next links point to another origin', kind: 'address' },
      tick('emptyPages', 'An empty page after every full one'),
      tick('repeatInPage', 'Each page of changes tells of its first object twice'),
      tick('repeatAcrossPages', 'Each page of changes begins with the end of the one before'),
    ],
  },
]
