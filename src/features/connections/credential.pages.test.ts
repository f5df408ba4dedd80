import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'
import { workOn } from '../../engine/worker/index.ts'
import { type AppCertificate, makeCertificate, thumbprintsOf } from '../../providers/index.ts'
import { saveReport } from './verification-report.sql.ts'
import { fingerprintOf, withNext } from './verification-report.ts'

let product: InProcess
let cookie: string
let operator: string
let workspaceId: number
let tenant: SeededTenant & { connectionId: number }
let given: AppCertificate
let other: AppCertificate

beforeAll(async () => {
  product = await openInProcess()
  workspaceId = await product.world.workspace()
  cookie = await product.signIn(await product.world.person(workspaceId, 'owner'))
  operator = await product.signIn(await product.world.person(workspaceId, 'operator'))
  ;[given, other] = [await makeCertificate('Given', new Date()), await makeCertificate('Other', new Date())]
})
beforeEach(async () => {
  tenant = await product.world.readyTenant(workspaceId)
})
afterAll(() => product.world.close())

const here = (rest = '') => `/admin/provider-connections/${tenant.connectionId}/credential${rest}`
const send = (path: string, fields: Record<string, string> = {}, accept = 'text/html') =>
  product.ask('POST', path, { cookie, accept, ...FORM }, `${new URLSearchParams(fields)}`)
const page = async (path = here(), who = cookie) =>
  (await product.ask('GET', path, { cookie: who, accept: 'text/html' })).text()
const read = async () =>
  (await product.ask('GET', here(), { cookie, accept: 'application/json' })).json() as Promise<{
    inUse: Record<string, unknown> | null
    next: Record<string, unknown> | null
  }>
const pemOf = ({ certificate, privateKey }: AppCertificate) => `${privateKey}${certificate}`

test('a certificate that is made here waits for its check, and only its public part is handed out', async () => {
  expect((await send(here('/generate'))).headers.get('location')).toBe(here())

  const { inUse, next } = await read()
  expect(inUse).toMatchObject({ kind: 'client_secret' })
  expect(next).toMatchObject({ kind: 'certificate' })
  const certificate = String(next?.certificate)
  const { sha1, sha256 } = thumbprintsOf(certificate)
  const shown = await page()
  for (const text of [sha1, sha256, 'Check now', 'Discard it', 'Upload certificate'])
    expect(shown).toContain(text)
  expect(shown).not.toContain('PRIVATE KEY')

  const cer = await product.ask('GET', here('/certificate?slot=next'), { cookie })
  expect(cer.headers.get('content-disposition')).toBe(
    `attachment; filename="tenantpilot-${tenant.connectionId}.cer"`,
  )
  expect(Buffer.from(await cer.arrayBuffer())).toEqual(new X509Certificate(certificate).raw)
  const pem = await product.ask('GET', here('/certificate?slot=next&form=pem'), { cookie })
  expect(await pem.text()).toBe(certificate)
  expect((await product.ask('GET', here('/certificate'), { cookie })).status).toBe(404)
})

test('a certificate and its key are pasted; another one takes the place of the one that waits', async () => {
  expect((await send(here('/certificate'), { pem: pemOf(given) })).status).toBe(303)
  expect((await read()).next).toMatchObject({ thumbprints: thumbprintsOf(given.certificate) })
  expect((await send(here('/certificate'), { pem: pemOf(other) })).status).toBe(303)
  expect((await read()).next).toMatchObject({ thumbprints: thumbprintsOf(other.certificate) })

  expect((await send(here('/discard'))).status).toBe(303)
  expect(await read()).toMatchObject({ inUse: { kind: 'client_secret' }, next: null })
  expect((await send(here('/discard'))).status).toBe(303)
})

describe('a certificate that cannot be taken', () => {
  const wrong = () => `${given.privateKey}${other.certificate}`

  test('is shown with what is wrong, and without the key', async () => {
    const answer = await send(here('/certificate'), { pem: wrong() })

    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('The private key does not belong to this certificate.')
    expect(text).toContain('href="#pem"')
    expect(text).not.toContain(given.privateKey.split('\n')[1])
    expect((await read()).next).toBeNull()
  })

  test('names its field to a program', async () => {
    const answer = await send(here('/certificate'), { pem: wrong() }, 'application/json')

    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/pem' }] }])
  })
})

test('a wrong secret keeps the day that was typed, and stores nothing', async () => {
  const answer = await send(here(), { clientSecret: 'two words', expiresOn: '2090-01-31' })

  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toContain('value="2090-01-31"')
  expect(text).not.toContain('two words')
  expect((await read()).next).toBeNull()
})

test('whoever may not rotate sees what is so, and who can change it', async () => {
  await send(here('/generate'))

  const text = await page(here(), operator)
  expect(text).toContain('Check now')
  expect(text).toContain('Owner can do this.')
  expect(text).not.toMatch(/action="[^"]*\/(generate|discard)"|Discard it/)
})

test('discarding asks once more', async () => {
  expect(await page(here('?confirm=discard'))).not.toContain('Discard the credential that waits?')
  await send(here('/generate'))

  const text = await page(here('?confirm=discard'))
  expect(text).toContain('Discard the credential that waits?')
  expect(text).toContain(`action="${here('/discard')}"`)
})

test('a connection of the central app has no credential, and takes none', async () => {
  const { db } = product.world.database
  await db.deleteFrom('credentials').where('connection_id', '=', tenant.connectionId).execute()
  await db
    .updateTable('provider_connections')
    .set({ connection_type: 'platform', consent_status: 'required' })
    .where('id', '=', tenant.connectionId)
    .execute()

  expect(await page()).toContain('has no credential of its own')
  for (const path of ['', '/generate', '/certificate', '/discard'])
    expect((await send(here(path), { clientSecret: 'Qx8~x', pem: pemOf(given) })).status).toBe(404)
})

describe('a new connection', () => {
  const add = (fields: object) =>
    product.ask(
      'POST',
      '/admin/provider-connections',
      { cookie, accept: 'application/json', ...JSON_BODY },
      JSON.stringify({
        tenant: tenant.directoryId,
        label: 'New',
        clientId: crypto.randomUUID(),
        ...fields,
      }),
    )

  test.each([
    ['a certificate that is made here', () => ({ way: 'made' })],
    ['a certificate that is given', () => ({ way: 'certificate', pem: pemOf(given) })],
  ])('may begin with %s, which is in use at once', async (_what, fields) => {
    const answer = await add(fields())

    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ credential: { kind: 'certificate' } })
  })

  test('needs the fields of the way that was chosen, and only those', async () => {
    const answer = await add({ way: 'certificate', clientSecret: 'Qx8~ignored' })

    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/pem' }] }])
  })

  test('leads to the place where the public part is fetched', async () => {
    const fields = { tenant: tenant.directoryId, label: 'New', clientId: crypto.randomUUID(), way: 'made' }
    const answer = await send('/admin/provider-connections', fields)

    expect(answer.headers.get('location')).toMatch(/^\/admin\/provider-connections\/\d+\/credential$/)
  })
})

test('a check in which the new one took over says so, on every page that tells of it', async () => {
  const { world } = product
  const owner = await world.person(workspaceId, 'owner')
  const asked = await world.start(owner, tenant, 'provider.connection.check')
  if (asked.kind !== 'decided') throw new Error(asked.kind)
  const { id } = asked.outcome.run
  const run = { id, tenantId: tenant.id, connectionId: tenant.connectionId }
  const checks = withNext([], { accepted: 'client_secret' })
  await workOn(
    workerOf(world, async () => ({
      observed: { verification: 'healthy', checked: { runId: id, reason: null } },
      ending: async (tx) => {
        await saveReport(tx, run, checks, fingerprintOf(checks))
        return { outcome: 'succeeded', counts: { checks: 1, passed: 1 }, finding: null }
      },
    })),
    id,
  )

  for (const path of [
    here(),
    `/admin/provider-connections/${tenant.connectionId}`,
    `/admin/operations/${id}`,
  ])
    expect(await page(path)).toContain('The new client secret is in use now')
  expect(await page(`/admin/operations/${id}`)).toContain(`href="${here()}"`)
})

test('a new secret without an end date says that no warning comes', async () => {
  await product.world.database.db
    .updateTable('credentials')
    .set({ expires_at: new Date(Date.now() + 90 * 86_400_000) })
    .where('connection_id', '=', tenant.connectionId)
    .execute()

  expect(await page()).toContain('Without one for the new secret, no warning comes')
  await send(here(), { clientSecret: 'Qx8~new.one' })
  expect(await page()).toContain('>no warning comes before it expires<')
})

test('a certificate that was never accepted is said to be not uploaded yet, with the steps', async () => {
  const { db } = product.world.database
  await db
    .updateTable('credentials')
    .set({ kind: 'certificate', certificate: given.certificate, rejected_at: new Date() })
    .where('connection_id', '=', tenant.connectionId)
    .execute()
  expect(await page()).not.toContain('Not uploaded to the app registration yet')

  await db
    .updateTable('provider_connections')
    .set({ granted_permissions: null, evidence_at: null })
    .where('id', '=', tenant.connectionId)
    .execute()
  const text = await page()
  expect(text).toContain('Not uploaded to the app registration yet')
  expect(text).toContain('Upload certificate: choose the downloaded file')
  expect(text).toContain('Check now')
})
