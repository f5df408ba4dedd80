import type { Db } from '../../database/index.ts'
import type { ComplianceState, DeviceSystem } from '../../graph/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import type { Counts } from '../tenant-lists/index.ts'
import { standingOf } from './snapshots.sql.ts'
import { type Shelf, STATES, type Standing, SYSTEMS } from './states.ts'

/** Which of a tenant's devices a list shows; all but the last only while present. */
export const DEVICE_SHOWS = [
  'present',
  ...STATES,
  'windows',
  'macos',
  'ios',
  'android',
  'linux',
  'other_system',
  'silent',
  'gone',
] as const
export type DeviceShow = (typeof DEVICE_SHOWS)[number]

/** What a filter leaves: some shelves, and of these one system, or only what is silent. */
export interface Left {
  readonly shelves: readonly Shelf[]
  readonly system?: DeviceSystem
  readonly isSilent?: true
}

/** What a filter leaves. */
export function leftBy(show: DeviceShow): Left {
  if (show === 'present') return { shelves: STATES }
  if (show === 'silent') return { shelves: STATES, isSilent: true }
  const system = show === 'other_system' ? 'other' : SYSTEMS.find((each) => each !== 'other' && each === show)
  return system ? { shelves: STATES, system } : { shelves: [show as Shelf] }
}

/** How many devices each filter leaves, by what stands where. */
const countsOf = (standing: readonly Standing[]): Counts<DeviceShow> =>
  Object.fromEntries(
    DEVICE_SHOWS.map((show) => {
      const { isSilent, shelves, system } = leftBy(show)
      const left = standing.filter(
        (each) =>
          shelves.includes(each.shelf) && (!system || each.system === system) && (!isSilent || each.isSilent),
      )
      return [show, left.reduce((sum, { devices }) => sum + devices, 0)]
    }),
  ) as Counts<DeviceShow>

/** How many devices of a tenant each filter leaves. */
export const countDevices = async (db: Db, tenantId: TenantId): Promise<Counts<DeviceShow>> =>
  countsOf(await standingOf(db, tenantId))

/** So many changes of one device are told, the newest. */
const MOST_CHANGES = 100

/** One device of a tenant with the raw facts as Microsoft gave them, and what became of its state. */
export async function deviceById(db: Db, tenantId: TenantId, id: string) {
  const device = await db
    .selectFrom('compliance_devices as d')
    .leftJoin('operation_runs as r', 'r.id', 'd.last_seen_run_id')
    .select(['d.device_id as id', 'd.display_name', 'd.user_name', 'd.serial_number'])
    .select(['d.operating_system', 'd.os_version'])
    .select((e) => e.val(null).$castTo<string | null>().as('description'))
    .select((e) => [
      e.ref('d.system').$castTo<DeviceSystem>().as('system'),
      e.ref('d.compliance_state').$castTo<ComplianceState>().as('state'),
    ])
    .select(['d.grace_until', 'd.last_contact_at', 'd.managed_by', 'd.raw', 'd.is_silent'])
    .select(['d.first_seen_at', 'd.last_seen_at', 'r.id as last_seen_run_id', 'd.changed_at', 'd.gone_since'])
    .where('d.tenant_id', '=', tenantId)
    .where('d.device_id', '=', id)
    .executeTakeFirst()
  return device && { ...device, changes: await changesOf(db, tenantId, id) }
}

export type SeenDevice = NonNullable<Awaited<ReturnType<typeof deviceById>>>

/** What became of the state of one device, newest first; the operation is null once it was removed. */
async function changesOf(db: Db, tenantId: TenantId, id: string) {
  const rows = await db
    .selectFrom('compliance_changes as c')
    .leftJoin('operation_runs as r', 'r.id', 'c.run_id')
    .select(['c.observed_at as at', 'c.state_before as before', 'c.state', 'r.id as runId'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.device_id', '=', id)
    .orderBy('c.observed_at', 'desc')
    .limit(MOST_CHANGES)
    .execute()
  return rows.map((row) => ({ ...row, before: row.before as Shelf, state: row.state as Shelf }))
}
