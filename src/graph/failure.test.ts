import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { failed } from './failure.ts'

const shown = (message: string) =>
  failed({ kind: 'rejected_request' }, { message }).failure.diagnostics.message

test.each([
  ['a token', 'Got eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJodHRwczov.c2lnbmF0dXJl here', 'eyJ'],
  ['an authorization header', 'Header Authorization: Bearer abc.def was refused', 'abc.def'],
  ['a form field', 'Body was client_secret=hunter2&scope=x', 'hunter2'],
  ['a secret as Entra makes them', 'Value Qx78Q~contoso-First.secret_value-000001 is wrong', 'Qx78Q~'],
])('%s never reaches the diagnostics', (_, message, secret) => {
  expect(shown(message)).not.toContain(secret)
  expect(shown(message)).toContain('[hidden]')
})

test('ids and permission names stay readable', () => {
  const message =
    "Resource '1f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10' needs DeviceManagementConfiguration.ReadWrite.All for deviceManagement/x/1f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10."

  expect(shown(message)).toBe(message)
})

test('a long text is cut to one line', () => {
  expect(shown('word '.repeat(1_000))).toHaveLength(300)
})

test('what is not known leaves no trace', () => {
  const { failure } = failed(
    { kind: 'not_found' },
    { status: 404, code: undefined, requestId: null, message: '' },
  )

  expect(inspect(failure.diagnostics)).toBe('{ status: 404 }')
})
