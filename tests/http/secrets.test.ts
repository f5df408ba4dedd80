import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../src/providers/index.ts'
import { type Product, startProduct } from '../browser/product.ts'
import { openSession } from '../world/bootstrap-scene.ts'
import { cookieOf, FORM, type InProcess, JSON_BODY, openInProcess, PASSWORD } from './in-process.ts'
import { MATRIX } from './matrix.table.ts'

const SECRET = 'Qx8~planted-secret.of_the-first-app'
const SECOND = 'Zy9~planted-secret.of_the-second-app'

const GIVEN = await makeCertificate('Given', new Date())
const OTHER = await makeCertificate('Other', new Date())
const pemOf = (key: { privateKey: string }, certificate: { certificate: string }) =>
  `${key.privateKey}${certificate.certificate}`

/** What is secret of a private key, line by line: each tells a part of it. */
const linesOf = (privateKey: string): string[] =>
  privateKey.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))

/** The private keys that are stored by now, those made by the product itself included. */
async function storedKeys({ vault, world }: InProcess): Promise<string[]> {
  const stored = await world.database.db
    .selectFrom('credentials')
    .select(['id', 'connection_id', 'key_id', 'nonce', 'ciphertext'])
    .where('kind', '=', 'certificate')
    .execute()
  expect(stored).toHaveLength(4)
  return stored.map(({ connection_id: connectionId, id: credentialId, key_id: keyId, ...sealed }) =>
    vault.open(
      { connectionId, credentialId, kind: 'certificate' },
      { ...sealed, keyId, binding: 'credential' },
    ),
  )
}

/** A secret in every form in which it could be read somewhere. */
const formsOf = (secret: string) =>
  ['utf8', 'base64', 'base64url', 'hex'].map((form) => Buffer.from(secret).toString(form as BufferEncoding))
const nothingOf = (text: string, secrets: readonly string[], where: string) => {
  for (const form of secrets.flatMap(formsOf))
    expect(text.includes(form), `${where} holds ${form}`).toBe(false)
}

describe('in the database, the pages and the log', () => {
  let product: InProcess
  let secrets: string[]
  let pages: string
  beforeAll(async () => {
    product = await openInProcess()
    const { world } = product
    const workspaceId = await world.workspace()
    const owner = await world.person(workspaceId, 'owner')
    const cookie = await product.signIn(owner)
    const reader = await product.signIn(await world.person(workspaceId, 'readonly'))
    const tenant = await world.tenant(workspaceId)
    const authorization = await product.key(owner, workspaceId)
    secrets = [
      SECRET,
      SECOND,
      PASSWORD,
      cookie.split('=')[1]?.split('.')[0] ?? '',
      authorization.split(' ')[1] ?? '',
    ]
    const answers: Response[] = []
    const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const answer = await product.ask(
        'POST',
        path,
        { cookie, ...JSON_BODY, ...headers },
        JSON.stringify(body),
      )
      answers.push(answer)
      return answer
    }
    const wanted = { tenant: tenant.directoryId, label: 'App', clientId: randomUUID(), clientSecret: SECRET }
    const made = await post('/admin/provider-connections', wanted, { accept: 'application/json' })
    const { id } = (await made.clone().json()) as { id: number }
    const one = `/admin/provider-connections/${id}`
    await post('/admin/provider-connections', { ...wanted, clientId: 'wrong', label: '' })
    await post(
      '/admin/provider-connections',
      { ...wanted, clientId: 'wrong' },
      { accept: 'application/json' },
    )
    await post('/admin/provider-connections', wanted, { cookie: reader })
    await post(`${one}/credential`, { clientSecret: SECOND, expiresOn: '2001-01-01' })
    await post(`${one}/credential`, { clientSecret: SECOND })
    await post(`${one}/credential`, { clientSecret: SECOND }, { cookie: reader })
    secrets.push(...(await shownOnce(cookie)))
    await post('/admin/account/password', { currentPassword: PASSWORD, password: SECOND })
    await post('/admin/account/password', { currentPassword: PASSWORD, password: SECRET })
    await post('/admin/account/two-factor', { twoFactorPassword: PASSWORD })
    await post('/admin/account/two-factor/verify', { code: SECRET })
    await post('/forgot-password', { email: 'nobody@contoso.example', password: PASSWORD })
    await post(`/invitations/${SECRET}`, { name: 'Ada', password: SECOND })
    await post(`/reset-password/${SECRET}`, { password: SECOND })
    await post(`${one}/credential/certificate`, { pem: pemOf(OTHER, GIVEN) })
    await post(`${one}/credential/certificate`, { pem: pemOf(OTHER, GIVEN) }, { accept: 'application/json' })
    await post(`${one}/credential/certificate`, { pem: pemOf(OTHER, OTHER) }, { cookie: reader })
    await post(`${one}/credential/certificate`, { pem: pemOf(GIVEN, GIVEN) })
    await post(`${one}/credential/certificate`, { pem: pemOf(GIVEN, GIVEN), label: OTHER.privateKey })
    for (const query of ['slot=in_use', 'slot=next&form=cer', 'slot=next&form=pem'])
      answers.push(await product.ask('GET', `${one}/credential/certificate?${query}`, { cookie }))
    const way = { ...wanted, clientId: randomUUID(), way: 'certificate' }
    await post('/admin/provider-connections', { ...way, pem: pemOf(OTHER, GIVEN) })
    await post('/admin/provider-connections', { ...way, label: '', pem: pemOf(GIVEN, GIVEN) })
    await post('/admin/provider-connections', { ...way, pem: pemOf(OTHER, OTHER) })
    await post('/admin/provider-connections', { ...way, clientId: randomUUID(), way: 'made' })
    await post(`${one}/credential/generate`, {})
    const onboarded = await world.tenant(workspaceId, { state: 'onboarding' })
    const session = await openSession(world, onboarded, owner)
    const through = `/admin/onboarding/${session}/new-connection`
    const typed = { ...wanted, version: '1' }
    await post(through, { ...typed, label: '' })
    await post(through, { ...typed, version: '7' })
    await post(through, { ...typed, version: '7' }, { accept: 'application/json' })
    await post(through, typed, { cookie: reader })
    await post(through, { ...typed, pem: pemOf(GIVEN, GIVEN), way: 'certificate' })
    secrets.push(...[GIVEN, OTHER].flatMap(({ privateKey }) => linesOf(privateKey)))
    secrets.push(...(await storedKeys(product)).flatMap(linesOf))
    await post('/sign-in', { email: 'nobody@contoso.example', password: PASSWORD })
    await post('/api/auth/sign-in/email', { email: 'nobody@contoso.example', password: PASSWORD })
    for (const { route, operation } of MATRIX) {
      const [method = '', pattern = ''] = route.split(' ')
      if (route.includes('sign-out')) continue
      const path = pattern
        .replace(':tenant', tenant.directoryId)
        .replace(':connection', String(id))
        .replace(':onboarding', String(session))
        .replace(':operation', operation ?? '')
        .replace(/:\w+/, '1')
      const asked = [
        { cookie, accept: 'text/html' },
        { cookie, accept: 'application/json' },
        { authorization, accept: 'application/json' },
        { cookie: reader, accept: 'text/html' },
      ]
      for (const headers of asked) answers.push(await product.ask(method, path, headers))
    }
    pages = (await Promise.all(answers.map((answer) => answer.text()))).join('\n')
  })
  afterAll(() => product?.world.close())

  /** What is shown once on purpose, and nowhere afterwards: links, the key of a second factor, backup codes. */
  async function shownOnce(cookie: string): Promise<string[]> {
    const ask = async (path: string, body: object) => {
      const headers = { cookie, ...JSON_BODY, accept: 'application/json' }
      const answer = await product.ask('POST', path, headers, JSON.stringify(body))
      expect([path, answer.ok]).toEqual([path, true])
      return (await answer.json()) as { link: string; totpUri: string; backupCodes: string[] }
    }
    const tokenOf = ({ link }: { link: string }) => link.split('/').at(-1) ?? ''
    const list = await product.ask('GET', '/admin/members', { cookie, accept: 'application/json' })
    const { members } = (await list.json()) as { members: { href: string; role: string }[] }
    const reader = members.find(({ role }) => role === 'readonly')
    const asked = { email: 'asked@contoso.example', role: 'readonly', reach: 'all' }
    const invited = await ask('/admin/invitations', asked)
    const reset = await ask(`${reader?.href}/reset-link`, {})
    const enrolled = await ask('/admin/account/two-factor', { twoFactorPassword: PASSWORD })
    const key = new URL(enrolled.totpUri).searchParams.get('secret') ?? ''
    return [tokenOf(invited), tokenOf(reset), key, ...enrolled.backupCodes]
  }

  test('no answer holds a secret that was handed in', () => nothingOf(pages, secrets, 'An answer'))

  test('no table holds one either, but for the one of sessions, which are what they are', async () => {
    const { db } = product.world.database
    const { rows } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = 'public'`.execute(db)
    expect(rows.length).toBeGreaterThan(20)
    for (const { name } of rows) {
      if (name === 'sessions') continue
      const { rows: all } = await sql<{ text: string }>`select coalesce(string_agg(x::text, ' '), '') as text
        from ${sql.table(name)} x`.execute(db)
      nothingOf(all[0]?.text ?? '', secrets, name)
    }
  })

  test('a fault tells its number and nothing else, on a line of its own', async () => {
    const { db } = product.world.database
    const workspace = await product.world.workspace('Elsewhere')
    const owner = await product.world.person(workspace, 'owner')
    const cookie = await product.signIn(owner)
    const tenant = await product.world.readyTenant(workspace)
    expect(product.logged).toEqual([])
    for (const table of ['credentials', 'notifications', 'api_keys', 'idempotency_keys'])
      await sql`alter table ${sql.table(table)} rename to ${sql.ref(`${table}_away`)}`.execute(db)
    const one = `/admin/provider-connections/${tenant.connectionId}`
    const asked: readonly (readonly [method: string, path: string, body?: string])[] = [
      ['POST', `${one}/credential`, `clientSecret=${encodeURIComponent(SECOND)}`],
      ['POST', `${one}/credential/certificate`, `pem=${encodeURIComponent(pemOf(GIVEN, GIVEN))}`],
      ['POST', `${one}/credential/generate`, ''],
      ['GET', '/admin/notifications?a=%0a{"level":50}'],
      ['GET', `/admin/t/${tenant.directoryId}`],
      ['POST', '/admin/api-keys', 'name=x'],
      ['POST', `/admin/t/${tenant.directoryId}/provider-actions/provider.connection.check/start`, ''],
    ]
    for (const [method, path, body] of asked)
      for (const accept of ['text/html', 'application/json']) {
        const answer = await product.ask(method, path, { cookie, accept, ...FORM }, body)
        const text = await answer.text()
        expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '5'])
        expect(text).not.toMatch(/\n\s+at |node_modules|_away|relation|select|column/)
        nothingOf(text, secrets, path)
      }
    for (const table of ['credentials', 'notifications', 'api_keys', 'idempotency_keys'])
      await sql`alter table ${sql.ref(`${table}_away`)} rename to ${sql.table(table)}`.execute(db)
    expect(product.logged).toHaveLength(asked.length * 2)
    for (const line of product.logged) {
      expect(line.trimEnd()).not.toContain('\n')
      expect(JSON.parse(line)).toMatchObject({ level: 50, correlationId: expect.any(String) })
      nothingOf(line, secrets, 'The log')
    }
    const audited = await db
      .selectFrom('audit_records')
      .selectAll()
      .where('outcome', '=', 'undecided')
      .execute()
    nothingOf(JSON.stringify(audited), secrets, 'The audit')
  })
})

describe('in what a process writes', () => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct({ LOG_LEVEL: 'debug' })
  }, 180_000)
  let isStopped = false
  afterAll(() => (isStopped ? undefined : product?.stop()))

  test('everything after its greeting is JSON, line by line, and holds no secret', async () => {
    const form = `${new URLSearchParams({ email: 'owner@contoso.example', password: 'demo-demo-demo' })}`
    const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
      fetch(product.url + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) })
    const cookie = cookieOf(await send('POST', '/sign-in', FORM, form))
    const made = await send(
      'POST',
      '/admin/api-keys',
      { cookie, ...JSON_BODY, accept: 'application/json' },
      '{"name":"x"}',
    )
    const { key } = (await made.json()) as { key: string }
    const tenants = await send('GET', '/admin/tenants', { cookie, accept: 'application/json' })
    const [tenant] = ((await tenants.json()) as { tenants: { id: string }[] }).tenants
    const wanted = { tenant: tenant?.id, label: 'App', clientId: randomUUID(), clientSecret: SECRET }
    const body = JSON.stringify(wanted)
    const added = await send(
      'POST',
      '/admin/provider-connections',
      { cookie, ...JSON_BODY, accept: 'application/json' },
      body,
    )
    expect(added.status).toBe(201)
    const withKey = { ...wanted, clientId: randomUUID(), way: 'certificate', pem: pemOf(GIVEN, GIVEN) }
    const certified = await send(
      'POST',
      '/admin/provider-connections',
      { cookie, ...JSON_BODY, accept: 'application/json' },
      JSON.stringify(withKey),
    )
    expect(certified.status).toBe(201)
    const { id } = (await added.json()) as { id: number }
    const authorization = `Bearer ${key}`
    for (const connection of [id, ((await certified.json()) as { id: number }).id]) {
      const check = `/admin/provider-connections/${connection}/actions/provider.connection.check/start`
      const started = (await (await send('POST', check, { authorization })).json()) as {
        run: { url: string }
      }
      await expect
        .poll(
          async () => (await (await send('GET', started.run.url, { authorization })).json()).executionStatus,
        )
        .toBe('completed')
    }
    await send(
      'POST',
      '/sign-in',
      FORM,
      `email=owner%40contoso.example&password=${encodeURIComponent(SECOND)}`,
    )
    await send('POST', '/api/auth/sign-in/email', { 'content-type': 'text/plain; x=\\n{' }, SECOND)
    await send('GET', '/admin/tenants', { authorization: `Bearer ${SECOND}` })
    await send('POST', '/admin/tenants', { cookie, origin: 'https://evil.example' }, SECOND)
    await send(
      'POST',
      '/api/auth/sign-in/email',
      JSON_BODY,
      `{"email":"a@b.cd","password":"${SECOND}","callbackURL":"https://e.example/%0a"}`,
    )
    await product.stop()
    isStopped = true

    const [greeting = '', rest = ''] = product
      .output()
      .split(/(?<=readonly@contoso\.example.*\n.*fabrikam\.example.*\n)/)
    expect(greeting).toContain('TenantPilot')
    for (const line of rest.split('\n').filter((each) => each.trim()))
      expect(() => JSON.parse(line), line).not.toThrow()
    const session = cookie.split('=')[1]?.split('.')[0] ?? ''
    nothingOf(
      product.output(),
      [
        SECRET,
        SECOND,
        ...linesOf(GIVEN.privateKey),
        key,
        session,
        decodeURIComponent(cookie.split('=')[1] ?? ''),
      ],
      'The output',
    )
  })
})
