import type { LiveDirectory } from '../directory.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import type { Collection } from './collection.ts'
import { badRequest, expiredPage, notFound, refusal } from './errors.ts'
import { namesIn } from './expand.ts'
import { readDelta } from './groups-delta.ts'
import { invalidSize, objectionTo, unknownName } from './objections.ts'
import { cutPage, LARGEST_PAGE, linkWith, nextLink, readPageQuery } from './paging.ts'
import { selecting, unknownProperty } from './select.ts'

/** One page of a collection. */
export function listOf(request: GraphRequest, directory: LiveDirectory, collection: Collection): GraphAnswer {
  const { now, url } = request
  const { emptyPages = false, intunePageSize, nextLinkOrigin, pageLinkSeconds } = directory.faults
  const objection = objectionTo(request, directory, collection, 'list')
  if (objection) return objection
  const largest = collection.largestPage ?? LARGEST_PAGE
  const isIntune = collection.dialect === 'intune' || collection.dialect === 'device'
  const rules = {
    size: collection.pageSize(directory),
    largest,
    atMost: isIntune ? intunePageSize : undefined,
    linkSeconds: pageLinkSeconds,
  }
  const reading = readPageQuery(url.searchParams, rules, now)
  if (reading.kind === 'expired') return expiredPage(request)
  if (reading.kind === 'invalid_size') return invalidSize(request, collection, reading.asked, largest)
  const page = cutPage(collection.items(directory, request), reading.query, emptyPages, now)
  const next = page.nextToken && nextLink(url, page.nextToken, nextLinkOrigin)
  const select = url.searchParams.get('$select')
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(request, collection.path, select),
      ...(next ? { '@odata.nextLink': next } : {}),
      value: page.items.map(selecting(select, namesIn(url.searchParams))),
    },
  }
}

/** A page of changes, or why there is none. */
export function changesOf(
  request: GraphRequest,
  directory: LiveDirectory,
  collection: Collection,
): GraphAnswer {
  const { now, url } = request
  const reading = readDelta(directory, url.searchParams, now)
  if (reading.kind === 'expired') return expiredPage(request)
  if (reading.kind === 'unsupported') {
    const message = `The query parameter '${reading.option}' is not supported.`
    return badRequest(request, message, 'Request_UnsupportedQuery')
  }
  const { nextLinkOrigin } = directory.faults
  if (reading.kind === 'lost') return lost(request, reading.how, nextLinkOrigin)
  const { items, link, select } = reading
  const unknown = unknownProperty(items[0], select)
  if (unknown) return unknownSelect(request, unknown)
  const address = linkWith(url, [[link.name, link.token]], nextLinkOrigin)
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(request, collection.path.replace('/delta', ''), select),
      [link.name === '$skiptoken' ? '@odata.nextLink' : '@odata.deltaLink']: address,
      value: items.map(selecting(select)),
    },
  }
}

/** The service no longer knows from where changes are to be told. */
function lost(request: GraphRequest, how: 'gone' | 'not_found', origin: string | undefined): GraphAnswer {
  const message =
    'The sync state generation is not found; The sync state is no longer usable. Please start over with a full sync.'
  if (how === 'not_found') return badRequest(request, message, 'SyncStateNotFound')
  const headers = { Location: linkWith(request.url, [['$deltatoken', '']], origin) }
  return { ...refusal(request, 410, 'directory', 'resyncRequired', message), headers }
}

const unknownSelect = (request: GraphRequest, name: string): GraphAnswer =>
  badRequest(request, unknownName(name, 'microsoft.graph.group'), 'BadRequest')

/** One object by its id. */
export function itemOf(
  request: GraphRequest,
  directory: LiveDirectory,
  collection: Collection,
  id: string,
): GraphAnswer {
  const objection = objectionTo(request, directory, collection, 'object')
  if (objection) return objection
  const item = collection.item
    ? collection.item(directory, id, request)
    : collection
        .items(directory, request)
        .read(0, Number.POSITIVE_INFINITY)
        .items.find((one) => one.id === id)
  if (!item) return notFound(request, collection.dialect, id)
  const query = request.url.searchParams
  const select = query.get('$select')
  const context = `${contextOf(request, collection.path, select)}/$entity`
  return { status: 200, body: { '@odata.context': context, ...selecting(select, namesIn(query))(item) } }
}

/** Where the shape of an answer is described. */
export const contextOf = ({ version }: GraphRequest, path: string, select: string | null = null): string =>
  `https://graph.microsoft.com/${version}/$metadata#${path}${select ? `(${select})` : ''}`
