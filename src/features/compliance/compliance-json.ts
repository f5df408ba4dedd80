import { complianceHref } from '../tenants/index.ts'
import type { Snapshot } from './snapshots.sql.ts'

/** What a program is told: the newest snapshot, those of the range, oldest first, and where the devices are. */
export const complianceAsJson = (
  tenant: { directoryId: string },
  newest: Snapshot | null,
  snapshots: readonly Snapshot[],
) => ({
  ...(newest && { newest: snapshotAsJson(newest) }),
  snapshots: snapshots.map(snapshotAsJson),
  devicesHref: `${complianceHref(tenant)}/devices`,
})

const snapshotAsJson = ({ at, devices, runId, silent, states, summary }: Snapshot) => ({
  observedAt: at,
  ...(runId !== null && { runId }),
  devices,
  silent,
  states,
  ...(summary && { microsoftSummary: summary }),
})
