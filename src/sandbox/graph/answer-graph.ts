import { revokePermission } from '../change-world.ts'
import { strikes } from '../faults.ts'
import { noteRequest } from '../traffic.ts'
import type { Dialect, GraphAnswer, GraphRequest } from './answers.ts'
import { type Bearer, type KnownBearer, rolesNow } from './bearer.ts'
import { busyAnswer, meter } from './busy.ts'
import type { Collection } from './collection.ts'
import { deedOf, type Found, findCollection, unknownSegment } from './collections.ts'
import { EXPIRED, forbidden, noRoute, refusal, unauthorized, unknownPath } from './errors.ts'
import { changesOf, itemOf, listOf } from './reads.ts'

/** Answers a request, and remembers it. */
export function answerNoted(request: GraphRequest, bearer: Bearer): GraphAnswer {
  if (bearer.kind === 'refused') return unauthorized(request, bearer.code, bearer.message)
  const answer = answerGraph(request, bearer)
  const { status, waitUntil = null } = answer
  noteRequest(bearer.directory.traffic, { ...request, clientId: bearer.app.clientId, status, waitUntil })
  return answer
}

/** What Graph answers to a request of this bearer. The order of the lines is the order of its checks. */
function answerGraph(request: GraphRequest, bearer: KnownBearer): GraphAnswer {
  const { app, directory } = bearer
  directory.graphRequests += 1
  const found = findCollection(request.version, request.path)
  const dialect = found?.collection.dialect ?? 'directory'
  const load = { directory, clientId: app.clientId, dialect }
  const metered = meter(request, load)
  const answer =
    mishapOf(request, bearer) ??
    busyAnswer(request, load) ??
    metered.refused ??
    failureOf(request, bearer, dialect) ??
    (found ? answerOf(request, bearer, found) : unknownPath(request, unknownSegment(request)))
  return { ...answer, headers: { ...metered.headers, ...answer.headers } }
}

/** What happens to tokens and permissions in the middle of the work. */
function mishapOf(request: GraphRequest, { directory }: KnownBearer): GraphAnswer | null {
  const { faults } = directory
  if (faults.revokePermission && !strikes(faults, 'revokeAfter')) {
    revokePermission(directory, faults.revokePermission)
    delete faults.revokePermission
  }
  if (!strikes(faults, 'rejectTokens')) return null
  return unauthorized(request, 'InvalidAuthenticationToken', EXPIRED)
}

function failureOf(request: GraphRequest, { directory }: KnownBearer, dialect: Dialect): GraphAnswer | null {
  const { serverError } = directory.faults
  if (!serverError) return null
  const code = serverError === 503 ? 'serviceNotAvailable' : 'UnknownError'
  return refusal(request, serverError, dialect, code, 'An internal server error has occurred')
}

function answerOf(request: GraphRequest, bearer: KnownBearer, found: Found): GraphAnswer {
  const { directory } = bearer
  const { collection, place } = found
  const { dialect } = collection
  const deed = deedOf(request, found)
  const isRead = request.method === 'GET' && (place === null || place.below === '')
  if (!deed && !isRead) return notAllowed(request, collection)
  const missing = (deed?.needs ?? [collection.acceptable]).find(
    (acceptable) => !acceptable.some((name) => rolesNow(bearer).includes(name)),
  )
  if (missing) return forbidden(request, { dialect, acceptable: missing })
  if (directory.faults.notLicensed && (dialect === 'intune' || dialect === 'device'))
    return refusal(request, 400, dialect, 'BadRequest', 'Request not applicable to target tenant.')
  if (deed) return deed.answer(request, directory, place ?? { id: '', below: '' })
  if (collection.isDelta) return changesOf(request, directory, collection)
  if (collection.isSingle) return itemOf(request, directory, collection, '')
  return place ? itemOf(request, directory, collection, place.id) : listOf(request, directory, collection)
}

function notAllowed(request: GraphRequest, { dialect }: Collection): GraphAnswer {
  if (dialect === 'intune' || dialect === 'device') return noRoute(request, dialect)
  const message = 'Specified HTTP method is not allowed for the request target.'
  return refusal(request, 405, 'directory', 'Request_BadRequest', message)
}
