import type { LiveDirectory } from '../directory.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import type { Collection } from './collection.ts'
import { badRequest, refusal } from './errors.ts'
import { namesIn } from './expand.ts'

/** What a collection objects to in the options of a read; null where there is nothing. */
export function objectionTo(
  request: GraphRequest,
  directory: LiveDirectory,
  collection: Collection,
  where: 'list' | 'object',
): GraphAnswer | null {
  const { shape } = collection
  if (!shape) return null
  const query = request.url.searchParams
  const option = UNSUPPORTED.find((name) => query.has(name))
  const say = (message: string) => refusal(request, 400, collection.dialect, 'BadRequest', message)
  if (option) return say(`The query parameter '${option}' is not supported.`)
  const expandable = (collection.expands ?? [])
    .filter((one) => one.in.includes(where))
    .map(({ name }) => name)
  const known = shape.properties(directory, request)
  const selected = query.get('$select')?.split(',') ?? []
  const unknown =
    namesIn(query).find((name) => !expandable.includes(name)) ?? selected.find((name) => !known.has(name))
  return unknown === undefined ? null : badRequest(request, unknownName(unknown, shape.entity), 'BadRequest')
}

/** What Microsoft understands here and there, and this sandbox nowhere; nobody shall rely on it. */
const UNSUPPORTED = ['$filter', '$search', '$orderby']

/** What Graph says about a name in `$select` or `$expand` that an item has nothing for. */
export const unknownName = (name: string, entity: string): string =>
  `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${entity}'.`

/** A page size that the service does not give. */
export function invalidSize(
  request: GraphRequest,
  { dialect }: Collection,
  asked: string,
  largest: number,
): GraphAnswer {
  if (dialect === 'directory')
    return badRequest(
      request,
      `Invalid page size specified: '${asked}'. Must be between 1 and 999 inclusive.`,
    )
  const message = /^\d+$/.test(asked)
    ? `The query specified in the URI is not valid. The limit of '${largest}' for Top query has been exceeded. The value from the incoming request is '${asked}'.`
    : `The query specified in the URI is not valid. Invalid value '${asked}' for $top query option found.`
  return refusal(request, 400, dialect, 'BadRequest', message)
}
