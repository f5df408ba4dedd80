import { type Dialect, errorBody, type GraphAnswer, type GraphRequest } from './answers.ts'

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
  { acceptable, dialect }: { readonly acceptable: readonly string[]; readonly dialect: Dialect },
): GraphAnswer {
  if (dialect === 'directory') {
    const message = 'Insufficient privileges to complete the operation.'
    return refusal(request, 403, dialect, 'Authorization_RequestDenied', message)
  }
  if (dialect === 'conditional_access') {
    const message = 'You cannot perform the requested operation, required scopes are missing in the token.'
    return refusal(request, 403, dialect, 'AccessDenied', message)
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

/** An address or a method that Intune has no route for; it tells how it read the address. */
export function noRoute(request: GraphRequest, dialect: Dialect): GraphAnswer {
  const [, ...below] = request.path.split('/')
  const template = ['~', 'singleton', ...below.map((_, at) => (at % 2 === 0 ? 'navigation' : 'key'))].join(
    '/',
  )
  const message = `No OData route exists that match template ${template} with http verb ${request.method} for request /${request.path}.`
  return refusal(request, 400, dialect, 'No method match route template', message)
}

/** An object that is not there. */
export function notFound(request: GraphRequest, dialect: Dialect, id: string): GraphAnswer {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`
  if (dialect === 'directory') return refusal(request, 404, dialect, 'Request_ResourceNotFound', message)
  if (dialect === 'conditional_access') return refusal(request, 404, dialect, 'ResourceNotFound', message)
  const said = request.path.startsWith('deviceManagement/deviceConfigurations/')
    ? `DeviceConfigurations not found: Profile ${id}`
    : 'An error has occurred'
  return refusal(request, 404, dialect, 'ResourceNotFound', said)
}
