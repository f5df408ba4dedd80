import { type FaultsChange, faultsChange } from '../directory.ts'

/** The faults a form asks for; an empty field takes its fault away. Null when a field holds nonsense. */
export function faultsFromForm(form: URLSearchParams): FaultsChange | null {
  const text = (name: string) => form.get(name)?.trim() || null
  const number = (name: string) => (text(name) === null ? null : Number(text(name)) || null)
  const tick = (name: string) => (form.has(name) ? true : null)
  const change = faultsChange.safeParse({
    throttleEvery: number('throttleEvery'),
    retryAfter: text('retryAfter'),
    retryAfterSeconds: text('retryAfterSeconds') === null ? null : Number(text('retryAfterSeconds')),
    slowMs: number('slowMs'),
    unreachable: tick('unreachable'),
    tokenFault: text('tokenFault'),
    roleDefinitionsPageSize: number('roleDefinitionsPageSize'),
    groupsPageSize: number('groupsPageSize'),
    lostSyncState: text('lostSyncState'),
    emptyPages: tick('emptyPages'),
    nextLinkOrigin: text('nextLinkOrigin'),
    rejectTokens: number('rejectTokens'),
    serverError: number('serverError'),
    notLicensed: tick('notLicensed'),
  })
  return change.data ?? null
}
