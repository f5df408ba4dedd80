import type { LiveDirectory } from '../directory.ts'
import { aimOf } from '../intune/assignments.ts'
import { reassignPolicy } from '../intune/change-intune.ts'
import { knows, propertiesOf } from '../intune/intune.ts'
import type { Assigning, Kind, Objection, Properties, Writes } from '../intune/kind.ts'
import { find } from '../intune/objects.ts'
import { partOf } from '../intune/truth.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import type { Deed } from './collection.ts'
import { notFound, refusal } from './errors.ts'
import { contextOf } from './reads.ts'

/** Assigning an object: what is sent takes the place of every assignment there was. */
export function assignDeeds(kind: Kind, { assign, needs }: Writes): Deed[] {
  if (!assign) return []
  const at = new RegExp(`^${assign.path.replaceAll('.', '\\.')}$`)
  return [
    {
      method: 'POST',
      at,
      needs,
      answer: (request, directory, { id }) => assignAll(request, directory, kind, assign, id),
    },
  ]
}

function assignAll(
  request: GraphRequest,
  directory: LiveDirectory,
  kind: Kind,
  assign: Assigning,
  id: string,
): GraphAnswer {
  const found = find(directory.intune.objects[kind.name], id)
  if (!found) return notFound(request, kind.dialect, id)
  const sent = propertiesOf(request.body)?.[assign.key]
  const targets = Array.isArray(sent) ? sent.map((one) => propertiesOf(propertiesOf(one)?.target)) : [null]
  const whole = targets.filter((target) => target !== null)
  const objection =
    whole.length < targets.length
      ? {
          code: 'ModelValidationFailure',
          message: `The field ${assign.key} is a collection of assignments with targets.`,
        }
      : objectionTo(directory, whole, assign)
  if (objection) return refusal(request, 400, kind.dialect, objection.code, objection.message)
  reassignPolicy(directory, kind.name, id, whole)
  const value = partOf(directory, kind.name, id, 'assignments')
  const path = `${kind.path}('${found.id}')/assignments`
  return { status: 200, body: { '@odata.context': contextOf(request, path), value } }
}

function objectionTo(
  directory: LiveDirectory,
  targets: readonly Properties[],
  { refusesUnknownGroups }: Assigning,
): Objection | null {
  const bad = (message: string): Objection => ({ code: 'BadRequest', message })
  const untyped = targets.find((target) => typeof target['@odata.type'] !== 'string')
  if (untyped) return { code: 'ModelValidationFailure', message: 'Cannot create an abstract class.' }
  const aims = targets.map(aimOf)
  const twice = aims.find((aim, index) => aims.indexOf(aim) !== index)
  if (twice !== undefined) return bad(`The target ${twice} is named more than once.`)
  const stranger = targets.find(
    ({ groupId }) => typeof groupId === 'string' && !knows(directory, 'groups', groupId),
  )
  if (stranger && refusesUnknownGroups)
    return bad(`Invalid GroupId : ${String(stranger.groupId)} provided, a valid AADGroupId is expected.`)
  const filter = targets
    .map((target) => target.deviceAndAppManagementAssignmentFilterId)
    .find((id) => typeof id === 'string' && !knows(directory, 'assignmentFilters', id))
  return filter === undefined ? null : bad(`Assignment filter ${String(filter)} does not exist.`)
}
