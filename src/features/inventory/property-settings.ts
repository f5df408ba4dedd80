import { Buffer } from 'node:buffer'
import type { Json } from '../../kernel/index.ts'
import type { FlatSetting } from './flat-setting.ts'

/** What a policy is, and not what it sets; its assignments and scope tags are shown apart. */
const NO_SETTINGS = new Set([
  'id',
  'displayName',
  'name',
  'description',
  'createdDateTime',
  'lastModifiedDateTime',
  'modifiedDateTime',
  'version',
  'assignments',
  'isAssigned',
  'roleScopeTagIds',
  'roleScopeTags',
  'supportsScopeTags',
])

/** Whom conditional access concerns is told by its assignments. */
const ASSIGNED = 'conditions.users'

/** What a policy sets that keeps its settings as properties of its own, by name; what is not set is left out. */
export const propertySettings = (policy: Properties): FlatSetting[] =>
  linesOf(
    Object.entries(policy).filter(([name]) => !NO_SETTINGS.has(name)),
    0,
  )

type Properties = { readonly [property: string]: Json | undefined }

const linesOf = (properties: readonly [string, Json | undefined][], depth: number): FlatSetting[] =>
  properties
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => (name.includes('@odata.') ? [] : lineOf(name, value, depth)))

function lineOf(name: string, value: Json | undefined, depth: number): FlatSetting[] {
  if (isUnset(value)) return []
  if (!Array.isArray(value)) {
    if (!isObject(value)) return [{ name, value: textOf(name, value), depth }]
    const held = Object.entries(value).filter(([below]) => `${name}.${below}` !== ASSIGNED)
    return holding(name, linesOf(held, depth + 1), depth)
  }
  const objects = value.filter(isObject)
  if (objects.length < value.length)
    return [{ name, value: value.map((one) => textOf(name, one)).join(', '), depth }]
  return objects.flatMap((one) => holding(name, linesOf(Object.entries(one), depth + 1), depth))
}

/** A line for what holds others; none where it holds nothing that is set. */
const holding = (name: string, lines: FlatSetting[], depth: number): FlatSetting[] =>
  lines.length > 0 ? [{ name, value: null, depth }, ...lines] : []

const isUnset = (value: Json | undefined): value is null | undefined =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 'notConfigured' ||
  (Array.isArray(value) && value.length === 0)

const isObject = (value: Json | undefined): value is { [property: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A script comes in base64. */
function textOf(name: string, value: Json | undefined): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return name === 'scriptContent' ? Buffer.from(value, 'base64').toString('utf8') : value
}
