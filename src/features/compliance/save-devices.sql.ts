import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { ManagedDevice } from '../../graph/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { notSeenBy, type ReadingBy } from '../provider-reads/index.ts'

export interface DeviceCounts {
  readonly seen: number
  readonly created: number
  readonly changed: number
}

/** Whose devices are read, and by which run. */
export interface DevicesReading extends ReadingBy {
  readonly tenantId: TenantId
}

/**
 * Writes a page of devices: new ones are added, known ones rewritten as they are now. Writing it twice leaves the same
 * rows; what became of a state is noted by the table itself. They are written in the order of their ids, so that nobody
 * who writes the same ones is waited for in a circle.
 */
export async function saveDevices(
  tx: Db,
  { runId, tenantId }: DevicesReading,
  devices: readonly ManagedDevice[],
): Promise<DeviceCounts> {
  const { rows } = await sql<DeviceCounts>`
    with written as (
      insert into compliance_devices as d (
        tenant_id, device_id, display_name, user_name, serial_number, operating_system, os_version, system,
        compliance_state, grace_until, last_contact_at, managed_by, raw, last_seen_run_id
      )
      select distinct on (id collate "C") ${tenantId}::bigint, id, name, "user", "serialNumber", "operatingSystem",
        "osVersion", system, state, "graceUntil", "lastContactAt", "managedBy", raw, ${runId}::bigint
      from jsonb_to_recordset(${JSON.stringify(devices)}::text::jsonb) as told (
        id text, name text, "user" text, "serialNumber" text, "operatingSystem" text, "osVersion" text, system text,
        state text, "graceUntil" timestamptz, "lastContactAt" timestamptz, "managedBy" text, raw jsonb
      )
      order by id collate "C"
      on conflict (tenant_id, device_id) do update set
        display_name = excluded.display_name, user_name = excluded.user_name, serial_number = excluded.serial_number,
        operating_system = excluded.operating_system, os_version = excluded.os_version, system = excluded.system,
        compliance_state = excluded.compliance_state, grace_until = excluded.grace_until,
        last_contact_at = excluded.last_contact_at, managed_by = excluded.managed_by, raw = excluded.raw,
        last_seen_at = now(), last_seen_run_id = excluded.last_seen_run_id,
        changed_at = case
          when d.raw - 'lastSyncDateTime' <> excluded.raw - 'lastSyncDateTime' or d.gone_since is not null then now()
          else d.changed_at
        end,
        gone_since = null, gone_run_id = null
      returning first_seen_at, changed_at
    )
    select count(*)::int as seen, count(*) filter (where first_seen_at = now())::int as created,
      count(*) filter (where changed_at = now())::int as changed
    from written`.execute(tx)
  return rows[0] ?? { seen: 0, created: 0, changed: 0 }
}

/** Every device was read: those that a run did not tell of are gone. Answers how many. */
export async function markNotReturned(tx: Db, reading: DevicesReading): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('compliance_devices')
    .set({ gone_since: sql<Date>`now()`, gone_run_id: reading.runId })
    .where('tenant_id', '=', reading.tenantId)
    .where('gone_since', 'is', null)
    .where(notSeenBy(reading))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
