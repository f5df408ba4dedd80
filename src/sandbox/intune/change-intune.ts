import { assignmentOf, type Target } from './assignments.ts'
import type { WithIntune } from './intune.ts'
import type { Kind, KindName, Properties, Shown } from './kind.ts'
import { type Listed, sliceOf } from './listed.ts'
import type { COMPLIANCE_STATES } from './managed-devices.ts'
import { type Found, find, note, objectAt } from './objects.ts'
import { stampOf } from './stamps.ts'
import { shownWhole } from './truth.ts'

/** Adds an object with these properties; everything else is as Intune has it unless told otherwise. */
export function createPolicy(
  directory: WithIntune,
  kind: KindName,
  set: Properties,
  parts: Readonly<Record<string, Listed>> = {},
): Shown {
  const { clock, objects } = directory.intune
  const own = objects[kind]
  const index = own.count
  own.count += 1
  const now = clock.now()
  const stamp = stampOf(now.getTime(), index)
  const created = UNDATED.includes(kind) ? {} : { createdDateTime: stamp }
  const empty = Object.fromEntries(Object.keys(own.kind.parts ?? {}).map((name) => [name, []]))
  note(own, index, now, {
    set: { ...own.kind.defaults, ...kept(own.kind, set), ...own.kind.fresh, ...created },
    parts: { ...empty, ...parts },
  })
  return shownWhole(own.kind, present(objectAt(own, index)))
}

/** Kinds whose objects do not say when they were made. */
const UNDATED: readonly KindName[] = ['roleScopeTags', 'managedDevices']

/** Adds an object like number `like` of those that are made up, under another name and with other properties. */
export function createLike(
  directory: WithIntune,
  kind: KindName,
  name: string,
  set: Properties = {},
  like = 0,
): Shown {
  const { kind: own, place } = directory.intune.objects[kind]
  const parts = Object.entries(own.parts ?? {})
    .filter(([part]) => part !== 'assignments')
    .map(([part, { make }]) => [part, make(place, like, `like ${like}`)] as const)
  const made = { ...own.make(place, like), ...set, [own.named]: name }
  return createPolicy(directory, kind, made, Object.fromEntries(parts))
}

/** Changes properties and whole parts of an object; false when it is not there. */
export const editPolicy = (
  directory: WithIntune,
  kind: KindName,
  id: string,
  set: Properties,
  parts: Readonly<Record<string, Listed>> = {},
): boolean =>
  change(directory, kind, id, () => ({
    set: kept(directory.intune.objects[kind].kind, set),
    parts,
  }))

/** Gives an object another name, in the property its kind has for it. */
export const renamePolicy = (directory: WithIntune, kind: KindName, id: string, name: string): boolean =>
  editPolicy(directory, kind, id, { [directory.intune.objects[kind].kind.named]: name })

/** Takes an object away; Intune keeps nothing of it. False when it is not there. */
export const deletePolicy = (directory: WithIntune, kind: KindName, id: string): boolean =>
  !directory.intune.objects[kind].kind.writes?.isFixed?.(id) &&
  change(directory, kind, id, () => ({ isPresent: false }))

/** Replaces all assignments of an object, as `/assign` does; false when it is not there, or of a kind without any. */
export function reassignPolicy(
  directory: WithIntune,
  kind: KindName,
  id: string,
  targets: readonly (Target | Properties)[],
): boolean {
  const how = directory.intune.objects[kind].kind.writes?.assign?.how
  if (!how) return false
  return change(directory, kind, id, ({ id: own }) => ({
    parts: { assignments: targets.map((target) => assignmentOf(own, target, how)) },
  }))
}

/** Replaces a whole part of an object, such as all its settings. */
export const replacePart = (
  directory: WithIntune,
  kind: KindName,
  id: string,
  part: string,
  items: Listed,
): boolean => change(directory, kind, id, () => ({ parts: { [part]: items } }))

/** Gives one setting of a settings catalog policy another value; false when there is none at that place. */
export function changeSetting(directory: WithIntune, id: string, number: number, value: number): boolean {
  const policy = find(directory.intune.objects.configurationPolicies, id)
  const settings = policy ? sliceOf(policy.part('settings')) : []
  if (!settings[number]) return false
  settings[number] = {
    id: String(number),
    settingInstance: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
      settingDefinitionId: `device_vendor_msft_policy_config_changed_setting${number}`,
      settingInstanceTemplateReference: null,
      simpleSettingValue: {
        '@odata.type': '#microsoft.graph.deviceManagementConfigurationIntegerSettingValue',
        settingValueTemplateReference: null,
        value,
      },
    },
  }
  return replacePart(directory, 'configurationPolicies', id, 'settings', settings)
}

/** Puts a device into another compliance state; it was just seen. */
export const changeCompliance = (
  directory: WithIntune,
  id: string,
  complianceState: (typeof COMPLIANCE_STATES)[number],
): boolean =>
  change(directory, 'managedDevices', id, (_, now) => ({
    set: { complianceState, lastSyncDateTime: stampOf(now.getTime()) },
  }))

/** Enrols a device like number `like` of those that are made up; it has reached Intune just now. */
export const enrolDevice = (
  directory: WithIntune,
  deviceName: string,
  complianceState: (typeof COMPLIANCE_STATES)[number],
  like = 0,
): Shown => {
  const stamp = stampOf(directory.intune.clock.now().getTime())
  const set = { complianceState, enrolledDateTime: stamp, lastSyncDateTime: stamp }
  return createLike(directory, 'managedDevices', deviceName, set, like)
}

/** Properties as their service keeps them. */
const kept = ({ writes }: Kind, set: Properties): Properties => writes?.keep?.(set) ?? set

function change(
  directory: WithIntune,
  kind: KindName,
  id: string,
  what: (found: Found, now: Date) => Parameters<typeof note>[3],
): boolean {
  const own = directory.intune.objects[kind]
  const found = find(own, id)
  if (!found) return false
  const now = directory.intune.clock.now()
  note(own, found.index, now, what(found, now))
  return true
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('The sandbox lost what it was just given.')
  return value
}
