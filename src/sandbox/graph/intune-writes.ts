import type { LiveDirectory } from '../directory.ts'
import { strikes } from '../faults.ts'
import { createPolicy, deletePolicy, editPolicy, replacePart } from '../intune/change-intune.ts'
import { knows, noteWrite, propertiesOf } from '../intune/intune.ts'
import type { Attempt, Kind, Objection, Properties, Writes } from '../intune/kind.ts'
import type { Listed } from '../intune/listed.ts'
import { find } from '../intune/objects.ts'
import { shownWhole } from '../intune/truth.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import { assignDeeds } from './assign.ts'
import type { Deed } from './collection.ts'
import { notFound, refusal } from './errors.ts'
import { contextOf } from './reads.ts'

/** Creating, changing, deleting and assigning objects of a kind; each is written down with its answer. */
export function writeDeeds(kind: Kind): Deed[] {
  const { writes } = kind
  if (!writes) return []
  const { needs } = writes
  const deeds: Deed[] = [
    {
      method: 'POST',
      at: 'list',
      needs,
      answer: (request, directory) => create(request, directory, kind, writes),
    },
    ...(['PATCH', 'PUT'] as const)
      .filter((method) => writes.updates[method] !== undefined)
      .map(
        (method): Deed => ({
          method,
          at: 'object',
          needs,
          answer: (request, directory, { id }) => update(request, directory, { kind, writes, id }),
        }),
      ),
    {
      method: 'DELETE',
      at: 'object',
      needs,
      answer: (request, directory, { id }) => remove(request, directory, kind, id),
    },
    ...actionDeeds(kind, writes),
    ...assignDeeds(kind, writes),
  ]
  return deeds.map((deed) => ({ ...deed, answer: noted(deed.answer) }))
}

function noted(answer: Deed['answer']): Deed['answer'] {
  return (request, directory, place) => {
    const answered = answer(request, directory, place)
    const { body, method, now, path } = request
    noteWrite(directory.intune, { at: now.toISOString(), method, path, body, status: answered.status })
    return answered
  }
}

function create(request: GraphRequest, directory: LiveDirectory, kind: Kind, writes: Writes): GraphAnswer {
  const body = propertiesOf(request.body)
  if (!body) return unreadable(request, kind)
  const objection = objectionOf(writes, attemptOf(request, directory, body, null))
  if (objection) return refuse(request, kind, objection)
  const { parts, set } = sorted(kind, body)
  const made = createPolicy(directory, kind.name, set, parts)
  if (strikes(directory.faults, 'createThen504'))
    return refusal(request, 504, kind.dialect, 'UnknownError', 'The request timed out.')
  return {
    status: writes.created,
    body: { '@odata.context': contextOf(request, `${kind.path}/$entity`), ...made },
  }
}

function update(
  request: GraphRequest,
  directory: LiveDirectory,
  { id, kind, writes }: { id: string; kind: Kind; writes: Writes },
): GraphAnswer {
  const objects = directory.intune.objects[kind.name]
  const found = find(objects, id)
  if (!found) return notFound(request, kind.dialect, id)
  const body = propertiesOf(request.body)
  if (!body) return unreadable(request, kind)
  const objection = objectionOf(writes, attemptOf(request, directory, body, found.properties))
  if (objection) return refuse(request, kind, objection)
  const { parts, set } = sorted(kind, body)
  const whole = request.method === 'PUT' ? { ...kind.defaults, ...set } : set
  editPolicy(directory, kind.name, id, whole, parts)
  const now = find(objects, id)
  const status = writes.updates[request.method as 'PATCH' | 'PUT'] ?? 204
  return { status, body: status === 200 && now ? shownWhole(kind, now) : null }
}

function remove(request: GraphRequest, directory: LiveDirectory, kind: Kind, id: string): GraphAnswer {
  if (kind.writes?.isFixed?.(id))
    return refuse(request, kind, { code: 'BadRequest', message: 'A built-in object cannot be deleted.' })
  return deletePolicy(directory, kind.name, id)
    ? { status: 204, body: null }
    : notFound(request, kind.dialect, id)
}

const actionDeeds = (kind: Kind, { actions = {}, needs }: Writes): Deed[] =>
  Object.entries(actions).map(([name, read]) => ({
    method: 'POST',
    at: new RegExp(`^${name}$`),
    needs,
    answer: (request, directory, { id }) => {
      const change = read(propertiesOf(request.body) ?? {})
      if (!('items' in change)) return refuse(request, kind, change)
      return replacePart(directory, kind.name, id, change.part, change.items)
        ? { status: 200, body: { '@odata.context': contextOf(request, kind.path), value: change.items } }
        : notFound(request, kind.dialect, id)
    },
  }))

const attemptOf = (
  { method }: GraphRequest,
  directory: LiveDirectory,
  body: Properties,
  before: Properties | null,
): Attempt => ({
  deed: before ? 'update' : 'create',
  method,
  body,
  before,
  knows: (kind, id) => knows(directory, kind, id),
})

function objectionOf({ checks }: Writes, attempt: Attempt): Objection | null {
  for (const check of checks) {
    const objection = check(attempt)
    if (objection) return objection
  }
  return null
}

/** What the server sets itself, whatever is sent. */
const READ_ONLY = [
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'modifiedDateTime',
  'version',
  'isAssigned',
  'settingCount',
  'creationSource',
  'supportsScopeTags',
  'isBuiltIn',
]

/** A body without what only the server sets, and its parts for themselves; assignments have an address of their own. */
function sorted(kind: Kind, body: Properties): { set: Properties; parts: Record<string, Listed> } {
  const set: Record<string, unknown> = {}
  const parts: Record<string, Listed> = {}
  for (const [name, value] of Object.entries(body)) {
    const part = kind.parts?.[name]
    const isSaid = name.includes('@odata.') && name !== '@odata.type'
    if (READ_ONLY.includes(name) || isSaid || name === 'assignments') continue
    if (part) parts[name] = part.keep?.(value) ?? (Array.isArray(value) ? value : [])
    else set[name] = value
  }
  return { set, parts }
}

const unreadable = (request: GraphRequest, kind: Kind): GraphAnswer =>
  refuse(request, kind, { code: 'BadRequest', message: 'Unable to read JSON request payload.' })

const refuse = (request: GraphRequest, { dialect }: Kind, { code, message }: Objection): GraphAnswer =>
  refusal(request, 400, dialect, code, message)
