import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOfToken, issueSetupToken, type PersonalActor } from '../../src/access/index.ts'
import { startWhenFree } from '../../src/engine/waiting/index.ts'
import { FILTER_FIELDS } from '../../src/features/operations/run-filter.ts'
import { openSession } from '../world/bootstrap-scene.ts'
import { startAsk } from '../world/world.ts'
import { FORM, type InProcess, JSON_BODY, openInProcess } from './in-process.ts'
import { MATRIX } from './matrix.table.ts'

const SYNC = 'directory.role_definitions.sync'

/** A name that breaks out of text, attributes, scripts, header lines and log lines wherever it can. */
const nasty = (what: string, length: number) =>
  `${what} </title></script><script>alert("${what}")</script>"'><img src=x onerror=alert(1)>&lt;&#34;\r\nSet-Cookie: ${what}=1\t`
    .padEnd(length, 'x')
    .slice(0, length)

/** The same from Microsoft, which may turn directions too. */
const TURNED = '\u202egnp.exe\u2066\u200f\u061c'

let product: InProcess
let owner: PersonalActor
let cookie: string
let ids: Record<string, string>
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const { db } = world.database
  const workspaceId = await world.workspace(nasty('Workspace', 200))
  await world.workspace('Another')
  owner = await world.person(workspaceId, 'owner', nasty('Person', 500))
  cookie = await product.signIn(owner)
  const tenant = await world.tenant(workspaceId, { name: nasty('Tenant', 500) })
  const connection = await world.connection(tenant, { label: nasty('Connection', 500) })
  const busy = await world.tenant(workspaceId, { name: nasty('Busy', 500) })
  await world.connection(busy, { label: nasty('Second', 500) })
  await world.start(owner, busy, 'directory.groups.sync')
  const started = await world.start(owner, tenant, SYNC)
  const run = started.kind === 'decided' ? started.outcome.run.id : 0
  const waits = await startWhenFree(world.gate, {
    ...startAsk(owner, tenant, 'directory.groups.sync'),
    actor: owner,
  })
  const policy = randomUUID()
  const id = `scripts.${policy}`
  const script = Buffer.from(TURNED + nasty('Script', 500)).toString('base64')
  await db
    .insertInto('inventory_items')
    .values({
      tenant_id: tenant.id,
      type: 'scripts',
      policy_id: policy,
      display_name: TURNED + nasty('Policy', 500),
      description: TURNED + nasty('Description', 500),
      raw: sql`${JSON.stringify({ [nasty('Setting', 90)]: nasty('Value', 500), scriptContent: script })}::text::jsonb`,
      last_seen_run_id: run,
    })
    .execute()
  await db
    .insertInto('directory_role_definitions')
    .values({
      tenant_id: tenant.id,
      role_definition_id: id,
      display_name: TURNED + nasty('Role', 500),
      description: TURNED + nasty('Description', 500),
      is_built_in: false,
      is_enabled: true,
      raw: sql`${JSON.stringify({ displayName: TURNED + nasty('Raw', 500), templateId: nasty('Template', 50) })}::text::jsonb`,
      content_hash: 'x',
      last_seen_run_id: run,
    })
    .execute()
  await db
    .insertInto('directory_groups')
    .values({
      tenant_id: tenant.id,
      group_id: id,
      display_name: TURNED + nasty('Group', 500),
      description: TURNED + nasty('Description', 500),
      mail: nasty('Mail', 300),
      kind: 'security',
      membership_rule: TURNED + nasty('Rule', 500),
      raw: sql`${JSON.stringify({ displayName: TURNED + nasty('Raw', 500) })}::text::jsonb`,
      full_sync: 1,
      last_seen_run_id: run,
    })
    .execute()
  await db
    .insertInto('compliance_devices')
    .values({
      tenant_id: tenant.id,
      device_id: id,
      display_name: TURNED + nasty('Device', 500),
      user_name: TURNED + nasty('User', 500),
      serial_number: nasty('Serial', 100),
      operating_system: TURNED + nasty('System', 100),
      os_version: nasty('Version', 100),
      system: 'other',
      compliance_state: 'noncompliant',
      managed_by: TURNED + nasty('Manager', 100),
      raw: sql`${JSON.stringify({ deviceName: TURNED + nasty('Raw', 500) })}::text::jsonb`,
      last_seen_run_id: run,
    })
    .execute()
  await product.key(owner, workspaceId)
  await db
    .updateTable('api_keys')
    .set({ name: nasty('Key', 500) })
    .execute()
  await product.ask('POST', `/admin/operations/${run}/cancel`, { cookie })
  await sql`insert into freeze_windows (tenant_id, why, author_name)
    values (${busy.id}, ${nasty('Freeze', 500)}, ${nasty('Author', 500)})`.execute(db)
  const membership = db.selectFrom('workspace_memberships').select('id').where('user_id', '=', owner.userId)
  const asked = {
    email: 'asked@contoso.example',
    role: 'readonly',
    reach: 'all',
    inviter_name: nasty('Inviter', 500),
  }
  const expires_at = new Date(Date.now() + 86_400_000)
  const row = { ...asked, workspace_id: workspaceId, token_hash: hashOfToken('nasty'), expires_at }
  await db.insertInto('invitations').values(row).execute()
  await db
    .updateTable('sessions')
    .set({ user_agent: nasty('Browser', 500), ip_address: nasty('Address', 90) })
    .execute()
  const onboarded = await world.tenant(workspaceId, { name: nasty('Onboarded', 500), state: 'onboarding' })
  const connectionId = await world.connection(onboarded, { label: nasty('Chosen', 500) })
  const session = await openSession(world, { ...onboarded, connectionId }, owner)
  await db
    .updateTable('onboarding_sessions')
    .set({ begun_by_name: nasty('Beginner', 500), changed_by_name: nasty('Changer', 500) })
    .where('id', '=', session)
    .execute()
  ids = {
    onboarding: String(session),
    waiting: String(waits.kind === 'waits' ? waits.waitingStartId : ''),
    member: String((await membership.executeTakeFirstOrThrow()).id),
    token: 'nasty',
    tenant: tenant.directoryId,
    busy: busy.directoryId,
    connection: String(connection),
    run: String(run),
    id,
  }
})
afterAll(() => product?.world.close())

const PAGES = MATRIX.filter(({ route }) => /^GET \/(admin|sign-in|docs|invitations|forgot)/.test(route)).map(
  ({ operation, route }) => ({
    route,
    path: () =>
      route
        .replace('GET ', '')
        .replace(':operation', operation ?? SYNC)
        .replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'x'),
  }),
)

/** Fails wherever a name is more than text: in the page, in its head, in the header lines. */
async function expectOnlyText(answer: Response, what: string): Promise<string> {
  const text = await answer.text()
  expect(answer.status, what).toBeLessThan(500)
  expect(answer.headers.get('set-cookie'), what).toBeNull()
  for (const [name, value] of answer.headers)
    expect(`${name}: ${value}`).not.toMatch(/alert|onerror|Person|Tenant </)
  if (!answer.headers.get('content-type')?.startsWith('text/html')) {
    if (answer.status !== 303) expect(() => JSON.parse(text)).not.toThrow()
    return text
  }
  const tags = text.replace(/="[^"]*"/g, '')
  expect(tags.match(/<script>|<img|<[^>]*\sonerror|"'|alert\("/gi), what).toBeNull()
  expect(text.match(/<\/title>/g)?.length ?? 0, what).toBeLessThanOrEqual(1)
  expect(tags.match(/\p{Bidi_Control}/gu), what).toBeNull()
  return text
}

describe.each(['en', 'de'])('in %s', (language) => {
  test.each(PAGES)('$route shows names as text', async ({ path }) => {
    const seen = new Set<string>()
    for (const headers of [{}, { 'hx-request': 'true' }, { accept: 'application/json' }]) {
      const answer = await product.ask('GET', path(), { cookie, 'accept-language': language, ...headers })
      const text = await expectOnlyText(answer, path())
      for (const [name] of text.matchAll(
        /(Person|Tenant|Connection|Role|Key|Workspace|Inviter|Address) &lt;/g,
      ))
        seen.add(name)
    }
    if (path() === '/admin/api-keys')
      expect([...seen]).toEqual(expect.arrayContaining(['Person &lt;', 'Key &lt;']))
    if (path() === '/admin/members')
      expect([...seen]).toEqual(expect.arrayContaining(['Person &lt;', 'Inviter &lt;']))
    if (path() === '/admin/account') expect(seen).toContain('Address &lt;')
    if (/^\/admin\/t\/(?!.*\/(explain|reactivate)$)/.test(path())) expect(seen).toContain('Tenant &lt;')
  })

  test('answers to starts show names as text', async () => {
    for (const tenant of [ids.tenant, ids.busy])
      for (const operation of [SYNC, 'provider.connection.check', 'directory.groups.sync'])
        for (const headers of [{}, { 'hx-request': 'true' }, { accept: 'application/json' }]) {
          const path = `/admin/t/${tenant}/provider-actions/${operation}/start`
          const answer = await product.ask('POST', path, { cookie, 'accept-language': language, ...headers })
          expect(answer.status).toBe(200)
          await expectOnlyText(answer, path)
        }
  })
})

const ADDRESSES: readonly (readonly [list: string, path: () => string, fields: readonly string[]])[] = [
  ...['directory/groups', 'directory/role-definitions', 'inventory', 'compliance/devices'].map(
    (list) =>
      [
        list,
        () => `/admin/t/${ids.tenant}/${list}`,
        ['q', 'show', 'sort', 'after', 'before', 'limit'],
      ] as const,
  ),
  ['operations', () => '/admin/operations', ['show', 'before', 'after', 'limit', ...FILTER_FIELDS]],
  ['notifications', () => '/admin/notifications', ['show', 'before', 'after', 'limit']],
  ['waiting starts', () => '/admin/waiting-starts', ['after', 'limit']],
]

test.each(ADDRESSES)('the address of a list of %s is only text', async (_list, address, fields) => {
  const asked = [
    '</title><script>alert("x")</script>',
    `"'><img src=x onerror=alert(1)>`,
    '\u202e',
    '%ff%fe',
    '%00',
    '\\',
  ]
  for (const text of asked)
    for (const field of fields)
      for (const headers of [{}, { 'hx-request': 'true' }, { accept: 'application/json' }]) {
        const value = text.startsWith('%') ? text : encodeURIComponent(text)
        const path = `${address()}?${field}=${value}`
        await expectOnlyText(await product.ask('GET', path, { cookie, ...headers }), path)
      }
})

/** Everything that takes a name from a person, with the field that holds it. */
const NAMED: readonly [
  what: string,
  path: () => string,
  field: string,
  body: () => Record<string, string>,
][] = [
  ['a tenant', () => '/admin/tenants', 'name', () => ({ directoryId: randomUUID() })],
  [
    'a connection',
    () => '/admin/provider-connections',
    'label',
    () => ({ tenant: ids.tenant ?? '', clientId: randomUUID(), clientSecret: 'Qx8~secret.of-an-app' }),
  ],
  [
    'a connection that is there',
    () => `/admin/provider-connections/${ids.connection}`,
    'label',
    () => ({ clientId: randomUUID() }),
  ],
  ['a tenant that is there', () => `/admin/t/${ids.busy}`, 'name', () => ({})],
  ['a key', () => '/admin/api-keys', 'name', () => ({ days: '3' })],
  ['a workspace', () => '/admin/settings/workspace', 'name', () => ({})],
]

const NO_NAMES = [
  'a\u0000b',
  'a\nb',
  'a\r\nSet-Cookie: x=1',
  'a\u0085b',
  'a\u202eb',
  'a\u2066b',
  'a\u200fb',
  'a\u061cb',
  '\u200b',
  '   ',
  '\ud800',
  'x'.repeat(501),
]

describe.each(NAMED)('%s', (_what, path, field, body) => {
  test('cannot be called what would break lines, turn directions or show nothing', async () => {
    const before = await product.contents()
    for (const name of NO_NAMES)
      for (const [headers, text] of [
        [JSON_BODY, JSON.stringify({ ...body(), [field]: name })],
        [FORM, `${new URLSearchParams({ ...body(), [field]: name })}`],
      ] as const) {
        if (headers === FORM && !name.isWellFormed()) continue // a form cannot even say this
        const answer = await product.ask('POST', path(), { cookie, ...headers }, text)
        expect([JSON.stringify(name).slice(0, 20), answer.status]).toEqual([
          JSON.stringify(name).slice(0, 20),
          422,
        ])
        await expectOnlyText(answer, path())
      }
    expect(await product.contents()).toEqual(before)
  })

  test('may be called what is only text', async () => {
    for (const name of [
      '<b>Söhne & "Co"</b>',
      'חברה',
      'شركة · 12',
      '株式会社',
      '👩‍💻 x',
      'O\u2019Brien',
      'x'.repeat(100),
    ])
      for (const accept of ['text/html', 'application/json']) {
        const text = JSON.stringify({ ...body(), [field]: name })
        const answer = await product.ask('POST', path(), { cookie, accept, ...JSON_BODY }, text)
        expect([name, answer.status]).toEqual([name, expect.toBeOneOf([200, 201, 303])])
      }
  })
})

test('the first owner is called by plain text too', async () => {
  const fresh = await openInProcess()
  const token = await issueSetupToken(fresh.world.database.db)
  const good = { name: 'Ada', workspace: 'Contoso', email: 'ada@contoso.example', password: 'x'.repeat(12) }
  const before = await fresh.contents()
  for (const field of ['name', 'workspace', 'email'])
    for (const name of [...NO_NAMES, '', ...(field === 'email' ? ['\u00fc', 'a b', '.a'] : [])]) {
      const text = JSON.stringify({ ...good, [field]: field === 'email' ? `${name}@contoso.example` : name })
      const answer = await fresh.ask('POST', `/set-up/${token}`, JSON_BODY, text)
      expect([field, JSON.stringify(name).slice(0, 20), answer.status]).toEqual([
        field,
        JSON.stringify(name).slice(0, 20),
        422,
      ])
    }
  expect(await fresh.contents()).toEqual(before)
  const done = await fresh.ask('POST', `/set-up/${token}`, JSON_BODY, JSON.stringify(good))
  const again = await fresh.ask('POST', `/set-up/${token}`, JSON_BODY, JSON.stringify(good))
  expect([done.status, again.status]).toEqual([303, 404])
  await fresh.world.close()
})

test('whoever accepts an invitation is called by plain text too', async () => {
  const path = '/invitations/nasty'
  for (const name of [...NO_NAMES, '']) {
    const text = JSON.stringify({ name, password: 'x'.repeat(12) })
    const answer = await product.ask('POST', path, JSON_BODY, text)
    expect([JSON.stringify(name).slice(0, 20), answer.status]).toEqual([
      JSON.stringify(name).slice(0, 20),
      422,
    ])
    await expectOnlyText(answer, path)
  }
  const good = JSON.stringify({ name: '<b>Söhne & "Co"</b>', password: 'x'.repeat(12) })
  expect((await product.ask('POST', path, JSON_BODY, good)).status).toBe(303)
})

test('no line of the log was split, and none was needed', () => {
  expect(product.logged).toEqual([])
})
