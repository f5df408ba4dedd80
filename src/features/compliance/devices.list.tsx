import { legible } from '../../kernel/index.ts'
import { Badge } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Moment, type TenantList } from '../tenant-lists/index.ts'
import { DeviceHistory } from './device-history.tsx'
import { countDevices, DEVICE_SHOWS, type DeviceShow, deviceById, type SeenDevice } from './devices.sql.ts'
import { type DeviceWords, deviceWords } from './devices.words.ts'
import { findDevices, type ListedDevice } from './find-devices.sql.ts'
import { readingOf, wasReadFurther } from './reading.sql.ts'

/** The devices of a tenant as last observed, and the snapshot that reads them anew. */
export const DEVICES: TenantList<DeviceShow, DeviceWords, ListedDevice, SeenDevice> = {
  tab: 'compliance',
  operation: 'compliance.snapshot',
  view: 'tenant.compliance.view',
  path: 'compliance/devices',
  plural: 'devices',
  shows: DEVICE_SHOWS,
  hidesEmpty: true,
  words: deviceWords,
  below: ({ user_name }) => user_name,
  columns: [
    { label: ({ columns }) => columns.state, cell: ({ state }, { states }) => states[state] },
    { label: ({ columns }) => columns.system, cell: systemOf },
    { label: ({ columns }) => columns.contact, cell: contactOf },
  ],
  facts: (device, words, reader) => [
    { label: words.columns.state, value: words.states[device.state] },
    ...(device.grace_until
      ? [{ label: words.columns.grace, value: reader.say.time(device.grace_until.toISOString()) }]
      : []),
    { label: words.columns.user, value: device.user_name ? legible(device.user_name) : words.noUser },
    { label: words.columns.system, value: systemOf(device, words) },
    {
      label: words.columns.contact,
      value: contactOf(device, words, reader),
      detail: words.lastContact,
    },
  ],
  moreFacts: ({ managed_by, serial_number }, words) => [
    ...(managed_by ? [{ label: words.columns.managedBy, value: legible(managed_by) }] : []),
    ...(serial_number
      ? [{ label: words.columns.serial, value: <span class="mono">{legible(serial_number)}</span> }]
      : []),
  ],
  goneHow: () => null,
  parts: ({ changes }, words, reader) => <DeviceHistory {...{ changes, words, reader }} />,
  json: (device) => ({
    state: device.state,
    user: device.user_name,
    serialNumber: device.serial_number,
    operatingSystem: device.operating_system,
    osVersion: device.os_version,
    lastContactAt: device.last_contact_at,
    isSilent: device.is_silent,
    graceUntil: device.grace_until,
    managedBy: device.managed_by,
    ...('changes' in device && {
      changes: device.changes.map(({ at, before, runId, state }) => ({
        at,
        from: before,
        to: state,
        ...(runId !== null && { runId }),
      })),
    }),
  }),
  find: findDevices,
  count: countDevices,
  one: deviceById,
  reading: readingOf,
  remark: async (db, tenantId, { isReading, reader }) =>
    !isReading && (await wasReadFurther(db, tenantId)) ? deviceWords(reader.language).unfinished : null,
}

function systemOf({ operating_system, os_version }: ListedDevice | SeenDevice, words: DeviceWords): string {
  return operating_system ? legible([operating_system, os_version].filter(Boolean).join(' ')) : words.noSystem
}

function contactOf(
  { is_silent, last_contact_at }: ListedDevice | SeenDevice,
  words: DeviceWords,
  reader: Reader,
) {
  return (
    <>
      {last_contact_at ? <Moment at={last_contact_at} reader={reader} /> : words.neverReached}
      {is_silent && (
        <>
          {' '}
          <Badge tone="act" mark="check_first">
            {words.silent}
          </Badge>
        </>
      )}
    </>
  )
}
