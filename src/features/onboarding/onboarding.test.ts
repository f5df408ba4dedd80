import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { FAILED, GROUPS, openSession, ROLES, verifiedSession } from '../../../tests/world/bootstrap-scene.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import type { PersonalActor } from '../../access/index.ts'
import { jsonb } from '../../database/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { cloudProfile } from '../../graph/index.ts'
import { contoso, type Sandbox, startSandbox } from '../../sandbox/index.ts'

let sandbox: Sandbox
let product: InProcess
let manager: PersonalActor
let cookie: string
let workspace: number
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    directories: [
      contoso(),
      contoso({ id: '2f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10', domain: 'managed.example' }),
      contoso({ id: '3f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10', domain: 'unmanaged.example' }),
    ],
  })
  const profile = cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url })
  product = await openInProcess({ providers: { profile, platform: null } })
  workspace = await product.world.workspace()
  manager = await product.world.person(workspace, 'manager', 'Ada')
  cookie = await product.signIn(manager)
})
afterAll(async () => {
  await product?.world.close()
  await sandbox?.stop()
})

const json = (method: string, path: string, body?: object, more: Record<string, string> = {}) =>
  product.ask(
    method,
    path,
    { cookie, accept: 'application/json', ...JSON_BODY, ...more },
    body && JSON.stringify(body),
  )
const form = (path: string, fields: Record<string, string>) =>
  product.ask('POST', path, { cookie, accept: 'text/html', ...FORM }, `${new URLSearchParams(fields)}`)
const begin = async () => (await json('POST', '/admin/onboarding')).json()
const see = async (href: string) => (await json('GET', href)).json()

async function verified() {
  const tenant = await product.world.tenant(workspace, { state: 'onboarding' })
  const connectionId = await product.world.connection(tenant)
  const id = await verifiedSession(product.world, { ...tenant, connectionId }, manager)
  return { tenant, connectionId, id, href: `/admin/onboarding/${id}` }
}

const recorded = async (id: number) =>
  (
    await product.world.database.db
      .selectFrom('audit_records')
      .select('action')
      .where('target_kind', '=', 'onboarding_session')
      .where('target_id', '=', String(id))
      .orderBy('id')
      .execute()
  ).map(({ action }) => action)

describe('identifying', () => {
  test('finds the directory by its domain, adds the tenant, and goes on from there', async () => {
    const { href, id, version } = await begin()
    const sent = { version, directory: 'CONTOSO.example', name: 'Contoso' }

    const answer = await json('POST', `${href}/identify`, sent)

    expect(await answer.json()).toMatchObject({
      next: 'connect',
      version: version + 1,
      tenant: { id: contoso().id, name: 'Contoso', domain: 'contoso.example', state: 'onboarding' },
    })
    expect(await recorded(id)).toEqual(['onboarding.begin', 'onboarding.identify'])
  })

  test.each([
    [{ directory: '', name: '' }, ['/directory', '/name']],
    [{ directory: 'nobody.example', name: 'Nobody' }, ['/directory']],
    [{ directory: 'x'.repeat(300), name: 'Long' }, ['/directory']],
    [{ directory: 'contoso.example', name: 'x'.repeat(201) }, ['/name']],
  ])('refuses %j naming each field, and changes nothing', async (fields, pointers) => {
    const { href, version } = await begin()
    const answer = await json('POST', `${href}/identify`, { version, ...fields })
    expect(answer.status).toBe(422)
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] }
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers)
    expect(await see(href)).toMatchObject({ version, next: 'identify' })

    const page = await form(`${href}/identify`, { version: String(version), ...fields })
    expect(page.status).toBe(422)
    if (fields.directory) expect(await page.text()).toContain(`value="${fields.directory.slice(0, 40)}`)
  })

  test('a directory that another workspace manages looks like one that nobody does', async () => {
    const elsewhere = await product.world.workspace('Fabrikam IT')
    await product.world.tenant(elsewhere, {
      directoryId: '2f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10' as never,
    })
    const told = async (directory: string) => {
      const { href, version } = await begin()
      const { id, tenant, ...rest } = await (
        await json('POST', `${href}/identify`, { version, directory, name: 'Somebody' })
      ).json()
      return { ...rest, href: '', begunAt: '', state: tenant.state, is: id > 0 }
    }
    expect(await told('managed.example')).toEqual(await told('unmanaged.example'))
  })

  test('a directory of this workspace that the actor does not reach looks the same whatever its state is', async () => {
    const { db } = product.world.database
    const told = []
    for (const [n, state] of (['draft', 'onboarding', 'active'] as const).entries()) {
      const directoryId = `6f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a1${n}`
      sandbox.world.add(contoso({ id: directoryId, domain: `hidden-${n}.example` }))
      const tenant = await product.world.tenant(workspace, { directoryId: directoryId as never, state })
      const { href, version } = await begin()
      const reach = (to: string) =>
        sql`update workspace_memberships set reach = ${to} where user_id = ${manager.userId}`.execute(db)
      await reach('selected')
      const sent = { version, directory: directoryId, name: 'Hidden' }
      const answer = await json('POST', `${href}/identify`, sent)
      await reach('all')
      const { errors } = await answer.json()
      told.push({ status: answer.status, errors })
      const kept = db.selectFrom('tenants').select('state').where('id', '=', tenant.id)
      expect(await kept.execute()).toEqual([{ state }])
    }
    expect(told[0]).toMatchObject({ status: 422, errors: [{ pointer: '/directory' }] })
    expect(told).toEqual([told[0], told[0], told[0]])
  })

  test('a directory of this workspace that is in use already is told', async () => {
    const { href, version } = await begin()
    const tenant = await product.world.tenant(workspace, { directoryId: sandboxed() as never })
    const answer = await json('POST', `${href}/identify`, {
      version,
      directory: tenant.directoryId,
      name: 'Again',
    })
    expect(answer.status).toBe(422)
  })
})

function sandboxed(): string {
  const id = '4f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10'
  sandbox.world.add(contoso({ id, domain: 'again.example' }))
  return id
}

describe('another connection', () => {
  test('makes the verification void, and the one before does not count again', async () => {
    const { connectionId, href, tenant } = await verified()
    const second = await product.world.connection(tenant, { isDefault: false, label: 'Second' })
    expect(await see(href)).toMatchObject({ verification: { state: 'ready' } })

    const choose = async (id: number) => {
      const { version } = await see(href)
      return (await json('POST', `${href}/connection`, { version, connectionId: id })).json()
    }
    expect(await choose(second)).toMatchObject({ next: 'check', verification: { state: 'none' } })
    expect(await choose(connectionId)).toMatchObject({ next: 'check', verification: { state: 'none' } })
  })

  test('of another tenant is not found, and changes nothing', async () => {
    const { href } = await verified()
    const other = await verified()
    const { version } = await see(href)
    const answer = await json('POST', `${href}/connection`, { version, connectionId: other.connectionId })
    expect(answer.status).toBe(404)
    expect(await see(href)).toMatchObject({ version })
  })

  test('stays while operations of the bootstrap are to come', async () => {
    const { connectionId, href, tenant } = await verified()
    const second = await product.world.connection(tenant, { isDefault: false, label: 'Second' })
    await json('POST', `${href}/provider-bootstrap/start`, {
      providerConnectionId: connectionId,
      selectedOperations: [ROLES, GROUPS],
    })
    const { version } = await see(href)
    expect((await json('POST', `${href}/connection`, { version, connectionId: second })).status).toBe(409)
  })

  test('is added and chosen in one go, and its secret is never shown again', async () => {
    const { href, id, version } = await begin()
    sandbox.world.add(contoso({ id: '5f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10', domain: 'fresh.example' }))
    await json('POST', `${href}/identify`, { version, directory: 'fresh.example', name: 'Fresh' })
    const secret = 'Qx8~planted.secret.of-an-app'
    const fields = {
      label: 'Own app',
      clientId: '7a3b1c52-90de-4c1b-8f6e-2f1b0a9c4d11',
      clientSecret: secret,
    }

    const stale = await form(`${href}/new-connection`, { ...fields, version: String(version) })
    const page = await stale.text()
    expect(stale.status).toBe(409)
    expect(page).toContain('value="Own app"')
    expect(page).not.toContain(secret)

    const now = await see(href)
    const answer = await json('POST', `${href}/new-connection`, { ...fields, version: now.version })
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ next: 'check', providerConnection: { label: 'Own app' } })
    expect(text).not.toContain(secret)
    expect(await recorded(id)).toEqual(['onboarding.begin', 'onboarding.identify', 'onboarding.connect'])
  })
})

describe('a change for a version that has passed', () => {
  test('is told what has changed, keeps what was sent, and can be sent all the same', async () => {
    const { connectionId, href } = await verified()
    const { version } = await see(href)
    await json('POST', `${href}/provider-bootstrap/start`, {
      providerConnectionId: connectionId,
      selectedOperations: [ROLES, GROUPS],
    })

    const stale = await form(`${href}/bootstrap/drop`, { version: String(version), operation: GROUPS })

    const page = await stale.text()
    expect(stale.status).toBe(409)
    expect(page).toContain('Ada started or resumed the bootstrap')
    expect(page).toContain(`value="${GROUPS}"`)
    const { bootstrap, version: now } = await see(href)
    expect(bootstrap).toHaveLength(2)
    expect(page).toContain(`name="version" value="${now}"`)
    await form(`${href}/bootstrap/drop`, { version: String(now), operation: GROUPS })
    expect((await see(href)).bootstrap).toMatchObject([{ operation: ROLES }])
  })

  test('is 409 for programs too, by field or by If-Match', async () => {
    const { connectionId, href } = await verified()
    const answer = await json('POST', `${href}/connection`, { version: 99, connectionId })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('etag')).toBe('"1"')
    const check = `${href}/provider-actions/provider.connection.check/start`
    const start = `${href}/provider-bootstrap/start`
    const body = { providerConnectionId: connectionId, selectedOperations: [ROLES] }
    expect((await json('POST', check, {}, { 'if-match': '"99"' })).status).toBe(409)
    expect((await json('POST', start, body, { 'if-match': '"99"' })).status).toBe(409)
    expect((await json('POST', start, body, { 'if-match': 'nonsense' })).status).toBe(422)
    expect((await json('POST', start, body, { 'if-match': '"1"' })).status).toBe(200)
    expect((await json('POST', `${href}/cancel`, {})).status).toBe(422)
    expect((await json('POST', `${href}/cancel`, {}, { 'if-match': '*' })).status).toBe(200)
  })
})

describe('activating', () => {
  test('makes the tenant active and the connection its default, and ends the session for good', async () => {
    const { connectionId, href, id, tenant } = await verified()
    const { version } = await see(href)

    const answer = await json('POST', `${href}/activate`, { version })

    expect(await answer.json()).toMatchObject({
      state: 'completed',
      next: 'none',
      tenant: { state: 'active' },
    })
    const { db } = product.world.database
    const { rows } =
      await sql`select id from provider_connections where tenant_id = ${tenant.id} and is_default`.execute(db)
    expect(rows).toEqual([{ id: connectionId }])
    expect(await recorded(id)).toEqual(['tenant.activate', 'onboarding.complete'])
    for (const change of ['activate', 'cancel'])
      expect((await json('POST', `${href}/${change}`, { version: version + 1 })).status).toBe(409)
    await expect(
      sql`update onboarding_sessions set state = 'open', ended_at = null, ended_by_name = null where id = ${id}`.execute(
        db,
      ),
    ).rejects.toMatchObject({ constraint: 'onboarding_sessions_end_once' })
  })

  test('wants a check that was let in: neither the form nor raw SQL gets past that', async () => {
    const tenant = await product.world.tenant(workspace, { state: 'onboarding' })
    const connectionId = await product.world.connection(tenant)
    const id = await openSession(product.world, { ...tenant, connectionId }, manager)
    expect((await json('POST', `/admin/onboarding/${id}/activate`, { version: 1 })).status).toBe(409)
    const { db } = product.world.database
    await db.updateTable('tenants').set({ state: 'active' }).where('id', '=', tenant.id).execute()
    await expect(
      sql`update onboarding_sessions set state = 'completed', ended_at = now(), ended_by_name = 'Eve'
        where id = ${id}`.execute(db),
    ).rejects.toMatchObject({ constraint: 'onboarding_sessions_completed_is_verified' })
  })

  test('leaves the bootstrap to go on, and what is left of it can still be decided', async () => {
    const { connectionId, href } = await verified()
    const body = { providerConnectionId: connectionId, selectedOperations: [ROLES, GROUPS] }
    await json('POST', `${href}/provider-bootstrap/start`, body)
    await json('POST', `${href}/activate`, { version: (await see(href)).version })

    const { version } = await see(href)
    expect((await json('POST', `${href}/bootstrap/skip`, { version, operation: GROUPS })).status).toBe(200)
    expect((await see(href)).bootstrap).toMatchObject([{ state: 'active' }, { state: 'skipped' }])
    const more = { ...body, selectedOperations: ['inventory.sync'] }
    expect((await json('POST', `${href}/provider-bootstrap/start`, more)).status).toBe(409)
  })
})

test('cancelling drops what is pending, leaves what runs, and the tenant can be onboarded anew', async () => {
  const { connectionId, href, id, tenant } = await verified()
  const selectedOperations = [ROLES, GROUPS]
  await json('POST', `${href}/provider-bootstrap/start`, {
    providerConnectionId: connectionId,
    selectedOperations,
  })
  const { version } = await see(href)

  expect(await (await json('POST', `${href}/cancel`, { version })).json()).toMatchObject({
    state: 'cancelled',
    bootstrap: [{ operation: ROLES, state: 'active' }],
  })
  const start = await json('POST', `${href}/provider-bootstrap/start`, {
    providerConnectionId: connectionId,
    selectedOperations,
  })
  expect(start.status).toBe(409)
  expect(await recorded(id)).toEqual(['onboarding.bootstrap', 'onboarding.cancel'])
  expect(await openSession(product.world, { ...tenant, connectionId }, manager)).toBeGreaterThan(id)
  await expect(openSession(product.world, { ...tenant, connectionId }, manager)).rejects.toMatchObject({
    constraint: 'onboarding_sessions_one_open',
  })
})

test('a cancelled session offers nothing for what did not end well, and does not watch for it', async () => {
  const { connectionId, href } = await verified()
  const selectedOperations = [ROLES, GROUPS]
  await json('POST', `${href}/provider-bootstrap/start`, {
    providerConnectionId: connectionId,
    selectedOperations,
  })
  const { bootstrap, version } = await see(href)
  await json('POST', `${href}/cancel`, { version })
  const page = async () => (await product.ask('GET', href, { cookie, accept: 'text/html' })).text()
  expect(await page()).not.toContain('The next one starts by itself')

  await workOn(
    workerOf(product.world, async () => FAILED),
    bootstrap[0].run.id,
  )

  expect(await see(href)).toMatchObject({ bootstrap: [{ operation: ROLES, outcome: 'failed' }] })
  const after = await page()
  expect(after).not.toContain('provider-bootstrap/start')
  expect(after).not.toMatch(/id="onboarding"[^>]*every/)
})

test('a step that was given up without a run is told as what it is, and can be skipped', async () => {
  const { connectionId, href, id } = await verified()
  const { db } = product.world.database
  await json('POST', `${href}/provider-bootstrap/start`, {
    providerConnectionId: connectionId,
    selectedOperations: [ROLES, GROUPS],
  })
  const { bootstrap } = await see(href)
  await workOn(
    workerOf(product.world, async () => SUCCEEDED),
    bootstrap[0].run.id,
  )
  await sql`update waiting_starts set state = 'refused', ended_at = now(),
      reason = ${jsonb({ code: 'internal_error', correlationId: '0b6f7a52-6a51-4f0c-9c41-0d0f6f6b7a10' })}
    where onboarding_session_id = ${id} and operation = ${GROUPS}`.execute(db)

  const { next, version, ...seen } = await see(href)

  expect(next).toBe('decide_bootstrap')
  expect(seen.bootstrap).toMatchObject([{}, { state: 'pending', reasonCode: 'internal_error' }])
  const page = await product.ask('GET', href, { cookie, accept: 'text/html' })
  expect(await page.text()).toContain(`action="${href}/bootstrap/skip"`)
  const skipped = await json('POST', `${href}/bootstrap/skip`, { version, operation: GROUPS })
  expect(await skipped.json()).toMatchObject({ next: 'activate' })
})

test('beginning twice without saying which directory goes on where it was', async () => {
  const first = await begin()
  expect((await begin()).id).toBe(first.id)
})

test.each(['en', 'de'])(
  'every step has a page, whatever the session has come to, in %s',
  async (language) => {
    const asked = { cookie, accept: 'text/html', 'accept-language': language }
    const open = await verified()
    const blank = await begin()
    for (const href of [open.href, blank.href, '/admin/onboarding'])
      for (const step of [
        '',
        '?step=identify',
        '?step=connect',
        '?step=verify',
        '?step=bootstrap',
        '?step=activate',
      ]) {
        const page = await product.ask('GET', href + step, asked)
        expect(page.status).toBe(200)
        expect(await page.text()).not.toMatch(/undefined|\[object/)
      }
    const cancel = await product.ask('GET', `${open.href}/cancel`, asked)
    expect(await cancel.text()).toContain('name="version"')
  },
)
