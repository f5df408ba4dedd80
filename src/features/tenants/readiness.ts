import type { TenantForecast } from '../../engine/gate/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'

/** How ready a tenant is over everything that is offered, and why it is not. */
export interface Readiness {
  readonly state: 'ready' | 'partly_ready' | 'check_first' | 'not_ready' | 'archived'
  readonly reason: Reason | null
}

/**
 * The readiness of a tenant, from the very verdicts that its buttons show. Work that already runs counts
 * as ready: a start there would be answered without anybody having to act.
 */
export function readinessOf({ ground, verdicts }: TenantForecast): Readiness {
  const blocked = [...verdicts].flatMap(([operation, verdict]) =>
    verdict.kind === 'blocked' ? [{ operation, reason: verdict.reason }] : [],
  )
  const beyondCheck = blocked.filter(({ operation }) => operation !== CHECK)
  const reason = (beyondCheck[0] ?? blocked[0])?.reason ?? null
  if (ground.tenant.state === 'archived') return { state: 'archived', reason }
  if (!reason) return { state: 'ready', reason }
  if (CHECK_FIRST.has(reason.code)) return { state: 'check_first', reason }
  if (blocked.length === verdicts.size) return { state: 'not_ready', reason }
  const allBeyondCheck = beyondCheck.length === verdicts.size - (verdicts.has(CHECK) ? 1 : 0)
  const partly = !allBeyondCheck || reason.code === 'provider_permission_missing'
  return { state: partly ? 'partly_ready' : 'not_ready', reason }
}

const CHECK = 'provider.connection.check'
const CHECK_FIRST: ReadonlySet<Reason['code']> = new Set([
  'provider_evidence_missing',
  'provider_evidence_stale',
])

/** Whether a start in the tenant would be answered with a reason. */
export const wouldBeBlocked = ({ state }: Readiness): boolean =>
  state === 'not_ready' || state === 'check_first'

/** What the badge of a tenant says: ready by the gate's rule is not yet tried. */
export const shownState = (
  { state }: Readiness,
  { isUntried }: { isUntried: boolean },
): Readiness['state'] => (state === 'ready' && isUntried ? 'check_first' : state)
