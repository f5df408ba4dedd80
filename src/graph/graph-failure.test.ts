import { expect, test } from 'vitest'
import { graphFailure } from './graph-failure.ts'

const now = new Date('2026-11-23T05:00:00Z')
const meaning = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  graphFailure(
    {
      kind: 'answered',
      status,
      headers: new Headers(headers),
      text: typeof body === 'string' ? body : JSON.stringify(body),
    },
    'c0ffee00-0000-4000-a000-000000000000',
    now,
  )
const plain = (code: string, message = '', innerError: object = {}) => ({
  error: { code, message, innerError },
})
const activity = '2578f4a3-1111-4222-a333-444455556666'
const packed = JSON.stringify({
  _version: 3,
  Message: `Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementApps.Read.All, AuditLogsQuery-Entra.Read.All - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${activity} - Url: https://fef.example/x`,
})
const twicePacked = JSON.stringify({ ErrorCode: 'Forbidden', Message: packed, Target: null })

test.each<[string, number, unknown, object]>([
  [
    'a missing directory permission',
    403,
    plain('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    { kind: 'permission_missing', acceptable: [] },
  ],
  [
    'a missing Intune permission, with the names that would do',
    403,
    plain('Forbidden', packed),
    {
      kind: 'permission_missing',
      acceptable: ['DeviceManagementApps.Read.All', 'AuditLogsQuery-Entra.Read.All'],
    },
  ],
  [
    'a missing permission the device service calls 401',
    401,
    plain('UnknownError', twicePacked),
    {
      kind: 'permission_missing',
      acceptable: ['DeviceManagementApps.Read.All', 'AuditLogsQuery-Entra.Read.All'],
    },
  ],
  [
    'the same when it is called 403',
    403,
    plain('UnknownError', twicePacked),
    {
      kind: 'permission_missing',
      acceptable: ['DeviceManagementApps.Read.All', 'AuditLogsQuery-Entra.Read.All'],
    },
  ],
  [
    'a link to a further page that is too old',
    400,
    plain('Directory_ExpiredPageToken', 'The specified page token value has expired.'),
    { kind: 'page_link_expired' },
  ],
  [
    'a missing permission without names',
    403,
    plain(
      'Forbidden',
      JSON.stringify({
        Message:
          'Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.',
      }),
    ),
    { kind: 'permission_missing', acceptable: [] },
  ],
  [
    'a refused token',
    401,
    plain('InvalidAuthenticationToken', 'Access token is empty.'),
    { kind: 'unauthenticated' },
  ],
  [
    'an application without service principal',
    401,
    plain('Authorization_IdentityNotFound'),
    { kind: 'app_not_installed' },
  ],
  [
    'a directory without Intune',
    400,
    plain(
      'BadRequest',
      JSON.stringify({ Message: 'Request not applicable to target tenant. - Operation ID x' }),
    ),
    { kind: 'not_licensed' },
  ],
  ['an object that is not there', 404, plain('Request_ResourceNotFound'), { kind: 'not_found' }],
  [
    'a path that is not there',
    400,
    plain('BadRequest', "Resource not found for the segment 'x'."),
    { kind: 'rejected_request' },
  ],
  ['a conflict', 409, plain('Conflict'), { kind: 'rejected_request' }],
  ['too many requests', 429, plain('TooManyRequests'), { kind: 'throttled', retryAfterSeconds: null }],
  ['a failing server', 500, plain('InternalServerError'), { kind: 'unreachable', detail: 'server_error' }],
  ['a gateway that waited too long', 504, '<html>', { kind: 'unreachable', detail: 'server_error' }],
  ['a busy server', 503, plain('serviceNotAvailable'), { kind: 'unreachable', detail: 'server_error' }],
  ['a proxy that answers instead of Graph', 403, '<html>', { kind: 'unreachable', detail: 'unreadable' }],
  ['a proxy that finds nothing', 404, '<html>', { kind: 'unreachable', detail: 'unreadable' }],
  [
    'a web server that does not like the address',
    400,
    'Bad Request - Invalid URL',
    { kind: 'rejected_request' },
  ],
])('%s is recognised', (_, status, body, failure) => {
  expect(meaning(status, body)).toMatchObject({ ok: false, failure })
})

test('a busy server that asks for a pause is throttling', () => {
  expect(meaning(503, plain('serviceNotAvailable'), { 'retry-after': '9' })).toMatchObject({
    failure: { kind: 'throttled', retryAfterSeconds: 9 },
  })
})

test('diagnostics hold the sentence and every id, and neither addresses nor operation ids', () => {
  const answer = meaning(401, plain('UnknownError', twicePacked), { 'request-id': 'r-1' })

  expect(answer).toMatchObject({
    failure: {
      diagnostics: {
        status: 401,
        code: 'Forbidden',
        message: expect.stringMatching(/^Application is not authorized/),
        requestId: 'r-1',
        clientRequestId: 'c0ffee00-0000-4000-a000-000000000000',
        traceId: activity,
      },
    },
  })
  expect(JSON.stringify(answer)).not.toMatch(/Operation ID|fef\.example/)
})

test('the reason hidden in an inner error is the one shown, whichever way its name is written', () => {
  const inner = { code: 'Outer', innererror: { code: 'Deepest', message: '1032: validation failed' } }
  const answer = meaning(400, { error: { code: 'BadRequest', message: 'Malformed.', innererror: inner } })

  expect(answer).toMatchObject({
    failure: { diagnostics: { code: 'Deepest', message: '1032: validation failed' } },
  })
})
