import { type Db, jsonb } from '../../database/index.ts'
import { asManagedDevice, DEVICE_PROPERTIES, type ManagedDevice } from '../../graph/index.ts'
import { madeUpDevices, type SandboxDirectory } from '../../sandbox/index.ts'
import { type DevicePast, pastOf } from './compliance-history.ts'
import { demoDirectories } from './directories.ts'
import { daysFromNow } from './ids.ts'

/** The tenants whose devices were observed before the demonstration begins. */
const OBSERVED = ['Adventure Works', 'Northwind Traders', 'Proseware']

/** Daily for eight weeks, some hours ago the last time; for a week in between nobody took one. */
const DAYS_AGO = Array.from({ length: 57 }, (_, index) => 56.2 - index).filter(
  (days) => days < 18 || days > 25,
)

/** Keeps what snapshots would have found; the operations that took them are not kept. */
export async function seedCompliance(db: Db): Promise<void> {
  const snapshots = DAYS_AGO.map((days) => daysFromNow(-days))
  for (const directory of demoDirectories().filter(({ displayName }) => OBSERVED.includes(displayName))) {
    const tenant = await db
      .selectFrom('tenants')
      .select('id')
      .where('directory_id', '=', directory.id)
      .executeTakeFirstOrThrow()
    await seedTenant(db, tenant.id, pastOf(devicesOf(directory), snapshots), snapshots)
  }
}

/** The devices of a directory, with no more of each than a snapshot asks for. */
const devicesOf = (directory: SandboxDirectory): ManagedDevice[] =>
  madeUpDevices(directory, new Date())
    .map((raw) => {
      const asked = Object.entries(raw).filter(([name]) => DEVICE_PROPERTIES.includes(name))
      return asManagedDevice(JSON.parse(JSON.stringify(Object.fromEntries(asked))))
    })
    .filter((device) => device !== null)

async function seedTenant(
  db: Db,
  tenantId: number,
  past: readonly DevicePast[],
  snapshots: readonly Date[],
): Promise<void> {
  const rows = past.map((each) => deviceRow(tenantId, each, snapshots))
  for (let index = 0; index < rows.length; index += ROWS_AT_ONCE)
    await db
      .insertInto('compliance_devices')
      .values(rows.slice(index, index + ROWS_AT_ONCE))
      .execute()
  const changes = past.flatMap((each) => changesOf(tenantId, each, snapshots))
  for (let index = 0; index < changes.length; index += ROWS_AT_ONCE)
    await db
      .insertInto('compliance_changes')
      .values(changes.slice(index, index + ROWS_AT_ONCE))
      .execute()
  await db
    .insertInto('compliance_snapshots')
    .values(snapshots.map((at, index) => snapshotRow(tenantId, at, index, past)))
    .execute()
}

const ROWS_AT_ONCE = 500

function deviceRow(tenantId: number, { device, from, states }: DevicePast, snapshots: readonly Date[]) {
  const changed = states.findLastIndex((state, index) => index > from && state !== states[index - 1])
  return {
    tenant_id: tenantId,
    device_id: device.id,
    display_name: device.name,
    user_name: device.user,
    serial_number: device.serialNumber,
    operating_system: device.operatingSystem,
    os_version: device.osVersion,
    system: device.system,
    compliance_state: device.state,
    grace_until: device.graceUntil,
    last_contact_at: device.lastContactAt,
    managed_by: device.managedBy,
    raw: jsonb(device.raw),
    ...(snapshots[from] && { first_seen_at: snapshots[from] }),
    ...(snapshots.at(-1) && { last_seen_at: snapshots.at(-1) as Date }),
    changed_at: snapshots[changed] ?? null,
  }
}

const changesOf = (tenantId: number, { device, from, states }: DevicePast, snapshots: readonly Date[]) =>
  states.flatMap((state, index) => {
    const before = states[index - 1]
    const at = snapshots[index]
    if (index <= from || !state || !before || !at || state === before) return []
    return [{ tenant_id: tenantId, device_id: device.id, observed_at: at, state_before: before, state }]
  })

function snapshotRow(tenantId: number, at: Date, index: number, past: readonly DevicePast[]) {
  const of = (state: ManagedDevice['state']) => past.filter(({ states }) => states[index] === state).length
  const counts = {
    compliant: of('compliant'),
    noncompliant: of('noncompliant'),
    in_grace_period: of('in_grace_period'),
    unknown: of('unknown'),
    error: of('error'),
    conflict: of('conflict'),
    config_manager: of('config_manager'),
  }
  const silent = past.filter(({ device, states }) => states[index] && wasSilent(device, at)).length
  return {
    tenant_id: tenantId,
    observed_at: at,
    summary: jsonb({ ...counts, not_applicable: 0, remediated: 0 }),
    ...counts,
    other: of('other'),
    silent,
  }
}

const wasSilent = ({ lastContactAt }: ManagedDevice, at: Date): boolean =>
  lastContactAt === null || at.getTime() - Date.parse(lastContactAt) > 30 * 86_400_000
