import { groupIdOf } from '../made-up-groups.ts'
import {
  changeCompliance,
  changeSetting,
  createLike,
  deletePolicy,
  editPolicy,
  enrolDevice,
  reassignPolicy,
  renamePolicy,
} from './change-intune.ts'
import type { WithIntune } from './intune.ts'
import { KIND_NAMES, type KindName } from './kind.ts'
import { COMPLIANCE_STATES } from './managed-devices.ts'
import { mix, pick } from './mix.ts'
import { idOf, isThere } from './objects.ts'

/** One thing that a round did. */
export interface RandomChange {
  readonly kind: KindName
  readonly deed:
    | 'create'
    | 'edit'
    | 'rename'
    | 'delete'
    | 'reassign'
    | 'change_setting'
    | 'change_compliance'
    | 'enrol'
    | 'retire'
  readonly id: string
}

/** A round of changes drawn from a seed, as many as wanted, in these kinds; tells what was changed. */
export function changeAtRandom(
  directory: WithIntune,
  seed: number,
  times: number,
  kinds: readonly KindName[] = KIND_NAMES,
): RandomChange[] {
  const draw = (step: number, what: number) => mix(seed, step, what)
  const steps = Array.from({ length: times }, (_, step) => {
    const kind = kinds[draw(step, 1) % kinds.length] ?? 'deviceConfigurations'
    return oneChange(directory, kind, (what) => draw(step, what))
  })
  return steps.filter((change) => change !== null)
}

type Draw = (what: number) => number

function oneChange(directory: WithIntune, kind: KindName, draw: Draw): RandomChange | null {
  const id = somebody(directory, kind, draw)
  if (kind === 'managedDevices') return changeOfDevice(directory, id, draw)
  const deed = pick(DEEDS, draw(2))
  if (deed === 'create' || id === null)
    return {
      kind,
      deed: 'create',
      id: createLike(directory, kind, `Created ${draw(10) % 1_000}`, {}, draw(11) % 50).id,
    }
  return applies(directory, kind, id, deed, draw) ? { kind, deed, id } : null
}

/** Mostly devices change their state; now and then one comes, goes or is called otherwise. */
function changeOfDevice(directory: WithIntune, id: string | null, draw: Draw): RandomChange | null {
  const kind = 'managedDevices'
  const state = pick(COMPLIANCE_STATES, draw(3))
  const share = draw(2) % 10
  if (id === null || share === 0) {
    const device = enrolDevice(directory, `Enrolled ${draw(10) % 1_000}`, state, draw(11) % 50)
    return { kind, deed: 'enrol', id: device.id }
  }
  if (share === 1) return deletePolicy(directory, kind, id) ? { kind, deed: 'retire', id } : null
  if (share === 2)
    return renamePolicy(directory, kind, id, `Renamed ${draw(4) % 1_000}`)
      ? { kind, deed: 'rename', id }
      : null
  return changeCompliance(directory, id, state) ? { kind, deed: 'change_compliance', id } : null
}

const DEEDS = ['edit', 'rename', 'reassign', 'change_setting', 'delete', 'create'] as const

function applies(
  directory: WithIntune,
  kind: KindName,
  id: string,
  deed: Exclude<(typeof DEEDS)[number], 'create'>,
  draw: Draw,
): boolean {
  if (deed === 'edit') return editPolicy(directory, kind, id, { description: `Edited ${draw(4)}` })
  if (deed === 'rename') return renamePolicy(directory, kind, id, `Renamed ${draw(4) % 1_000}`)
  if (deed === 'delete') return deletePolicy(directory, kind, id)
  if (deed === 'change_setting')
    return kind === 'configurationPolicies' && changeSetting(directory, id, draw(4) % 5, draw(5) % 1_000)
  return reassignPolicy(directory, kind, id, targetsOf(directory, draw))
}

/** Nobody, or one or two groups of the directory. */
const targetsOf = ({ groups, id }: WithIntune, draw: Draw) =>
  [
    ...new Set([draw(6), draw(7)].slice(0, draw(8) % 3).map((number) => number % Math.max(1, groups.count))),
  ].map((index) => ({
    '@odata.type': '#microsoft.graph.groupAssignmentTarget',
    groupId: groupIdOf(id, index),
  }))

/** An object that is there, found from a random place on; null when none is. */
function somebody(directory: WithIntune, kind: KindName, draw: Draw): string | null {
  const objects = directory.intune.objects[kind]
  for (let step = 0; step < objects.count; step += 1) {
    const index = ((draw(9) % objects.count) + step) % objects.count
    if (isThere(objects, index)) return idOf(objects, index)
  }
  return null
}
