import { CATALOG, type OperationCode } from '../../engine/catalog/index.ts'
import { parseReason, type Reason } from '../../engine/reasons/index.ts'
import { isOurApp, readinessObjection } from '../../providers/index.ts'
import type { StateName } from '../../web/components/index.ts'
import type { SeenConnection } from './connections.sql.ts'

/** What the installation asks of a connection. */
export interface Expectations {
  readonly supported: ReadonlySet<OperationCode>
  readonly evidenceMaxAgeDays: number
  readonly platformClientId: string | null
}

/**
 * Whether a connection is fit for the work offered here, and what comes first where it is not. To check first
 * without a reason: work may start, but nothing has signed in with the credential yet.
 */
export type Standing =
  | { readonly state: 'ready' | 'check_first'; readonly reason: null }
  | {
      readonly state: Extract<StateName, 'partly_ready' | 'not_ready' | 'check_first' | 'archived'>
      readonly reason: Reason
    }

/**
 * How a connection stands, by the same rule that a start meets and that the list of tenants tells. Where that rule only asks for a check and
 * the last check was refused, the refusal is the better answer.
 */
export function standingOf(connection: SeenConnection, expected: Expectations): Standing {
  const { at, facts, tenant } = connection
  if (tenant.state === 'archived') return archived(tenant)
  const required = [...expected.supported].flatMap((code) => CATALOG[code].required)
  const objection = readinessObjection(
    facts,
    {
      level: 'full',
      required,
      evidenceMaxAgeDays: expected.evidenceMaxAgeDays,
      platformIdentity: isOurApp(facts, expected.platformClientId),
      directoryId: tenant.directoryId,
    },
    at.toISOString(),
  )
  const unchecked = objection === null || objection.code.startsWith('provider_evidence')
  const refused =
    unchecked && connection.verification === 'blocked' ? parseReason(connection.lastReason) : null
  if (refused) return { state: 'not_ready', reason: refused }
  if (objection === null) return { state: connection.isUntried ? 'check_first' : 'ready', reason: null }
  if (unchecked) return { state: 'check_first', reason: objection }
  const partly = objection.code === 'provider_permission_missing'
  return { state: partly ? 'partly_ready' : 'not_ready', reason: objection }
}

/**
 * The same beside its siblings: where none of them is the default, a start in the tenant is blocked, and choosing
 * one is what comes next.
 */
export function standingInList(
  connection: SeenConnection,
  all: readonly SeenConnection[],
  expected: Expectations,
): Standing {
  const standing = standingOf(connection, expected)
  if (standing.state !== 'ready' || connection.defaultLabel !== null) return standing
  const count = all.filter(({ tenant }) => tenant.id === connection.tenant.id).length
  return { state: 'not_ready', reason: { code: 'provider_connection_default_missing', count } }
}

/** The connection of an archived tenant has nothing to be ready for. */
const archived = ({ archivedAt }: SeenConnection['tenant']): Standing => ({
  state: 'archived',
  reason: {
    code: 'tenant_not_operable',
    state: 'archived',
    ...(archivedAt !== null && { since: new Date(archivedAt).toISOString() }),
  },
})
