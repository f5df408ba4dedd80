import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { graphScene } from '../../tests/world/graph-scene.ts'
import { parseDirectoryId } from '../kernel/index.ts'
import type { RefusalName } from '../sandbox/index.ts'
import type { GraphClientOptions } from './client.ts'

const { app, client, directory, directoryId } = await graphScene()
const otherDirectoryId = parseDirectoryId('5c0de000-0000-4000-a000-00000000beef')
if (!otherDirectoryId) throw new Error('The test needs another directory id.')

const signIn = (changes: Partial<GraphClientOptions> = {}) =>
  client({ maxRetries: 0, ...changes }).signIn({ fresh: true })

test('signing in tells which permissions are granted, and where', async () => {
  expect(await signIn()).toEqual({
    ok: true,
    value: { roles: ['Organization.Read.All', 'RoleManagement.Read.Directory'], directoryId },
  })
})

test('signing in works without any grant, and tells that there is none', async () => {
  app().granted = []

  expect(await signIn()).toMatchObject({ ok: true, value: { roles: [] } })
})

test.each<[RefusalName, string, number]>([
  ['secret_wrong', 'credential_rejected', 7000215],
  ['secret_expired', 'credential_expired', 7000222],
  ['credential_missing', 'credential_missing', 7000218],
  ['credential_parameter_missing', 'credential_missing', 7000216],
  ['app_not_in_directory', 'app_not_installed', 700016],
  ['service_principal_missing', 'app_not_installed', 7000229],
  ['consent_missing', 'app_not_installed', 65001],
  ['app_disabled', 'app_disabled', 7000112],
  ['directory_not_found', 'directory_unknown', 90002],
  ['directory_malformed', 'directory_unknown', 900023],
  ['directory_in_another_cloud', 'directory_unknown', 900382],
  ['assertion_signature_invalid', 'credential_rejected', 700027],
  ['assertion_audience_invalid', 'credential_rejected', 700023],
  ['assertion_client_mismatch', 'credential_rejected', 700021],
  ['assertion_expired', 'credential_rejected', 700024],
  ['client_invalid', 'credential_rejected', 7000299],
  ['access_blocked', 'access_policy', 53003],
  ['access_blocked_by_risk', 'access_policy', 530035],
  ['scope_invalid', 'rejected_request', 70011],
  ['resource_unknown', 'rejected_request', 500011],
  ['user_unknown', 'rejected_request', 50034],
])('a sign-in refused with %s is understood as %s', async (tokenFault, kind, code) => {
  directory().faults = { tokenFault }

  expect(await signIn()).toMatchObject({
    ok: false,
    failure: { kind, diagnostics: { code: `AADSTS${code}` } },
  })
})

test('a busy sign-in is throttling, with the pause Microsoft asks for', async () => {
  directory().faults = { tokenFault: 'server_busy', retryAfterSeconds: 7 }

  expect(await signIn()).toMatchObject({ failure: { kind: 'throttled', retryAfterSeconds: 7 } })
})

test('a sign-in that finds nobody is unreachable', async () => {
  directory().faults = { unreachable: true }

  expect(await signIn()).toMatchObject({ failure: { kind: 'unreachable', detail: 'network' } })
})

test('a directory Microsoft does not know is told apart from everything else', async () => {
  expect(await signIn({ directoryId: otherDirectoryId })).toMatchObject({
    failure: { kind: 'directory_unknown' },
  })
})

test('a token of another directory is not used', async () => {
  const answer = await signIn({
    directoryId: otherDirectoryId,
    fetch: (url, init) => fetch(url.replace(otherDirectoryId, directoryId), init),
  })

  expect(answer).toMatchObject({ failure: { kind: 'directory_mismatch' } })
})

test.each(['<html>Welcome to the hotel network</html>', '{}', '{"access_token":"opaque","expires_in":3599}'])(
  'a sign-in answered with %s is unreadable',
  async (body) => {
    const answer = await signIn({
      fetch: async () => new Response(body),
    })

    expect(answer).toMatchObject({ failure: { kind: 'unreachable', detail: 'unreadable' } })
  },
)

test('a secret with unusual characters arrives unharmed', async () => {
  const unusual = 'a+b &c=%d/é~'
  app().secrets.push({ value: unusual })

  const answer = await signIn({ credential: { kind: 'client_secret', secret: unusual } })

  expect(answer).toMatchObject({ ok: true })
})

test('a refused sign-in shows the ids support asks for, and neither the secret nor Microsoft’s sentence', async () => {
  const wrong = 'Wx99Q~another.secret_value-that-is-wrong'
  const answer = await signIn({ credential: { kind: 'client_secret', secret: wrong } })

  expect(answer).toMatchObject({
    failure: {
      kind: 'credential_rejected',
      diagnostics: {
        status: 401,
        traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    },
  })
  const everything = JSON.stringify(answer) + inspect(answer, { depth: null, showHidden: true })
  expect(everything).not.toContain(wrong)
  expect(everything).not.toContain('Ensure the secret')
})
