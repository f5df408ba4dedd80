import type { OperationCode } from '../../engine/catalog/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import { canonicalHash } from '../../kernel/index.ts'
import type { CredentialKind } from '../../providers/index.ts'
import { type PermissionNeed, permissionsToGrant, throughOf } from './permission-needs.ts'

/** One fact that a check of a connection looked at. */
export interface VerificationCheck {
  /** What was looked at; one permission is one check. */
  readonly subject:
    | 'next_credential'
    | 'credential'
    | 'directory'
    | 'claim'
    | 'consent'
    | 'organization'
    | 'permission'
  /** What took over, where the subject is a new credential that was accepted. */
  readonly credential?: CredentialKind
  /** The application permission, where the subject is one. */
  readonly permission?: string
  readonly status: 'passed' | 'failed' | 'not_checked'
  /** What it means when it did not pass: nothing can start, some things cannot, or merely good to know. */
  readonly severity: 'blocking' | 'attention' | 'information'
  readonly reason: Reason | null
  /** The operations that are blocked without it. */
  readonly usedBy: readonly OperationCode[]
  /** What operations leave out without it; reports of earlier times do not tell. */
  readonly partsOf?: PermissionNeed['partsOf']
}

/** What a check of a connection saw: the credential and what Microsoft said, before any verdict. */
export type Sighting =
  | { readonly kind: 'refused'; readonly reason: Reason; readonly at: 'credential' | 'directory' | 'consent' }
  | {
      readonly kind: 'signed_in'
      readonly granted: readonly string[]
      /** Why the organisation could not be read, or null when it was. */
      readonly organization: Reason | null
      readonly seenAt: string
    }

/** The report of a check: one line per fact, in the order in which they depend on each other. */
export function reportOf(sighting: Sighting, operations: readonly OperationCode[]): VerificationCheck[] {
  const needs = permissionsToGrant(operations)
  if (sighting.kind === 'refused') return refusedReport(sighting, needs)
  const { granted, organization, seenAt } = sighting
  const consent = granted.length > 0 ? null : ({ code: 'provider_consent_missing' } as const)
  return [
    passed('credential'),
    passed('directory'),
    consent ? failed('consent', 'blocking', consent) : passed('consent'),
    organization ? failed('organization', 'information', organization) : passed('organization'),
    ...needs.map((need) => permissionCheck(need, granted, seenAt)),
  ]
}

/** A report with a line for the credential that waited and was tried: accepted, or refused for a reason. */
export function withNext(
  checks: readonly VerificationCheck[],
  next: { readonly accepted: CredentialKind } | Reason | null,
): VerificationCheck[] {
  if (next === null) return [...checks]
  const line =
    'accepted' in next
      ? { ...passed('next_credential'), credential: next.accepted }
      : failed('next_credential', 'attention', next)
  return [line, ...checks]
}

/** What kind of credential took over in the check that made a report; null where none did. */
export const takenOver = (checks: readonly VerificationCheck[]): CredentialKind | null =>
  checks.find(({ status, subject }) => subject === 'next_credential' && status === 'passed')?.credential ??
  null

/** The report with a line about whose the directory is, where it is another's; beside the line of the directory. */
export function withConflict(
  checks: readonly VerificationCheck[],
  since: string | null,
): readonly VerificationCheck[] {
  if (since === null) return checks
  const claim = failed('claim', 'blocking', { code: 'tenant_directory_claimed', since })
  return checks.flatMap((check) => (check.subject === 'directory' ? [check, claim] : [check]))
}

/** The first thing somebody has to do something about, or null when all is well. */
export const findingOf = (checks: readonly VerificationCheck[]): Reason | null =>
  checks.find(({ severity, status }) => status === 'failed' && severity === 'blocking')?.reason ??
  checks.find(({ status, subject }) => status === 'failed' && subject === 'next_credential')?.reason ??
  mergedPermissions(checks)

/** The same report gives the same fingerprint, whenever it was made. */
export const fingerprintOf = (checks: readonly VerificationCheck[]): string =>
  canonicalHash(
    checks.map(({ permission, reason, status, subject }) => [
      subject,
      permission ?? '',
      status,
      reason?.code ?? '',
    ]),
  )

const SUBJECTS = ['credential', 'directory', 'consent', 'organization'] as const
type Subject = (typeof SUBJECTS)[number]

/** What came before the refusal passed, what comes after it was not looked at. */
function refusedReport(
  { at, reason }: Extract<Sighting, { kind: 'refused' }>,
  needs: readonly PermissionNeed[],
): VerificationCheck[] {
  const stop = SUBJECTS.indexOf(at)
  return [
    ...SUBJECTS.map((subject, index) => {
      if (index === stop) return failed(subject, 'blocking', reason)
      return index < stop && subject !== 'credential' ? passed(subject) : notChecked(subject)
    }),
    ...needs.map((need) => ({ ...notChecked('permission'), ...usesOf(need) })),
  ]
}

function permissionCheck(
  need: PermissionNeed,
  granted: readonly string[],
  seenAt: string,
): VerificationCheck {
  const { permission, requiredBy } = need
  if (throughOf(need, granted)) return { ...passed('permission'), ...usesOf(need) }
  const reason: Reason = { code: 'provider_permission_missing', permissions: [permission], seenAt }
  const severity = requiredBy.length > 0 ? 'attention' : 'information'
  return { ...failed('permission', severity, reason), ...usesOf(need) }
}

const usesOf = ({ partsOf, permission, requiredBy }: PermissionNeed) => ({
  permission,
  usedBy: requiredBy,
  ...(partsOf.length > 0 && { partsOf }),
})

function mergedPermissions(checks: readonly VerificationCheck[]): Reason | null {
  const missing = checks.flatMap(({ reason, severity }) =>
    reason?.code === 'provider_permission_missing' && severity !== 'information' ? [reason] : [],
  )
  const [first] = missing
  return first ? { ...first, permissions: missing.flatMap(({ permissions }) => permissions) } : null
}

const passed = (subject: VerificationCheck['subject']): VerificationCheck => ({
  subject,
  status: 'passed',
  severity: 'information',
  reason: null,
  usedBy: [],
})
const failed = (
  subject: VerificationCheck['subject'],
  severity: VerificationCheck['severity'],
  reason: Reason,
): VerificationCheck => ({ subject, status: 'failed', severity, reason, usedBy: [] })
const notChecked = (subject: Subject | 'permission'): VerificationCheck => ({
  subject,
  status: 'not_checked',
  severity: 'information',
  reason: null,
  usedBy: [],
})
