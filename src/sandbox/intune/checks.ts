import type { Check, Objection, Properties } from './kind.ts'

const invalid = (message: string): Objection => ({ code: 'ModelValidationFailure', message })
const bad = (message: string): Objection => ({ code: 'BadRequest', message })

/** A base type cannot be created: a new object says of which type it is. */
export const needsConcreteType =
  (types: readonly string[]): Check =>
  ({ deed, body }) => {
    if (deed !== 'create') return null
    const type = body['@odata.type']
    if (type === undefined) return invalid('Cannot create an abstract class.')
    if (types.some((name) => type === `#microsoft.graph.${name}`)) return null
    return invalid(`A type named '${String(type).replace('#', '')}' could not be resolved by the model.`)
  }

/** An object stays of the type it was created as. */
export const sameType: Check = ({ before, body }) => {
  const [was, type] = [before?.['@odata.type'], body['@odata.type']]
  if (was === undefined || type === undefined || type === was) return null
  return bad(`The type of the object cannot be changed from '${was}' to '${type}'.`)
}

/** Objects have a name of at most so many characters. */
export const needsName =
  (property: string, most = 256): Check =>
  ({ deed, body }) => {
    const name = body[property]
    if (name === undefined && deed === 'update') return null
    if (typeof name === 'string' && name.trim() !== '' && name.length <= most) return null
    return invalid(`The field ${property} is required and has at most ${most} characters.`)
  }

/** Every scope tag exists. */
export const knownTags =
  (property: string): Check =>
  ({ body, knows }) => {
    const tags = body[property]
    if (tags === undefined) return null
    if (!Array.isArray(tags)) return invalid(`The field ${property} is a collection.`)
    const unknown = tags.find((tag) => !knows('roleScopeTags', String(tag)))
    return unknown === undefined ? null : bad(`Scope tag with id ${unknown} does not exist.`)
  }

/** A reference to an encrypted value belongs to the profile it was read from. */
export const noSecretReferences: Check = ({ deed, body }) => {
  const settings: readonly Properties[] = Array.isArray(body.omaSettings) ? body.omaSettings : []
  const hasReference = settings.some(({ secretReferenceValueId }) => Boolean(secretReferenceValueId))
  if (deed === 'create' && hasReference)
    return { code: 'NotSupported', message: 'SecretReferenceValueId invalid for create.' }
  return null
}

/** A property that an update may not name; `message` is what the service says then. */
export const notInUpdate =
  (property: string, message: string): Check =>
  ({ deed, body }) =>
    deed === 'update' && property in body ? bad(message) : null

/** A property that a new object cannot do without, or only of another kind. */
export const needsArray =
  (property: string): Check =>
  ({ deed, body }) =>
    Array.isArray(body[property]) || (deed === 'update' && body[property] === undefined)
      ? null
      : invalid(`The field ${property} is required and is a collection.`)

/** A property that is one of these words where it is named, and named where the object is new. */
export const needsWord =
  (property: string, words: readonly string[]): Check =>
  ({ deed, body }) => {
    const word = body[property]
    if (word === undefined && deed === 'update') return null
    if (words.includes(String(word))) return null
    return invalid(`Cannot convert a value to target type of ${property}: '${String(word)}'.`)
  }
