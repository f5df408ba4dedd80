import { type ConnectionFacts, readinessObjection } from '../../providers/index.ts'
import type { Reason } from '../reasons/index.ts'
import type { ActiveRunFacts, StartFacts } from './start-facts.ts'

/** What a start comes to. Exactly these four, whatever the surface. */
export type StartVerdict =
  | { readonly kind: 'accepted'; readonly connectionId: number; readonly connectionVersion: number }
  | { readonly kind: 'deduped'; readonly active: ActiveRunFacts }
  | { readonly kind: 'scope_busy'; readonly active: ActiveRunFacts }
  | { readonly kind: 'blocked'; readonly reason: Reason }

/** Decides a start. The order of the lines is the order of the checks. */
export function decideStart(facts: StartFacts): StartVerdict {
  const halt =
    waitObjection(facts) ?? tenantObjection(facts) ?? pauseObjection(facts) ?? freezeObjection(facts)
  if (halt) return { kind: 'blocked', reason: halt }
  const way = readyConnection(facts)
  if (way.kind === 'blocked') return way
  if (facts.active?.identity === facts.identity) return { kind: 'deduped', active: facts.active }
  if (facts.active) return { kind: 'scope_busy', active: facts.active }
  return { kind: 'accepted', connectionId: way.connection.id, connectionVersion: way.connection.version }
}

/** For how long a start may wait until its scope is free, in hours. */
export const LONGEST_WAIT_HOURS = 24

/** Nobody looks when a start comes out of its line: its person has to be entitled still, and to want it still. */
function waitObjection({ at, waited }: StartFacts): Reason | null {
  if (!waited) return null
  if (!waited.mayStart) return { code: 'authorization_lost' }
  const { since } = waited
  if (since === null) return null
  const hours = (Date.parse(at) - Date.parse(since)) / 3_600_000
  return hours > LONGEST_WAIT_HOURS ? { code: 'waited_too_long', since, hours: LONGEST_WAIT_HOURS } : null
}

function tenantObjection({ tenant, operation }: StartFacts): Reason | null {
  if (tenant.state === 'active' || (tenant.state === 'onboarding' && operation.duringOnboarding))
    return conflictObjection(tenant.conflictedAt, operation.level)
  return {
    code: 'tenant_not_operable',
    state: tenant.state,
    ...(tenant.archivedAt === null ? {} : { since: tenant.archivedAt }),
  }
}

/** Only a check may start where the directory belongs to another tenant: it finds out when that is over. */
export const conflictObjection = (
  conflictedAt: string | null | undefined,
  level: StartFacts['operation']['level'],
): Reason | null =>
  conflictedAt && level === 'full' ? { code: 'tenant_directory_claimed', since: conflictedAt } : null

const pauseObjection = ({ pause }: StartFacts): Reason | null =>
  pause && { code: 'operation_paused', ...pause }

const freezeObjection = ({ freeze }: StartFacts): Reason | null =>
  freeze && { code: 'tenant_frozen', ...freeze }

type Way = { kind: 'ready'; connection: ConnectionFacts } | { kind: 'blocked'; reason: Reason }

function readyConnection(facts: StartFacts): Way {
  const { connection, connectionCount: count, operation } = facts
  if (!connection) return { kind: 'blocked', reason: noConnection(count) }
  if (connection.isEnabled && !operation.supported)
    return { kind: 'blocked', reason: { code: 'provider_binding_unsupported', operation: operation.code } }
  const need = {
    level: operation.level,
    required: operation.required,
    evidenceMaxAgeDays: facts.evidenceMaxAgeDays,
    platformIdentity: facts.platformIdentity,
    directoryId: facts.tenant.directoryId,
  }
  const reason = readinessObjection(connection, need, facts.at)
  return reason ? { kind: 'blocked', reason } : { kind: 'ready', connection }
}

const noConnection = (count: number): Reason =>
  count === 0
    ? { code: 'provider_connection_missing' }
    : { code: 'provider_connection_default_missing', count }
