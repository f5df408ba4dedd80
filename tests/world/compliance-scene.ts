import type { Db } from '../../src/database/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { intuneOf } from '../../src/sandbox/intune/sizes.ts'
import { truthOf } from '../../src/sandbox/intune/truth.ts'
import type { Engine } from './databases.ts'
import { type SyncedTenant, type SyncScene, syncScene } from './sync-scene.ts'

/** Every permission with which a snapshot is taken. */
export const READS_DEVICES = [
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
]

/** A device as both sides can tell it. */
export interface ToldDevice {
  readonly id: string
  readonly name: string
  readonly user: string | null
  readonly system: string | null
  readonly state: string
  readonly lastContactAt: string | null
}

/** Tenants in a sandbox whose devices are read. */
export interface ComplianceScene extends SyncScene {
  tenantWithDevices(
    change?: (directory: LiveDirectory) => void,
    granted?: readonly string[],
  ): Promise<SyncedTenant>
  /** Every device that is shown as present. */
  present(synced: SyncedTenant): Promise<ToldDevice[]>
  /** The snapshots of a tenant, oldest first. */
  snapshots(synced: SyncedTenant): Promise<SnapshotRow[]>
}

export type SnapshotRow = Awaited<ReturnType<typeof snapshotRows>>[number]

/** Opens a scene with so many directories, each with so many devices, ten to a page. */
export async function complianceScene(
  directories: number,
  devices: number,
  engine: Engine = 'postgres',
): Promise<ComplianceScene> {
  const intune = intuneOf(0, devices)
  const scene = await syncScene('compliance.snapshot', directories, { intune }, engine)
  const { db } = scene.world.database
  return {
    ...scene,
    tenantWithDevices: (change, granted = READS_DEVICES) =>
      scene.tenant(granted, (directory) => {
        directory.faults.intunePageSize = 10
        change?.(directory)
      }),
    present: ({ tenant }) => presentDevices(db, tenant.id),
    snapshots: ({ tenant }) => snapshotRows(db, tenant.id),
  }
}

const snapshotRows = (db: Db, tenantId: number) =>
  db
    .selectFrom('compliance_snapshots')
    .select(['run_id', 'summary', 'devices', 'silent', 'compliant', 'noncompliant', 'in_grace_period'])
    .select(['unknown', 'error', 'conflict', 'config_manager', 'other'])
    .where('tenant_id', '=', tenantId)
    .orderBy('observed_at')
    .execute()

async function presentDevices(db: Db, tenantId: number): Promise<ToldDevice[]> {
  const rows = await db
    .selectFrom('compliance_devices')
    .select([
      'device_id',
      'display_name',
      'user_name',
      'operating_system',
      'compliance_state',
      'last_contact_at',
    ])
    .where('tenant_id', '=', tenantId)
    .where('gone_since', 'is', null)
    .execute()
  return inOrder(
    rows.map((row) => ({
      id: row.device_id,
      name: row.display_name,
      user: row.user_name,
      system: row.operating_system,
      state: row.compliance_state,
      lastContactAt: row.last_contact_at?.toISOString() ?? null,
    })),
  )
}

/** Every device that a directory of the sandbox has. */
export const trueDevices = (directory: LiveDirectory): ToldDevice[] =>
  inOrder(
    truthOf(directory, 'managedDevices').map((device) => ({
      id: device.id,
      name: String(device.deviceName),
      user: String(device.userPrincipalName),
      system: String(device.operatingSystem),
      state: OUR_WORDS[String(device.complianceState)] ?? String(device.complianceState),
      lastContactAt: new Date(String(device.lastSyncDateTime)).toISOString(),
    })),
  )

const OUR_WORDS: Readonly<Record<string, string>> = {
  inGracePeriod: 'in_grace_period',
  configManager: 'config_manager',
}

/** How many devices of a list stand in each state, as a snapshot has it. */
export const countedDevices = (devices: readonly ToldDevice[]) => {
  const of = (state: string) => devices.filter((device) => device.state === state).length
  return {
    devices: devices.length,
    compliant: of('compliant'),
    noncompliant: of('noncompliant'),
    in_grace_period: of('in_grace_period'),
    unknown: of('unknown'),
    error: of('error'),
    conflict: of('conflict'),
    config_manager: of('config_manager'),
    other: 0,
  }
}

const inOrder = (devices: ToldDevice[]) => devices.sort((a, b) => (a.id < b.id ? -1 : 1))
