import { tenantHref } from './tenant-frame.tsx'
import type { ListedTenant } from './tenant-list.ts'

/** A tenant as programs read it; what is empty is left out. */
export const tenantJson = ({
  forecast: { ground },
  glance,
  readiness,
}: Pick<ListedTenant, 'forecast' | 'glance' | 'readiness'>) => {
  const { archivedAt, conflictedAt, directoryId, name, state } = ground.tenant
  return {
    id: directoryId,
    name,
    ...(glance.domain && { domain: glance.domain }),
    state,
    isProven: glance.isProven,
    readiness: readiness.state,
    ...(readiness.reason && { reasonCode: readiness.reason.code }),
    ...(archivedAt && { archivedAt: new Date(archivedAt).toISOString() }),
    ...(conflictedAt && { conflictedAt: new Date(conflictedAt).toISOString() }),
    href: tenantHref(ground.tenant),
  }
}
