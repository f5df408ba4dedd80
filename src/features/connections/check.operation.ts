import type { OperationCode } from '../../engine/catalog/index.ts'
import { type Reason, reasonOfGraphFailure } from '../../engine/reasons/index.ts'
import type { Runner, Work, WorkResult } from '../../engine/worker/index.ts'
import { type GraphFailure, readOrganization } from '../../graph/index.ts'
import {
  type ConnectionObservation,
  type GraphAccess,
  graphFor,
  type ProviderAccess,
} from '../../providers/index.ts'
import { conflictSince, saveReport } from './verification-report.sql.ts'
import {
  findingOf,
  fingerprintOf,
  reportOf,
  type Sighting,
  type VerificationCheck,
  withConflict,
} from './verification-report.ts'

/**
 * `provider.connection.check`: signs in past the token cache, reads the organisation if it may, and
 * compares what was granted with what `operations` need. Its result is a report, one line per fact.
 */
export const checkConnection =
  (access: ProviderAccess, operations: readonly OperationCode[]): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return refused(work, operations, { code: 'provider_credential_missing' }, null, way.failure)
    const graph = way.value
    const signedIn = await graph.client.signIn({ fresh: true })
    if (!signedIn.ok) {
      const reason = reasonOf(signedIn.failure, graph)
      return refused(work, operations, reason, graph, signedIn.failure)
    }
    const organization = await readOrganization(graph.client)
    const sighting: Sighting = {
      kind: 'signed_in',
      granted: signedIn.value.roles,
      organization: organization.ok ? null : reasonOf(organization.failure, graph, ORGANIZATION),
      seenAt: new Date().toISOString(),
    }
    return seen(work, operations, sighting, graph)
  }

const ORGANIZATION = ['Organization.Read.All']

const reasonOf = (
  failure: GraphFailure,
  { signedInWith }: GraphAccess,
  required: readonly string[] = [],
): Reason => reasonOfGraphFailure(failure, { at: new Date(), required, signedInWith })

/** Microsoft let the app in: the run succeeded in finding out, whatever it found. */
function seen(
  work: Work,
  operations: readonly OperationCode[],
  sighting: Extract<Sighting, { kind: 'signed_in' }>,
  graph: GraphAccess,
): WorkResult {
  const seenChecks = reportOf(sighting, operations)
  const finding = findingOf(seenChecks)
  const consented = sighting.granted.length > 0
  return {
    observed: {
      credential: 'accepted',
      granted: sighting.granted,
      consent: consented ? 'granted' : lostConsent(graph),
      verification: finding === null ? 'healthy' : consented ? 'degraded' : 'blocked',
      checked: { runId: work.run.id, reason: finding },
      provesDirectory: graph.connection.directoryId,
    },
    ending: async (tx) => {
      const checks = withConflict(seenChecks, await conflictSince(tx, work.run.tenantId))
      await saveReport(tx, work.run, checks, fingerprintOf(checks))
      return { outcome: 'succeeded', counts: tallyOf(checks), finding: findingOf(checks) }
    },
  }
}

/** Microsoft did not let the app in, or did not answer: the run failed, and the report says at what. */
function refused(
  work: Work,
  operations: readonly OperationCode[],
  reason: Reason,
  graph: GraphAccess | null,
  failure: GraphFailure,
): WorkResult {
  const checks = reportOf({ kind: 'refused', reason, at: subjectOf(failure) }, operations)
  return {
    observed: { ...refusalObserved(failure, graph), checked: { runId: work.run.id, reason } },
    ending: async (tx) => {
      await saveReport(tx, work.run, checks, fingerprintOf(checks))
      return { outcome: 'failed', counts: tallyOf(checks), reason, failures: [] }
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
