import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import { type Reason, reasonOfGraphFailure } from '../../engine/reasons/index.ts'
import type { ItemFailure } from '../../engine/runs/index.ts'
import {
  type Runner,
  toldByMicrosoft,
  type Work,
  type WorkEnded,
  waitsForOf,
} from '../../engine/worker/index.ts'
import { type GraphFailure, readOrganization } from '../../graph/index.ts'
import {
  type ConnectionObservation,
  type GraphAccess,
  graphFor,
  type ProviderAccess,
} from '../../providers/index.ts'
import { isInUse } from './credentials.sql.ts'
import { ORGANIZATION_READ } from './permission-needs.ts'
import { type TriedNext, tryNext } from './try-next.ts'
import { conflictSince, saveReport } from './verification-report.sql.ts'
import {
  findingOf,
  fingerprintOf,
  reportOf,
  type Sighting,
  type VerificationCheck,
  withConflict,
  withNext,
} from './verification-report.ts'

/**
 * `provider.connection.check`: signs in past the token cache, reads the organisation if it may, and
 * compares what was granted with what `operations` need. Its result is a report, one line per fact. A
 * credential that waits is tried first; where Microsoft refuses it, the check goes on with the one in use.
 */
export const checkConnection =
  (access: ProviderAccess, operations: readonly OperationCode[]): Runner =>
  async (work) => {
    const asked = { work, operations, next: await tryNext(access, work) }
    if (asked.next.kind === 'accepted') return look(asked, asked.next.graph, asked.next.roles)
    if (asked.next.kind === 'undecided') return refused(asked, asked.next.graph, asked.next.failure)
    const way = await graphFor(work.db, access, work.run, work)
    if (asked.next.kind === 'rejected' && (!way.ok || isOver(way.value)))
      return onlyNextRefused(asked, asked.next)
    if (!way.ok) return refused(asked, null, way.failure)
    if (!mayLook(way.value))
      return failedAt(asked, { code: 'provider_consent_missing' }, 'consent', {
        verification: 'blocked',
        signedInAs: way.value.connection,
      })
    const signedIn = await way.value.client.signIn({ fresh: true })
    return signedIn.ok
      ? look(asked, way.value, signedIn.value.roles)
      : refused(asked, way.value, signedIn.failure)
  }

/** One check: the run, what its report is about, and what came of the credential that waited. */
interface Asked {
  readonly work: Work
  readonly operations: readonly OperationCode[]
  readonly next: TriedNext
}

type RejectedNext = Extract<TriedNext, { kind: 'rejected' }>

/**
 * The central app may be consented to in a directory for somebody else's sake. Until an administrator of
 * this directory has signed in for this connection, nothing is asked there on its behalf.
 */
const mayLook = ({ connection, signedInWith }: GraphAccess): boolean =>
  signedInWith.kind === 'dedicated' || connection.consent === 'granted'

const isOver = ({ signedInWith }: GraphAccess): boolean =>
  signedInWith.kind === 'dedicated' &&
  signedInWith.expiresAt !== null &&
  Date.parse(signedInWith.expiresAt) <= Date.now()

const ORGANIZATION = [ORGANIZATION_READ.permission]

const reasonOf = (
  failure: GraphFailure,
  { signedInWith }: GraphAccess,
  required: readonly string[] = [],
): Reason => reasonOfGraphFailure(failure, { at: new Date(), required, signedInWith })

const reasonOfNext = ({ credential }: RejectedNext): Reason => ({
  code: 'provider_credential_next_rejected',
  credential,
})

/** What the report and the connection are told of the credential that waited. */
const toldOf = (next: TriedNext): Parameters<typeof withNext>[1] => {
  if (next.kind === 'accepted') return { accepted: next.credential }
  return next.kind === 'rejected' ? reasonOfNext(next) : null
}
const observedNext = (next: TriedNext): Pick<ConnectionObservation, 'next'> =>
  next.kind === 'accepted' || next.kind === 'rejected' ? { next: { id: next.id, verdict: next.kind } } : {}

/** False only where a new credential was accepted and then discarded or replaced before the check ended. */
const tookOver = async (tx: Db, { next, work }: Asked): Promise<boolean> =>
  next.kind !== 'accepted' || isInUse(tx, work.run.connectionId, next.id)

/** Microsoft let the app in: the run succeeds in finding out, whatever it finds. */
async function look(asked: Asked, graph: GraphAccess, granted: readonly string[]): Promise<WorkEnded> {
  const { next, operations, work } = asked
  const organization = await readOrganization(graph.client)
  const sighting: Sighting = {
    kind: 'signed_in',
    granted,
    organization: organization.ok ? null : reasonOf(organization.failure, graph, ORGANIZATION),
    seenAt: new Date().toISOString(),
  }
  const checks = reportOf(sighting, operations)
  const lacking = findingOf(checks)
  const all = withNext(checks, toldOf(next))
  const finding = findingOf(all)
  const consented = granted.length > 0
  return {
    observed: {
      signedInAs: graph.connection,
      ...observedNext(next),
      ...(next.kind !== 'accepted' && { credential: 'accepted', credentialId: graph.credentialId }),
      granted,
      consent: consented ? 'granted' : lostConsent(graph),
      verification: lacking === null ? 'healthy' : consented ? 'degraded' : 'blocked',
      checked: { runId: work.run.id, reason: finding },
      provesDirectory: graph.connection.directoryId,
      ...(!organization.ok && windowSeen(organization.failure)),
    },
    ending: async (tx) => {
      const counted = (await tookOver(tx, asked)) ? all : checks
      const told = withConflict(counted, await conflictSince(tx, work.run.tenantId))
      await saveReport(tx, work.run, told, fingerprintOf(told))
      return { outcome: 'succeeded', counts: tallyOf(told), finding: findingOf(told) }
    },
  }
}

/** The pause that Microsoft asks for holds for whoever comes next, too. */
const windowSeen = (failure: GraphFailure): Pick<ConnectionObservation, 'throttledForSeconds'> =>
  failure.kind === 'throttled' && failure.retryAfterSeconds !== null
    ? { throttledForSeconds: failure.retryAfterSeconds }
    : {}

/**
 * Microsoft did not let the app in: the run fails, and the report says at what. Where it did not answer, the
 * check is tried again for a little while before it fails.
 */
function refused(asked: Asked, graph: GraphAccess | null, failure: GraphFailure): WorkEnded {
  const reason: Reason = graph ? reasonOf(failure, graph) : { code: 'provider_credential_missing' }
  const observed = {
    ...refusalObserved(failure, graph),
    ...(graph && { credentialId: graph.credentialId, signedInAs: graph.connection }),
  }
  const waitsFor = waitsForOf(failure)
  const failures = toldByMicrosoft(failure)
  return { ...failedAt(asked, reason, subjectOf(failure), observed, failures), ...(waitsFor && { waitsFor }) }
}

/** Nothing but the refused new credential could have signed in: nothing is said of one that is over or gone. */
const onlyNextRefused = (asked: Asked, next: RejectedNext): WorkEnded =>
  failedAt(asked, reasonOfNext(next), 'credential', {
    verification: 'blocked',
    ...(next.graph && { signedInAs: next.graph.connection }),
  })

function failedAt(
  { next, operations, work }: Asked,
  reason: Reason,
  at: 'credential' | 'directory' | 'consent',
  observed: ConnectionObservation,
  failures: readonly ItemFailure[] = [],
): WorkEnded {
  const checks = withNext(reportOf({ kind: 'refused', reason, at }, operations), toldOf(next))
  return {
    observed: { ...observed, ...observedNext(next), checked: { runId: work.run.id, reason } },
    ending: async (tx) => {
      await saveReport(tx, work.run, checks, fingerprintOf(checks))
      return { outcome: 'failed', counts: tallyOf(checks), reason, failures }
    },
  }
}

function subjectOf({ kind }: GraphFailure): 'credential' | 'directory' | 'consent' {
  if (kind === 'directory_unknown' || kind === 'directory_mismatch') return 'directory'
  return kind === 'app_not_installed' || kind === 'app_disabled' ? 'consent' : 'credential'
}

function refusalObserved({ kind }: GraphFailure, graph: GraphAccess | null): ConnectionObservation {
  if (kind === 'credential_rejected' || kind === 'credential_expired')
    return { credential: 'rejected', verification: 'blocked' }
  if (kind === 'app_not_installed') return { consent: lostConsent(graph), verification: 'blocked' }
  if (kind === 'unreachable' || kind === 'throttled' || kind === 'cancelled') return { verification: 'error' }
  return { verification: 'blocked' }
}

/** Consent that was there and is gone was revoked; otherwise it is still to be given. */
const lostConsent = (graph: GraphAccess | null) =>
  graph && ['granted', 'revoked'].includes(graph.connection.consent) ? 'revoked' : 'required'

const tallyOf = (checks: readonly VerificationCheck[]) => ({
  checks: checks.length,
  passed: checks.filter(({ status }) => status === 'passed').length,
  attention: checks.filter(({ severity, status }) => status === 'failed' && severity !== 'information')
    .length,
})
