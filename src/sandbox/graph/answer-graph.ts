import type { LiveDirectory } from '../directory.ts'
import { retryAfterHeader } from '../mishaps.ts'
import { type Dialect, errorBody, type GraphAnswer, type RequestIds } from './answers.ts'
import { type Bearer, EXPIRED } from './bearer.ts'
import { type Collection, findCollection, unknownSegment } from './collections.ts'
import { readDelta } from './groups-delta.ts'
import { cutPage, linkWith, nextLink, readPageQuery } from './paging.ts'
import { selected, unknownProperty } from './select.ts'

export interface GraphRequest {
  readonly method: string
  readonly url: URL
  readonly version: string
  /** What follows the version, without the slash. */
  readonly path: string
  readonly ids: RequestIds
  readonly now: Date
}

/** What Graph answers to a request of this bearer. The order of the lines is the order of its checks. */
export function answerGraph(request: GraphRequest, bearer: Bearer): GraphAnswer {
  if (bearer.kind === 'refused') return unauthorized(request, bearer.code, bearer.message)
  const { directory, roles } = bearer
  const found = findCollection(request.version, request.path)
  const dialect = found?.collection.dialect ?? 'directory'
  const mishap = mishapOf(request, directory, dialect)
  if (mishap) return mishap
  if (!found) {
    const message = `Resource not found for the segment '${unknownSegment(request.version, request.path)}'.`
    return error(request, 400, 'directory', 'BadRequest', message)
  }
  if (request.method !== 'GET') {
    const message = 'Specified HTTP method is not allowed for the request target.'
    return error(request, 405, 'directory', 'Request_BadRequest', message)
  }
  if (!found.collection.acceptable.some((name) => roles.includes(name)))
    return forbidden(request, found.collection)
  if (directory.faults.notLicensed && dialect !== 'directory') {
    return error(request, 400, dialect, 'BadRequest', 'Request not applicable to target tenant.')
  }
  if (found.collection.isDelta) return deltaOf(request, directory, found.collection)
  return found.id === null
    ? listOf(request, directory, found.collection)
    : itemOf(request, directory, found.collection, found.id)
}

/** What a directory's faults make of this request, or null. */
function mishapOf(request: GraphRequest, directory: LiveDirectory, dialect: Dialect): GraphAnswer | null {
  const { faults } = directory
  directory.graphRequests += 1
  if (faults.rejectTokens) {
    faults.rejectTokens -= 1
    return unauthorized(request, 'InvalidAuthenticationToken', EXPIRED)
  }
  if (faults.throttleEvery && directory.graphRequests % faults.throttleEvery === 0) {
    const headers = {
      ...retryAfterHeader(faults, request.now),
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${directory.id}`,
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    }
    return { ...error(request, 429, dialect, 'TooManyRequests', 'Too many requests.'), headers }
  }
  if (!faults.serverError) return null
  const code = faults.serverError === 503 ? 'serviceNotAvailable' : 'UnknownError'
  return error(request, faults.serverError, dialect, code, 'An internal server error has occurred')
}

function listOf(request: GraphRequest, directory: LiveDirectory, collection: Collection): GraphAnswer {
  const { url, now } = request
  const select = url.searchParams.get('$select')
  const reading = readPageQuery(url.searchParams, collection.pageSize(directory), now)
  if (reading.kind === 'expired') return expiredPage(request)
  if (reading.kind === 'invalid_size') {
    const message = `Invalid page size specified: '${reading.asked}'. Must be between 1 and 999 inclusive.`
    return error(request, 400, 'directory', 'Request_BadRequest', message)
  }
  const page = cutPage(collection.items(directory), reading.query, directory.faults.emptyPages ?? false, now)
  const next = page.nextToken && nextLink(url, page.nextToken, directory.faults.nextLinkOrigin)
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(request, collection, select),
      ...(next ? { '@odata.nextLink': next } : {}),
      value: page.items.map((item) => selected(item, select)),
    },
    headers: unitsOf(collection),
  }
}

/** A page of changes, or why there is none. */
function deltaOf(request: GraphRequest, directory: LiveDirectory, collection: Collection): GraphAnswer {
  const { url, now } = request
  const reading = readDelta(directory, url.searchParams, now)
  if (reading.kind === 'expired') return expiredPage(request)
  if (reading.kind === 'unsupported') {
    const message = `The query parameter '${reading.option}' is not supported.`
    return error(request, 400, 'directory', 'Request_UnsupportedQuery', message)
  }
  const { nextLinkOrigin } = directory.faults
  if (reading.kind === 'lost') {
    const message =
      'The sync state generation is not found; The sync state is no longer usable. Please start over with a full sync.'
    if (reading.how === 'not_found') return error(request, 400, 'directory', 'SyncStateNotFound', message)
    const anew = linkWith(url, [['$deltatoken', '']], nextLinkOrigin)
    const headers = { Location: anew }
    return { ...error(request, 410, 'directory', 'resyncRequired', message), headers }
  }
  const { items, link, select } = reading
  const unknown = unknownProperty(items[0], select)
  if (unknown) return unknownSelect(request, unknown)
  const address = linkWith(url, [[link.name, link.token]], nextLinkOrigin)
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(request, { ...collection, path: 'groups' }, select),
      [link.name === '$skiptoken' ? '@odata.nextLink' : '@odata.deltaLink']: address,
      value: items.map((item) => selected(item, select)),
    },
    headers: unitsOf(collection),
  }
}

function expiredPage(request: GraphRequest): GraphAnswer {
  const message = 'The specified page token value has expired and can no longer be included in your request.'
  return error(request, 400, 'directory', 'Directory_ExpiredPageToken', message)
}

const unknownSelect = (request: GraphRequest, name: string): GraphAnswer =>
  error(
    request,
    400,
    'directory',
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.group'.`,
  )

function itemOf(
  request: GraphRequest,
  directory: LiveDirectory,
  collection: Collection,
  id: string,
): GraphAnswer {
  const item = collection.item
    ? collection.item(directory, id)
    : collection
        .items(directory)
        .slice(0)
        .find((one) => one.id === id)
  if (!item) {
    const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`
    return collection.dialect === 'directory'
      ? error(request, 404, 'directory', 'Request_ResourceNotFound', message)
      : error(request, 404, collection.dialect, 'ResourceNotFound', 'An error has occurred')
  }
  const body = { '@odata.context': `${contextOf(request, collection)}/$entity`, ...item }
  return { status: 200, body, headers: unitsOf(collection) }
}

const contextOf = ({ version }: GraphRequest, { path }: Collection, select: string | null = null): string =>
  `https://graph.microsoft.com/${version}/$metadata#${path}${select ? `(${select})` : ''}`

const unitsOf = ({ dialect }: Collection): Record<string, string> =>
  dialect === 'directory' ? { 'x-ms-resource-unit': '1' } : {}

function unauthorized(request: GraphRequest, code: string, message: string): GraphAnswer {
  const challenge =
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'
  return { ...error(request, 401, 'directory', code, message), headers: { 'WWW-Authenticate': challenge } }
}

/** The device service answers 401 to a missing permission; the others 403. Only Intune's services name what is missing. */
function forbidden(request: GraphRequest, { dialect, acceptable }: Collection): GraphAnswer {
  if (dialect === 'directory') {
    const message = 'Insufficient privileges to complete the operation.'
    return error(request, 403, dialect, 'Authorization_RequestDenied', message)
  }
  const message = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${acceptable.join(', ')}`
  return error(request, dialect === 'device' ? 401 : 403, dialect, 'Forbidden', message)
}

function error(
  { ids, now, path }: GraphRequest,
  status: GraphAnswer['status'],
  dialect: Dialect,
  code: string,
  message: string,
): GraphAnswer {
  return { status, body: errorBody({ dialect, code, message, ids, now, path: `/${path}` }) }
}
