import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import { startWhenFree } from '../../src/engine/waiting/index.ts'

import { FILTER_FIELDS } from '../../src/features/operations/run-filter.ts'

import { openSession } from '../world/bootstrap-scene.ts'

import { type SeededTenant, startAsk } from '../world/world.ts'
import { cookieOf, FORM, type InProcess, JSON_BODY, ORIGIN, openInProcess, PASSWORD } from './in-process.ts'
import { MATRIX } from './matrix.table.ts'

type Headers = Record<string, string>
type Ready = SeededTenant & { connectionId: number }

const START = 'application/vnd.tenantpilot.provider-start-outcome+json'
const SYNC = 'directory.role_definitions.sync'
const THEIRS = 'Theirs alone'

let product: InProcess
let workspaceId: number
let owner: PersonalActor
let cookie: string
let tenant: Ready
let runId: number
let waitingStartId: number
let foreign: SeededTenant
let member: number
let invitation: number
let onboarding: number
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner', 'Owner One')
  cookie = await product.signIn(owner)
  tenant = await world.readyTenant(workspaceId)
  const started = await world.start(owner, tenant, SYNC)
  runId = started.kind === 'decided' ? started.outcome.run.id : 0
  const waits = await startWhenFree(world.gate, {
    ...startAsk(owner, tenant, 'directory.groups.sync'),
    actor: owner,
  })
  waitingStartId = waits.kind === 'waits' ? waits.waitingStartId : 0
  foreign = await world.tenant(await world.workspace(THEIRS), { name: THEIRS })
  const onboarded = await world.tenant(workspaceId, { state: 'onboarding' })
  const connectionId = await world.connection(onboarded)
  onboarding = await openSession(world, { ...onboarded, connectionId }, owner)
  const { db } = world.database
  const { userId } = await world.person(workspaceId, 'readonly', 'Somebody')
  const query = db.selectFrom('workspace_memberships').select('id').where('user_id', '=', userId)
  member = (await query.executeTakeFirstOrThrow()).id
  const asked = { email: 'asked@contoso.example', role: 'readonly', reach: 'all', inviter_name: 'Owner One' }
  const expires_at = new Date(Date.now() + 86_400_000)
  const row = { ...asked, workspace_id: workspaceId, token_hash: randomUUID(), expires_at }
  invitation = (await db.insertInto('invitations').values(row).returning('id').executeTakeFirstOrThrow()).id
})
afterAll(() => product?.world.close())

const email = async (person: PersonalActor) =>
  (
    await product.world.database.db
      .selectFrom('users')
      .select('email')
      .where('id', '=', person.userId)
      .executeTakeFirstOrThrow()
  ).email

/** The paths of every POST route, with ids of things that are there. */
const POSTS = MATRIX.filter(({ route }) => route.startsWith('POST ')).map(({ operation, route }) => ({
  route,
  path: () =>
    route
      .replace('POST ', '')
      .replace(':tenant', tenant.directoryId)
      .replace(':connection', String(tenant.connectionId))
      .replace(':run', String(runId))
      .replace(':waiting', String(waitingStartId))
      .replace(':member', String(member))
      .replace(':invitation', String(invitation))
      .replace(':onboarding', String(onboarding))
      .replace(':operation', operation ?? '')
      .replace(/:\w+/, 'x'),
}))

const startPath = ({ directoryId }: { directoryId: string } = tenant, operation = SYNC) =>
  `/admin/t/${directoryId}/provider-actions/${operation}/start`

/** What no answer may ever be: a fault, a stack trace, or a word about somebody else's. */
async function expectOrderly(answer: Response, what: string): Promise<string> {
  const text = await answer.text()
  expect(answer.status, what).toBeLessThan(500)
  expect(text, what).not.toMatch(/\n\s+at |node_modules|\.tsx?:\d|Kysely|PGlite|violates|syntax error/)
  expect(text, what).not.toContain(THEIRS)
  return text
}

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const everyField = (value: string) =>
  `{${[
    'name',
    'directoryId',
    'domain',
    'tenant',
    'label',
    'clientId',
    'clientSecret',
    'expiresOn',
    'pem',
    'way',
    'email',
    'password',
    'workspace',
    'next',
    'id',
    'days',
    'language',
    'theme',
    'timeZone',
    'mostRole',
    'reach',
    'tenants',
    'operationsDays',
    'auditDays',
    'notificationsDays',
    'directoryDays',
    'complianceDays',
    'providerConnectionId',
    'sourceSurface',
    'targetContext',
    'role',
    'reach',
    'tenants',
    'currentPassword',
    'twoFactorPassword',
    'code',
    'why',
    'letters',
  ]
    .map((name) => `"${name}":${value}`)
    .join(',')}}`

/** Bodies that say nothing that can be read; each is refused as what it is. */
const UNREADABLE: readonly [what: string, status: number, body: BodyInit, headers?: Headers][] = [
  ['half an object', 422, '{'],
  ['an object and more', 422, '{"a":1} x'],
  ['a list', 422, '[]'],
  ['a text', 422, '"x"'],
  ['nothing but null', 422, 'null'],
  ['an object that is too deep', 422, deep(40)],
  ['an object that is far too deep', 422, deep(9000)],
  ['lists in lists', 422, `{"a":${'['.repeat(30_000)}`],
  ['70 kB', 413, `{"a":"${'x'.repeat(70_000)}"}`],
  ['2 MB', 413, `{"a":"${'x'.repeat(2_000_000)}"}`],
  ['a form of 2 MB', 413, `a=${'x'.repeat(2_000_000)}`, FORM],
  ['UTF-16', 415, Buffer.from('{"a":1}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
  ['UTF-16 that calls itself UTF-8', 422, Buffer.from('\ufeff{"a":1}', 'utf16le')],
  ['Latin-1 that says so', 415, '{"a":1}', { 'content-type': 'application/json;charset="ISO-8859-1"' }],
  ['Latin-1 that does not', 422, Buffer.from('{"name":"é"}', 'latin1')],
  ['half a character', 422, Buffer.from([0x7b, 0x22, 0xe2, 0x82, 0x22, 0x7d])],
  ['an overlong character', 422, Buffer.from([0x22, 0xc0, 0x80, 0x22])],
  ['no content type', 415, Buffer.from('{"a":1}'), { 'content-type': '' }],
  ['plain text', 415, '{"a":1}', { 'content-type': 'text/plain' }],
  ['XML', 415, '<a/>', { 'content-type': 'text/xml' }],
  ['parts without a boundary', 415, 'x', { 'content-type': 'multipart/form-data' }],
  ['parts with a boundary', 415, '--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['something like JSON', 415, '{}', { 'content-type': 'application/jsonp' }],
  ['a content type of 5000 characters', 415, '{}', { 'content-type': `application/${'x'.repeat(5000)}` }],
]

/** Bodies that can be read and hold what nobody expects there. */
const STRANGE: readonly [what: string, body: BodyInit, headers?: Headers][] = [
  ['objects for fields', everyField('{"toString":1}')],
  ['lists for fields', everyField('[[]]')],
  ['numbers for fields', everyField('1e999')],
  ['true for fields', everyField('true')],
  ['NUL in fields', everyField('"a\\u0000b"')],
  ['half a surrogate', everyField('"\\ud800"')],
  ['line breaks in fields', everyField('"a\\r\\nSet-Cookie: b=c"')],
  ['a turned direction', everyField('"\\u202egnp.exe"')],
  ['5000 characters', everyField(`"${'x'.repeat(3000)}"`)],
  ['duplicate keys', '{"name":1,"name":{},"providerConnectionId":"x","providerConnectionId":null}'],
  [
    '__proto__',
    '{"__proto__":{"providerConnectionId":1,"name":"x"},"constructor":{"prototype":{"name":"x"}}}',
  ],
  ['a form of __proto__', '__proto__=x&constructor=y&__proto__[name]=z&name[]=1', FORM],
  ['a form of half percents', 'name=%&directoryId=%zz&%=%&providerConnectionId=%ff', FORM],
  ['upper case JSON', '{}', { 'content-type': 'APPLICATION/JSON ; Charset="UTF-8"' }],
  ['a byte order mark', '\ufeff{}'],
]

/** Routes whose request is the path alone; a body changes nothing about them. */
const BODILESS =
  /make-default|enable|disable|cancel|revoke|archive|reactivate|sign-out|remove|renew|reset-link|consent|credential\/(generate|discard)|onboarding$/
/** The library's own path reads by its own rules, and a link that is none is not there at all. */
const OWN_RULES = /api\/auth|:token/

describe.each(POSTS)('$route', ({ path, route }) => {
  let session: string
  beforeAll(async () => {
    session = route.includes('sign-out') ? await signedIn() : cookie
  })
  const send = (body: BodyInit, headers: Headers = JSON_BODY) =>
    product.ask('POST', path(), { cookie: session, accept: 'application/json', ...headers }, body)

  test('refuses what it cannot read as what it is, and changes nothing', async () => {
    if (BODILESS.test(route)) return
    const before = await product.contents()
    for (const [what, status, body, headers] of UNREADABLE) {
      const answer = await send(body, headers)
      await expectOrderly(answer, what)
      if (OWN_RULES.test(route)) expect(answer.status, what).toBeGreaterThanOrEqual(400)
      else expect([what, answer.status]).toEqual([what, status])
    }
    expect(await product.contents()).toEqual(before)
  })

  test('takes strange fields for what they are, and changes nothing when it refuses them', async () => {
    for (const [what, body, headers] of STRANGE) {
      const before = await product.contents()
      const answer = await send(body, headers)
      await expectOrderly(answer, what)
      if (answer.status >= 400) expect(await product.contents(), what).toEqual(before)
    }
    expect({}).not.toHaveProperty('name')
  })

  test('does nothing for the page of another site', async () => {
    const before = await product.contents()
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${ORIGIN}.evil.example` },
      { origin: `${ORIGIN}:81` },
      { origin: ORIGIN.replace('http:', 'https:') },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: ORIGIN },
      { 'sec-fetch-site': 'something-new' },
    ] as Headers[])
      for (const content of [FORM, JSON_BODY, { 'content-type': 'text/plain' }]) {
        const answer = await product.ask('POST', path(), { cookie, ...headers, ...content }, '{}')
        expect(answer.status, JSON.stringify(headers)).toBe(403)
      }
    expect(await product.contents()).toEqual(before)
    expect((await product.ask('GET', '/admin/tenants', { cookie })).status).toBe(200)
  })
})

/** One more session of the owner. */
async function signedIn(headers: Headers = {}): Promise<string> {
  const form = `${new URLSearchParams({ email: await email(owner), password: PASSWORD })}`
  return cookieOf(await product.ask('POST', '/sign-in', { ...FORM, ...headers }, form))
}

test('a form without fields and fields that do not fit leave the settings as they are', async () => {
  const save = (body: string) => product.ask('POST', '/admin/settings', { cookie, ...FORM }, body)
  expect((await save('language=de&theme=dark&timeZone=Europe%2FBerlin')).status).toBe(303)
  const before = await product.contents()
  for (const wrong of ['language=fr', 'theme=pink', 'timeZone=Mars%2FOlympus', 'language=de&theme=__proto__'])
    expect((await save(wrong)).status, wrong).toBe(422)
  expect(await product.contents()).toEqual(before)
  expect((await save('language=en&theme=&timeZone=')).status).toBe(303)
})

test('a notification that is named wrongly does not stand for all of them', async () => {
  await product.ask('POST', '/admin/notifications/read', { cookie })
  const started = await product.world.start(owner, await product.world.readyTenant(workspaceId), SYNC)
  const run = started.kind === 'decided' ? started.outcome.run.id : 0
  await product.ask('POST', `/admin/operations/${run}/cancel`, { cookie })
  const unread = async () => {
    const answer = await product.ask('GET', '/admin/notifications', { cookie, accept: 'application/json' })
    const { notifications } = (await answer.json()) as { notifications: { read: boolean }[] }
    return notifications.filter(({ read }) => !read).length
  }
  expect(await unread()).toBe(1)
  for (const id of ['', 'all', '0', '-1', '1.5', '%00', '9'.repeat(400)]) {
    const answer = await product.ask('POST', '/admin/notifications/read', { cookie, ...FORM }, `id=${id}x`)
    expect(answer.status).toBe(404)
  }
  expect(await unread()).toBe(1)
})

describe('a filter in the address of the operations', () => {
  const STRANGE = [
    "' or 1=1 --",
    "'; drop table operation_runs; --",
    '1) union select secret from credentials --',
    '$1',
    '{"$ne":null}',
    'constructor',
    '__proto__',
    '../../etc/passwd',
    '%',
    '0x41',
    'NaN',
    '-1',
    '9'.repeat(40),
    '\u0000',
    'infinity',
    '0001-01-01 BC',
    '+275760-09-13T00:00:00Z',
    'x'.repeat(5000),
  ]
  const rowsOf = async (query: string) => {
    const answer = await product.ask('GET', `/admin/operations?${query}`, {
      cookie,
      accept: 'application/json',
    })
    return { status: answer.status, text: await answer.text() }
  }

  test.each(FILTER_FIELDS)(
    '%s takes nothing strange: a page leaves it out, a program is refused',
    async (field) => {
      const before = await product.contents()
      for (const value of STRANGE) {
        const query = `${new URLSearchParams({ [field]: value })}`
        const page = await product.ask('GET', `/admin/operations?${query}`, { cookie, accept: 'text/html' })
        expect([value.slice(0, 40), page.status]).toEqual([value.slice(0, 40), 200])
        const { status, text } = await rowsOf(query)
        if (field === 'initiator' && /^[\w-]{1,64}$/.test(value)) {
          expect(JSON.parse(text)).toEqual({ operations: [] })
          continue
        }
        expect([value.slice(0, 40), status]).toEqual([value.slice(0, 40), 422])
        expect(JSON.parse(text).errors).toMatchObject([{ pointer: expect.stringContaining(field) }])
      }
      expect(await product.contents()).toEqual(before)
    },
  )

  test('that is said twice, or names what is not there, is no fault', async () => {
    for (const query of [
      'status=running&status=queued',
      'status[]=running',
      'tenant[$ne]=1',
      'show=all&show=active',
      'from=2026-03-02&to=2026-03-01',
      FILTER_FIELDS.map((field) => `${field}=x`).join('&'),
    ])
      expect((await product.ask('GET', `/admin/operations?${query}`, { cookie })).status).toBe(200)
  })

  test('of another workspace finds as little as one that is nowhere', async () => {
    const { world } = product
    const stranger = await world.person(foreign.workspaceId, 'owner', 'Stranger')
    await world.start(stranger, await world.readyTenant(foreign.workspaceId), SYNC)
    for (const [theirs, nowhere] of [
      [`tenant=${foreign.directoryId}`, `tenant=${randomUUID()}`],
      [`initiator=${stranger.userId}`, 'initiator=nobody'],
    ] as const)
      expect(await rowsOf(theirs)).toEqual(await rowsOf(nowhere))
  })
})

describe('Accept', () => {
  const key = { authorization: '' }
  beforeAll(async () => {
    key.authorization = await product.key(owner, workspaceId)
  })
  const HTML = 'text/html; charset=UTF-8'
  const ACCEPTS: readonly [accept: string, browser: string | 406, program?: string | 406][] = [
    ['', HTML, START],
    ['*/*', HTML, START],
    ['text/html', HTML],
    ['text/*', HTML],
    [START, START],
    ['application/json', START],
    ['application/*', START],
    ['APPLICATION/JSON', START],
    ['text/html;q=0.5, application/json', START],
    ['text/html;q=0.5, application/json;q=0.4', HTML],
    ['text/html;q=0, */*', START],
    ['application/json;q=0, application/*;q=0, */*', HTML],
    [`${START};q=0, application/json;q=0, */*`, HTML],
    ['*/*;q=0', 406],
    ['text/html;q=0', 406],
    ['text/html;q=0.000', 406],
    ['application/json;q=0, text/html;q=0', 406],
    ['image/png', 406],
    ['application/xml, text/plain', 406],
    ['application/vnd.somebody.else+json', 406],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', HTML],
    ['application/json, text/plain, */*', START],
    ['*/*, application/json', START],
    [`text/html;q=0.9, ${START};q=0.9`, HTML],
    [`${START};q=0.9, text/html;q=0.9`, START],
    ['text/html;level=1', HTML],
    [',,,;;;q=,', 406],
    ['text/html;q="0.3', HTML],
    ['/', 406],
    ['\u00ff', 406],
    ['x'.repeat(10_000), 406],
    [Array(1000).fill('a/b;q=0.1').join(','), 406],
    [`${Array(1000).fill('a/b').join(',')},application/json;q=0.001`, START],
    [`text/html;${'a="'.repeat(3000)}`, HTML],
  ]
  const named = ACCEPTS.map(([accept, browser, program = browser]) => ({
    name: accept.slice(0, 60),
    accept,
    browser,
    program,
  }))
  test.each(named)('"$name"', async ({ accept, browser, program }) => {
    const asked = async (who: Headers) => {
      const answer = await product.ask('GET', startPath().replace(/start$/, 'explain'), { ...who, accept })
      await expectOrderly(answer, accept.slice(0, 50))
      if (answer.status === 406) return 406
      expect(answer.status).toBe(200)
      return answer.headers.get('content-type')
    }
    // An explanation is JSON for everybody who takes either form; the start itself has both.
    expect((await asked({ cookie })) === 406).toBe(browser === 406)
    const start = async (who: Headers) => {
      const answer = await product.ask('POST', startPath(foreign), { ...who, accept })
      return answer.status === 406 ? 406 : answer.headers.get('content-type')
    }
    const problem = (wanted: string | 406) => (wanted === START ? 'application/problem+json' : wanted)
    if (browser !== 406) expect(await start({ cookie })).toBe(problem(browser))
    const real = await product.ask('POST', startPath(), { cookie, accept })
    expect(real.status === 406 ? 406 : real.headers.get('content-type')).toBe(browser)
    const byKey = await product.ask('POST', startPath(), { ...key, accept })
    expect(byKey.status === 406 ? 406 : byKey.headers.get('content-type')).toBe(program)
  })
})

describe('an Idempotency-Key', () => {
  const start = (key: string, body = '{}', headers: Headers = {}, at: { directoryId: string } = tenant) =>
    product.ask(
      'POST',
      startPath(at),
      { cookie, accept: START, ...JSON_BODY, 'idempotency-key': key, ...headers },
      body,
    )
  const runs = async () => {
    const { db } = product.world.database
    return (await db.selectFrom('operation_runs').select('id').execute()).length
  }

  test('repeats its answer byte for byte, whatever became of the tenant since', async () => {
    const fresh = await product.world.readyTenant(workspaceId)
    const key = randomUUID()
    const first = await start(key, '{"sourceSurface":"a","more":[1]}', {}, fresh)
    const text = await first.text()
    expect(JSON.parse(text).status).toBe('accepted')
    const before = await runs()
    await product.world.database.db
      .updateTable('tenants')
      .set({ state: 'archived', archived_at: new Date() })
      .where('id', '=', fresh.id)
      .execute()
    for (const body of ['{"sourceSurface":"a","more":[1]}', '{ "more" : [1], "sourceSurface":"a" }']) {
      const again = await start(key, body, {}, fresh)
      expect([again.status, await again.text()]).toEqual([200, text])
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    }
    expect(await runs()).toBe(before)
  })

  test('belongs to one request: another body, path or way to say it is 422 and starts nothing', async () => {
    const key = randomUUID()
    expect((await start(key, '{"sourceSurface":"a"}')).status).toBe(200)
    const before = await product.contents()
    const other = await product.world.readyTenant(workspaceId)
    for (const [body, at] of [
      ['{"sourceSurface":"b"}', tenant],
      ['{}', tenant],
      ['{"sourceSurface":"a","__proto__":{"x":1}}', tenant],
      ['{"sourceSurface":"a"}', other],
    ] as const) {
      const answer = await start(key, body, {}, at)
      expect([body, answer.status]).toEqual([body, 422])
      expect(await answer.text()).not.toContain('Operation')
    }
    const after = await product.contents()
    for (const table of ['operation_runs', 'idempotency_keys', 'notifications'])
      expect(after[`public.${table}`]).toBe(before[`public.${table}`])
  })

  test('that is used twice at once starts once', async () => {
    const fresh = await product.world.readyTenant(workspaceId)
    const key = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => start(key, '{}', {}, fresh)))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect(new Set(texts.filter((_, place) => answers[place]?.status === 200)).size).toBe(1)
  })

  test('of somebody else means nothing and tells nothing', async () => {
    const fresh = await product.world.readyTenant(workspaceId)
    const key = randomUUID()
    const mine = (await (await start(key, '{}', {}, fresh)).json()) as { status: string; run: { id: number } }
    const { world } = product
    const colleague = await product.signIn(await world.person(workspaceId, 'operator', 'Colleague'))
    const theirs = await (await start(key, '{}', { cookie: colleague }, fresh)).json()
    expect([mine.status, (theirs as typeof mine).status]).toEqual(['accepted', 'deduped'])
    const stranger = await product.signIn(
      await world.person(await world.workspace('Elsewhere'), 'owner', 'Stranger'),
    )
    expect((await start(key, '{}', { cookie: stranger }, fresh)).status).toBe(404)
    const reader = await product.signIn(await world.person(workspaceId, 'readonly', 'Reader'))
    expect((await start(key, '{}', { cookie: reader }, fresh)).status).toBe(403)
  })

  test.each([
    ['of 255 characters', 'k'.repeat(255), 200],
    ['of 256 characters', 'k'.repeat(256), 422],
    ['of none', '', 422],
    ['beyond ASCII', 'schl\u00fcssel', 200],
    ['of SQL', "'; drop table operation_runs; --", 200],
    ['of a name every object has', '__proto__', 200],
  ])('%s', async (_what, key, status) => {
    const answers = [await start(key), await start(key)]
    expect(answers.map((answer) => answer.status)).toEqual([status, status])
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()))
    expect(second).toBe(first)
  })

  test('that is wrong is judged after who may see and do this', async () => {
    const { world } = product
    const reader = await product.signIn(await world.person(workspaceId, 'readonly', 'Another Reader'))
    expect((await start('', '{}', {}, foreign)).status).toBe(404)
    expect((await start('', '{}', { cookie: reader })).status).toBe(403)
    expect((await start('', '{}', { cookie: '' })).status).toBe(401)
  })

  test('keeps no answer that was none', async () => {
    const key = randomUUID()
    expect((await start(key, '{"providerConnectionId":"x"}')).status).toBe(422)
    expect((await start(key)).status).toBe(200)
  })
})

describe('a session', () => {
  const statusWith = async (value: string) =>
    (await product.ask('GET', '/admin/tenants', { cookie: value, accept: 'application/json' })).status

  test('is new at every sign-in, and one planted beforehand is worth nothing', async () => {
    const [name = '', real = ''] = (await signedIn()).split('=')
    const planted = `${name}=planted-by-somebody.${real.split('.')[1] ?? ''}`
    const made = await signedIn({ cookie: planted })
    expect(made).not.toContain('planted-by-somebody')
    expect(await statusWith(made)).toBe(200)
    for (const value of [planted, `${name}=planted-by-somebody`, `${name}=${real.split('.')[0]}`, `${name}=`])
      expect(await statusWith(value), value).toBe(401)
    const again = await signedIn({ cookie: made })
    expect(again).not.toBe(made)
    expect(await statusWith(again)).toBe(200)
  })

  test('that somebody else planted stays theirs: signing in over it does not share it', async () => {
    const attacker = await product.world.person(
      await product.world.workspace('Attackers'),
      'owner',
      'Attacker',
    )
    const theirs = await product.signIn(attacker)
    const made = await signedIn({ cookie: theirs })
    expect(made).not.toBe(theirs)
    const page = await (await product.ask('GET', '/admin', { cookie: theirs })).text()
    expect(page).toContain('Attacker')
    expect(page).not.toContain('Owner One')
  })

  test('is dead after signing out, and takes no other with it', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const answer = await product.ask('POST', '/sign-out', { cookie: one })
    expect(answer.headers.getSetCookie().join()).toMatch(/Max-Age=0/i)
    expect([await statusWith(one), await statusWith(other)]).toEqual([401, 200])
  })

  test('comes in a cookie that scripts and other sites do not get', async () => {
    const form = `${new URLSearchParams({ email: await email(owner), password: PASSWORD })}`
    for (const text of (await product.ask('POST', '/sign-in', FORM, form)).headers.getSetCookie()) {
      expect(text).toMatch(/; HttpOnly/i)
      expect(text).toMatch(/; SameSite=Lax/i)
      expect(text).not.toMatch(/; Domain=/i)
    }
  })

  test('is not to be had over the paths of the library that are not ours to offer', async () => {
    for (const path of [
      'get-session',
      'list-sessions',
      'sign-up/email',
      'update-user',
      'api-key/create',
      'api-key/list',
      'change-password',
      'sign-out',
      'delete-user',
      'ok',
      'error',
      'revoke-sessions',
      'two-factor/enable',
      'two-factor/disable',
      'two-factor/verify-totp',
      'two-factor/generate-backup-codes',
      'request-password-reset',
      'reset-password',
      'verify-password',
    ])
      for (const method of ['GET', 'POST']) {
        const answer = await product.ask(
          method,
          `/api/auth/${path}`,
          { cookie, ...JSON_BODY, accept: 'application/json' },
          method === 'POST' ? '{}' : undefined,
        )
        expect([path, answer.status]).toEqual([path, 404])
      }
  })
})

describe('after signing in', () => {
  const NEXT = [
    'https://evil.example',
    'HTTPS:evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/%2f%2fevil.example/..',
    '%2f%2fevil.example',
    '/%5cevil.example',
    '/./%2f/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    'javascript:alert(1)',
    '/\tjavascript:alert(1)',
    '/\t/evil.example',
    '/\r\nLocation: https://evil.example',
    '/\u0000/evil.example',
    '/\u0085/evil.example',
    '/\u2028/evil.example',
    '/@evil.example',
    'data:text/html,x',
    'evil.example',
    ' /admin',
    '/\ud800',
    `/${'x'.repeat(5000)}`,
  ]
  const named = NEXT.map((next) => [next.slice(0, 60), next] as const)
  test.each(named)('nobody is led elsewhere: %j', async (_name, next) => {
    const form = `${new URLSearchParams({ email: await email(owner), password: PASSWORD, next })}`
    const answers = [
      await product.ask('POST', '/sign-in', FORM, form),
      await product.ask('GET', `/sign-in?${new URLSearchParams({ next })}`, { cookie }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(303)
      const location = answer.headers.get('location') ?? ''
      expect(location).toMatch(/^\/(?![/\\])/)
      expect(location).not.toMatch(/\p{Cc}/u)
      expect(new URL(location, ORIGIN).origin).toBe(ORIGIN)
      expect(new URL(decodeURIComponent(location.replace(/%(?![\da-f]{2})/gi, '%25')), ORIGIN).protocol).toBe(
        'http:',
      )
    }
    const page = await (await product.ask('GET', `/sign-in?${new URLSearchParams({ next })}`)).text()
    expect(page).not.toMatch(/value="(https?:|\/\/|\/\\|javascript:|data:)/i)
  })

  test('nor by the path of the sign-in library', async () => {
    for (const callbackURL of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]) {
      const body = JSON.stringify({ email: await email(owner), password: PASSWORD, callbackURL })
      const answer = await product.ask('POST', '/api/auth/sign-in/email', JSON_BODY, body)
      expect(answer.status, callbackURL).toBe(403)
      expect(answer.headers.get('location')).toBeNull()
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })
})

test('whatever was tried, nothing was a fault and every line of the log is one object', () => {
  for (const line of product.logged) expect(() => JSON.parse(line), line).not.toThrow()
  expect(product.logged).toEqual([])
})
