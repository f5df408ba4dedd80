import { X509Certificate } from 'node:crypto'
import { inspect } from 'node:util'
import { beforeEach, expect, test } from 'vitest'
import { graphScene } from '../../tests/world/graph-scene.ts'
import { systemClock } from '../kernel/index.ts'
import { makeCertificate } from '../providers/index.ts'
import type { GraphClientOptions } from './client.ts'
import { clientAssertion } from './client-assertion.ts'
import type { AppCredential } from './credential.ts'

const { app, client, clientId, directoryId, sandbox } = await graphScene()
const ours = await makeCertificate('Ours', new Date())
const other = await makeCertificate('Other', new Date())
const past = await makeCertificate('Past', new Date(Date.now() - 400 * 86_400_000))
const upload = (...certificates: { certificate: string }[]) => {
  app().certificates = certificates.map(({ certificate }) => ({ pem: certificate }))
}
beforeEach(() => upload(ours))

type Certified = Extract<AppCredential, { kind: 'certificate' }>
const certified = ({ certificate, privateKey }: { certificate: string; privateKey: string }): Certified => ({
  kind: 'certificate',
  certificate,
  privateKey,
})
let sent = ''
const signIn = (credential: AppCredential, changes: Partial<GraphClientOptions> = {}) =>
  client({
    credential,
    maxRetries: 0,
    fetch: (url, init) => {
      sent = String(init?.body)
      return fetch(url, init)
    },
    ...changes,
  }).signIn({ fresh: true })
const clockAt = (hours: number) => ({
  now: () => new Date(Date.now() + hours * 3_600_000),
  monotonic: () => systemClock.monotonic(),
})

test('an app signs in with its certificate, and sends neither a secret nor its private key', async () => {
  expect(await signIn(certified(ours))).toMatchObject({ ok: true, value: { directoryId } })

  const form = new URLSearchParams(sent)
  expect(form.get('client_secret')).toBeNull()
  expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
  const [head = '', claims = ''] = (form.get('client_assertion') ?? '').split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(read(head)).toEqual({
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': Buffer.from(
      new X509Certificate(ours.certificate).fingerprint256.replaceAll(':', ''),
      'hex',
    ).toString('base64url'),
  })
  const said = read(claims)
  expect(said).toMatchObject({
    aud: `${sandbox.url}/${directoryId}/oauth2/v2.0/token`,
    iss: clientId,
    sub: clientId,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(said.exp - said.nbf).toBe(300)
  expect(sent).not.toContain(encodeURIComponent(ours.privateKey.split('\n')[1] ?? 'x'))
})

test('no assertion is made twice', async () => {
  await signIn(certified(ours))
  const first = sent
  await signIn(certified(ours))

  expect(sent).not.toBe(first)
})

test('of two uploaded certificates either signs in', async () => {
  upload(other, ours)

  expect(await signIn(certified(ours))).toMatchObject({ ok: true })
  expect(await signIn(certified(other))).toMatchObject({ ok: true })
})

const forged: Certified = { ...certified(ours), privateKey: other.privateKey }
test.each<[string, Certified, number, Partial<GraphClientOptions>?]>([
  ['is not uploaded', certified(other), 700027],
  ['does not belong to the key that signed', forged, 700027],
  ['has expired', certified(past), 700027],
  ['signed something that is over', certified(ours), 700024, { clock: clockAt(-1) }],
  ['signed something that is not good yet', certified(ours), 700024, { clock: clockAt(1) }],
])('a certificate that %s is rejected', async (_why, credential, code, changes) => {
  upload(ours, past)

  const answer = await signIn(credential, changes)

  expect(answer).toMatchObject({
    failure: { kind: 'credential_rejected', diagnostics: { code: `AADSTS${code}` } },
  })
  expect(inspect(answer, { depth: null, showHidden: true })).not.toContain(
    credential.privateKey.split('\n')[1],
  )
})

test.each([
  ['another token endpoint', { audience: 'https://login.example/token' }, 700023],
  ['another app', { clientId: '00000000-0000-4000-8000-000000000000' }, 700021],
])('an assertion for %s is rejected', async (_what, change, code) => {
  const assertion = clientAssertion({
    audience: `${sandbox.url}/${directoryId}/oauth2/v2.0/token`,
    clientId,
    credential: certified(ours),
    now: new Date(),
    ...change,
  })
  const answer = await signIn(certified(ours), {
    fetch: (url, init) => {
      const form = new URLSearchParams(String(init?.body))
      form.set('client_assertion', assertion)
      return fetch(url, { ...init, body: form.toString() })
    },
  })

  expect(answer).toMatchObject({
    failure: { kind: 'credential_rejected', diagnostics: { code: `AADSTS${code}` } },
  })
})
