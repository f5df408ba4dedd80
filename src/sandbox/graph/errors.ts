import { type Dialect, errorBody, type GraphAnswer, type GraphRequest } from './answers.ts'
import type { Collection } from './collections.ts'

/** What Graph says about a token that is too old, and sometimes about one that is not. */
export const EXPIRED = 'Lifetime validation failed, the token is expired.'

/** A refusal in the words of one of Microsoft's services. */
export const refusal = (
  { ids, now, path }: GraphRequest,
  status: GraphAnswer['status'],
  dialect: Dialect,
  code: string,
  message: string,
): GraphAnswer => ({ status, body: errorBody({ dialect, code, message, ids, now, path: `/${path}` }) })

/** The directory does not like what it was asked. */
export const badRequest = (request: GraphRequest, message: string, code = 'Request_BadRequest') =>
  refusal(request, 400, 'directory', code, message)

/** The token is not taken. */
export function unauthorized(request: GraphRequest, code: string, message: string): GraphAnswer {
  const challenge =
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'
  return { ...refusal(request, 401, 'directory', code, message), headers: { 'WWW-Authenticate': challenge } }
}

/** The device service answers 401 to a missing permission; the others 403. Only Intune's services name what is missing. */
export function forbidden(
  request: GraphRequest,
  { acceptable, dialect }: Pick<Collection, 'acceptable' | 'dialect'>,
): GraphAnswer {
  if (dialect === 'directory') {
    const message = 'Insufficient privileges to complete the operation.'
    return refusal(request, 403, dialect, 'Authorization_RequestDenied', message)
  }
  const message = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${acceptable.join(', ')}`
  return refusal(request, dialect === 'device' ? 401 : 403, dialect, 'Forbidden', message)
}

/** A link to a further page that is too old, or was never given. */
export const expiredPage = (request: GraphRequest): GraphAnswer =>
  badRequest(
    request,
    'The specified page token value has expired and can no longer be included in your request.',
    'Directory_ExpiredPageToken',
  )

/** An address that Graph does not know. */
export const unknownPath = (request: GraphRequest, segment: string): GraphAnswer =>
  badRequest(request, `Resource not found for the segment '${segment}'.`, 'BadRequest')

/** An object that is not there. */
export function notFound(request: GraphRequest, dialect: Dialect, id: string): GraphAnswer {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`
  return dialect === 'directory'
    ? refusal(request, 404, 'directory', 'Request_ResourceNotFound', message)
    : refusal(request, 404, dialect, 'ResourceNotFound', 'An error has occurred')
}
