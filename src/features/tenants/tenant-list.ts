import type { PersonalActor } from '../../access/index.ts'
import { forecast, type TenantForecast } from '../../engine/gate/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import type { Web } from '../../web/index.ts'
import { type Readiness, readinessOf, wouldBeBlocked } from './readiness.ts'
import { glances, type TenantGlance } from './tenants.sql.ts'
import type { DutyCounts } from './tenants.words.ts'

/** A tenant in a list: what a start would meet there, and what was done so far. */
export interface ListedTenant {
  readonly forecast: TenantForecast
  readonly readiness: Readiness
  readonly glance: TenantGlance
}

/** The tenants of a workspace that the actor sees, by name; two queries, however many there are. */
export async function listTenants(
  web: Web,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
): Promise<ListedTenant[]> {
  const [forecasts, glanced] = await Promise.all([
    forecast(web.gate, actor, workspaceId),
    glances(web.db, workspaceId, actor),
  ])
  const byId = new Map(glanced.map((glance) => [glance.id, glance]))
  return forecasts.map((each) => {
    const { id } = each.ground.tenant
    return {
      forecast: each,
      readiness: readinessOf(each),
      glance: byId.get(id) ?? {
        id,
        domain: null,
        isProven: false,
        isUntried: false,
        successes: {},
        atWork: null,
      },
    }
  })
}

export type TenantGroup = 'blocked' | 'partly' | 'ready' | 'archived'
export const TENANT_GROUPS = ['blocked', 'partly', 'ready', 'archived'] as const

/** The group of a list in which a tenant stands. */
export function groupOf({ readiness }: ListedTenant): TenantGroup {
  if (wouldBeBlocked(readiness)) return 'blocked'
  if (readiness.state === 'partly_ready') return 'partly'
  return readiness.state === 'archived' ? 'archived' : 'ready'
}

export type TenantShow = 'all' | 'blocked' | 'partly' | 'ready' | 'running'
export const TENANT_SHOWS = ['all', 'blocked', 'partly', 'ready', 'running'] as const

/** Whether a tenant stays when the list is narrowed. */
export function isShown(tenant: ListedTenant, show: TenantShow): boolean {
  if (show === 'all') return true
  return show === 'running' ? tenant.glance.atWork !== null : groupOf(tenant) === show
}

/** Whether name, domain or directory id contain what is searched for, whatever the letter case. */
export function matches({ forecast: { ground }, glance }: ListedTenant, query: string): boolean {
  const wanted = query.toLowerCase()
  const { directoryId, name } = ground.tenant
  return [name, glance.domain ?? '', directoryId].some((text) => text.toLowerCase().includes(wanted))
}

/** The numbers of the sentence for the person on duty; archived tenants do not count. */
export function dutyCounts(tenants: readonly ListedTenant[]): DutyCounts {
  const among = (group: TenantGroup) => tenants.filter((tenant) => groupOf(tenant) === group).length
  const [ready, partly, blocked] = [among('ready'), among('partly'), among('blocked')]
  return { active: ready + partly + blocked, ready, partly, blocked }
}
