import { expect, test } from 'vitest'
import { parseGraphError } from './dialect.ts'

const REQUEST = '6d1f6d0e-6d3c-4a4f-9a53-3c4f5d6e7f80'
const ACTIVITY = '2578f4a3-95e7-4c51-b9f8-0a1b2c3d4e5f'
const innerError = { date: '2026-11-23T05:00:00', 'request-id': REQUEST, 'client-request-id': REQUEST }

const SENTENCE =
  'Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementConfiguration.Read.All, DeviceManagementConfiguration.ReadWrite.All'
/** As Intune packs its message: with carriage returns, and with its own ids and address behind the sentence. */
const INTUNE = `{\r\n  "_version": 3,\r\n  "Message": "${SENTENCE} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${ACTIVITY} - Url: https://fef.msub05.manage.microsoft.com/DeviceConfiguration_2511/StatelessDeviceConfigurationFEService/deviceManagement/deviceConfigurations?api-version=5025-10-14",\r\n  "CustomApiErrorPhrase": "",\r\n  "RetryAfter": null,\r\n  "ErrorSourceService": "",\r\n  "HttpHeaders": "{}"\r\n}`
const device = (code: string, message: string) =>
  JSON.stringify({
    ErrorCode: code,
    Message: message,
    Target: null,
    Details: null,
    InnerError: null,
    InstanceAnnotations: [],
  })
const read = (error: object) => parseGraphError(JSON.stringify({ error }))

test('the directory says code and sentence plainly, and its id inside', () => {
  const message = 'Insufficient privileges to complete the operation.'

  expect(read({ code: 'Authorization_RequestDenied', message, innerError })).toEqual({
    codes: ['authorization_requestdenied'],
    code: 'Authorization_RequestDenied',
    message,
    activityId: null,
    requestId: REQUEST,
  })
})

test('Intune packs its sentence into JSON in a string', () => {
  expect(read({ code: 'Forbidden', message: INTUNE, innerError })).toEqual({
    codes: ['forbidden'],
    code: 'Forbidden',
    message: SENTENCE,
    activityId: ACTIVITY,
    requestId: REQUEST,
  })
})

test('the device service packs that once more, and hides its code in it', () => {
  expect(read({ code: 'UnknownError', message: device('Forbidden', INTUNE), innerError })).toEqual({
    codes: ['unknownerror', 'forbidden'],
    code: 'Forbidden',
    message: SENTENCE,
    activityId: ACTIVITY,
    requestId: REQUEST,
  })
})

test('more layers than were ever seen are left as they are', () => {
  const thrice = device('Outer', device('Middle', device('Inner', 'Sentence')))

  expect(read({ code: 'UnknownError', message: thrice })).toMatchObject({ code: 'Middle' })
})

test('conditional access gives its reason inside', () => {
  const inner = { ...innerError, message: '1032: ConditionalActionPolicy validation failed.' }

  expect(
    read({ code: 'BadRequest', message: 'The server could not process the request.', innerError: inner }),
  ).toMatchObject({
    code: 'BadRequest',
    message: '1032: ConditionalActionPolicy validation failed.',
    requestId: REQUEST,
  })
})

test('the inner error is found by both of its names', () => {
  for (const name of ['innerError', 'innererror'])
    expect(read({ code: 'Outer', message: '', [name]: { code: 'Deepest' } })).toMatchObject({
      codes: ['outer', 'deepest'],
      code: 'Deepest',
    })
})

test.each([
  ['no text', ''],
  ['a page of a proxy', '<html><title>403</title></html>'],
  ['JSON of somebody else', '{"message":"no"}'],
  ['an error without a shape', '{"error":"invalid_client"}'],
  ['half of an error', '{"error":{"code":"Forb'],
])('%s is not an error of Graph', (_, text) => {
  expect(parseGraphError(text)).toBeNull()
})

test('a message that only looks packed is kept as it is', () => {
  expect(read({ code: 'BadRequest', message: '{"Message":' })).toMatchObject({ message: '{"Message":' })
})
