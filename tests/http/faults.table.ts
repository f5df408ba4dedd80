import type { ReasonCode } from '../../src/engine/reasons/index.ts'
import { setGranted, setSecretState } from '../../src/sandbox/change-world.ts'
import type { SandboxFaults } from '../../src/sandbox/faults.ts'
import { createGroup, deleteGroup, renameGroup } from '../../src/sandbox/groups.ts'
import { groupIdOf } from '../../src/sandbox/made-up-groups.ts'
import type { RefusalName } from '../../src/sandbox/sign-in/refusals.ts'
import type { FaultyTenant } from '../world/faulty-tenant.ts'

/** What becomes of a sync: it goes through in one go, it waits and then goes through, or it fails. */
export type Told =
  | { readonly kind: 'transparent' }
  | {
      readonly kind: 'waits'
      readonly for: 'throttle_window' | 'answer'
      readonly ends?: ReasonCode
      readonly isUnasked?: true
    }
  | { readonly kind: 'fails'; readonly reason: ReasonCode }

export interface Row {
  readonly faults: SandboxFaults
  readonly told: Told
  /** It strikes once two pages are written, not at the beginning. */
  readonly midway?: true
  /** All groups were read before, and some have changed since. */
  readonly changesOnly?: true
  /** What else goes wrong in the directory, and how it is mended. */
  readonly breaks?: (tenant: FaultyTenant) => void
  readonly mends?: (tenant: FaultyTenant) => unknown
}

const transparent: Told = { kind: 'transparent' }
const waitsFor = (what: 'throttle_window' | 'answer', ends?: ReasonCode): Told => ({
  kind: 'waits',
  for: what,
  ...(ends && { ends }),
})
const fails = (reason: ReasonCode): Told => ({ kind: 'fails', reason })
const WINDOW = waitsFor('throttle_window')
const ANSWER = waitsFor('answer')

/** What an operator sees of each way in which Microsoft refuses a sign-in. */
const REFUSED: Readonly<Record<RefusalName, Told>> = {
  secret_wrong: fails('provider_credential_rejected'),
  secret_expired: fails('provider_credential_expired'),
  credential_missing: fails('provider_credential_missing'),
  credential_parameter_missing: fails('provider_credential_missing'),
  app_not_in_directory: fails('provider_consent_missing'),
  service_principal_missing: fails('provider_consent_missing'),
  app_disabled: fails('provider_app_disabled'),
  directory_not_found: fails('provider_directory_unknown'),
  directory_malformed: fails('provider_directory_unknown'),
  directory_in_another_cloud: fails('provider_directory_unknown'),
  scope_invalid: fails('provider_rejected_request'),
  resource_unknown: fails('provider_rejected_request'),
  consent_missing: fails('provider_consent_missing'),
  assertion_signature_invalid: fails('provider_credential_rejected'),
  assertion_audience_invalid: fails('provider_credential_rejected'),
  assertion_client_mismatch: fails('provider_credential_rejected'),
  assertion_expired: fails('provider_credential_rejected'),
  user_unknown: fails('provider_rejected_request'),
  access_blocked: fails('provider_access_policy'),
  access_blocked_by_risk: fails('provider_access_policy'),
  client_invalid: fails('provider_credential_rejected'),
  code_used_or_expired: fails('provider_rejected_request'),
  code_of_another_request: fails('provider_rejected_request'),
  code_verifier_wrong: fails('provider_rejected_request'),
  grant_type_missing: fails('provider_rejected_request'),
  grant_type_unsupported: fails('provider_rejected_request'),
  server_busy: WINDOW,
}

/** An hour in which Microsoft wants nothing is worth no wait. */
const TOO_LONG = { busySeconds: 9000, retryAfterSeconds: 9000 }
const BRIEFLY = { busyNext: 1, retryAfterSeconds: 120 }
const REVOKED = { revokePermission: 'Group.Read.All' }
const LACKS = {
  told: fails('provider_permission_missing'),
  mends: ({ directory: { apps } }: FaultyTenant) => {
    if (apps[0]) setGranted(apps[0], [...apps[0].granted, 'Group.Read.All'])
  },
}

/** Every fault of the sandbox, and what an operator who syncs groups is to see of it. */
export const FAULTS: Readonly<Record<string, Row>> = {
  throttleEvery: { faults: { throttleEvery: 2 }, told: WINDOW },
  busyNext: { faults: BRIEFLY, told: WINDOW },
  busySeconds: { faults: { busySeconds: 60 }, told: WINDOW },
  'busySeconds beyond all patience': { faults: TOO_LONG, told: fails('provider_throttled') },
  busyUntil: { faults: { busyUntil: '2100-01-01T00:00:00Z' }, told: WINDOW },
  busyStatus: { faults: { ...BRIEFLY, busyStatus: 503 }, told: WINDOW },
  'busyStatus, and no end of it': {
    faults: { busySeconds: 600, busyStatus: 503 },
    told: waitsFor('throttle_window', 'provider_throttled'),
  },
  'retryAfter as a decimal': { faults: { ...BRIEFLY, retryAfter: 'decimal' }, told: WINDOW },
  'retryAfter as a date': { faults: { ...BRIEFLY, retryAfter: 'date' }, told: WINDOW },
  'retryAfter left out': {
    faults: { ...BRIEFLY, retryAfter: 'absent' },
    told: { kind: 'waits', for: 'throttle_window', isUnasked: true },
  },
  retryAfterSeconds: { faults: { ...BRIEFLY, retryAfterSeconds: 600 }, told: WINDOW },
  bucketUnits: { faults: { bucketUnits: 1, bucketSeconds: 60 }, told: WINDOW },

  slowMs: { faults: { slowMs: 150 }, told: transparent },
  slowNext: { faults: { slowMs: 150, slowNext: 2 }, told: transparent },
  slowEvery: { faults: { slowMs: 150, slowEvery: 2 }, told: transparent },
  dropNext: { faults: { dropNext: 1 }, told: transparent },
  'dropNext, again and again': { faults: { dropNext: 3 }, told: ANSWER },
  dropEvery: { faults: { dropEvery: 2 }, told: transparent },
  dropWhere: { faults: { dropNext: 1, dropWhere: 'in_body' }, told: transparent },
  unreachable: { faults: { unreachable: true }, told: ANSWER },
  'unreachable, and no end of it': {
    faults: { unreachable: true },
    told: waitsFor('answer', 'provider_unreachable'),
  },
  serverError: { faults: { serverError: 500 }, told: ANSWER },
  'serverError 503': { faults: { serverError: 503 }, told: ANSWER },
  'serverError 504': { faults: { serverError: 504 }, told: ANSWER },
  createThen504: { faults: { createThen504: 1 }, told: transparent },

  tokenSeconds: { faults: { tokenSeconds: 1 }, told: transparent },
  tokenEndsEarly: { faults: { tokenSeconds: 1, tokenEndsEarly: true, slowMs: 600 }, told: transparent },
  rejectTokens: { faults: { rejectTokens: 1 }, told: transparent },
  'rejectTokens, also new ones': { faults: { rejectTokens: 9 }, told: fails('provider_token_rejected') },
  revokePermission: { faults: REVOKED, ...LACKS },
  revokeAfter: { faults: { ...REVOKED, revokeAfter: 2 }, ...LACKS },
  notLicensed: { faults: { notLicensed: true }, told: transparent },

  listsLag: { faults: { listsLag: 3 }, told: transparent },
  objectsLag: { faults: { objectsLag: 3 }, told: transparent },
  staleSummary: { faults: { staleSummary: 3 }, told: transparent },
  conditionalAccessSeconds: { faults: { conditionalAccessSeconds: 5 }, told: transparent },
  intunePageSize: { faults: { intunePageSize: 1 }, told: transparent },
  roleDefinitionsPageSize: { faults: { roleDefinitionsPageSize: 1 }, told: transparent },
  groupsPageSize: { faults: { groupsPageSize: 3 }, told: transparent },
  emptyPages: { faults: { emptyPages: true }, told: transparent },
  pageLinkSeconds: { faults: { pageLinkSeconds: 0.0001 }, told: fails('provider_reading_lost') },
  nextLinkOrigin: {
    faults: { nextLinkOrigin: 'https://graph.example' },
    told: fails('provider_link_untrusted'),
  },
  repeatInPage: { faults: { repeatInPage: true }, changesOnly: true, told: transparent },
  repeatAcrossPages: {
    faults: { repeatAcrossPages: true, groupsPageSize: 2 },
    changesOnly: true,
    told: transparent,
  },
  replayChanges: { faults: { replayChanges: 3 }, changesOnly: true, told: transparent },
  lostSyncState: { faults: { lostSyncState: 'gone' }, changesOnly: true, told: transparent },
  'lostSyncState with a code': {
    faults: { lostSyncState: 'not_found' },
    changesOnly: true,
    told: transparent,
  },

  ...Object.fromEntries(
    Object.entries(REFUSED).map(([name, told]): [string, Row] => [
      `tokenFault ${name}`,
      { faults: { tokenFault: name as RefusalName }, told },
    ]),
  ),

  'midway a storm': { faults: { busySeconds: 30 }, midway: true, told: WINDOW },
  'midway a permission revoked': { faults: REVOKED, midway: true, ...LACKS },
  'midway a token that ends': { faults: { rejectTokens: 1 }, midway: true, told: transparent },
  'midway a dropped connection': { faults: { dropNext: 1 }, midway: true, told: transparent },
  'midway nothing is reached': { faults: { unreachable: true }, midway: true, told: ANSWER },
  'midway a secret rejected': {
    faults: { rejectTokens: 1 },
    midway: true,
    told: fails('provider_credential_rejected'),
    breaks: ({ directory }) => setSecretStates(directory, 'rejected'),
    mends: ({ directory }) => setSecretStates(directory, 'accepted'),
  },
  'midway a secret removed': {
    faults: { rejectTokens: 1 },
    midway: true,
    told: fails('provider_credential_rejected'),
    breaks: ({ directory: { apps } }) => void apps[0]?.secrets.splice(0),
    async mends({ directory: { apps }, store }) {
      const value = 'a8b8Q~another-secret-that-was-made-later'
      apps[0]?.secrets.push({ value })
      await store(value)
    },
  },
  'midway an app disabled': {
    faults: { rejectTokens: 1 },
    midway: true,
    told: fails('provider_app_disabled'),
    breaks: ({ directory }) => enable(directory, false),
    mends: ({ directory }) => enable(directory, true),
  },
}

type Directory = FaultyTenant['directory']

function setSecretStates({ apps }: Directory, state: 'accepted' | 'rejected'): void {
  for (const secret of apps[0]?.secrets ?? []) setSecretState(secret, state, new Date())
}

function enable({ apps: [app] }: Directory, enabled: boolean): void {
  if (app) app.enabled = enabled
}

/** Something for a later sync to tell. */
export function changeGroups(directory: Directory): void {
  renameGroup(directory, groupIdOf(directory.id, 0), 'Sales Europe')
  renameGroup(directory, groupIdOf(directory.id, 3), 'Sales Asia')
  deleteGroup(directory, groupIdOf(directory.id, 1), 'soft_deleted')
  createGroup(directory, 'Newcomers', 'microsoft_365')
}
