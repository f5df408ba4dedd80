import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  cookieOf,
  FORM,
  type InProcess,
  JSON_BODY,
  openInProcess,
  PASSWORD,
} from '../../../tests/http/in-process.ts'
import type { PersonalActor, Role } from '../../access/index.ts'

const JSON_IN = { ...JSON_BODY, accept: 'application/json' }

let product: InProcess
let workspace: number
let owner: PersonalActor
let cookie: string

beforeAll(async () => {
  product = await openInProcess()
  workspace = await product.world.workspace()
  owner = await product.world.person(workspace, 'owner', 'Ada Owner')
  cookie = await product.signIn(owner)
})
afterAll(() => product.world.close())

const db = () => product.world.database.db

async function memberOf(person: PersonalActor, of = workspace): Promise<number> {
  const query = db().selectFrom('workspace_memberships').select('id').where('user_id', '=', person.userId)
  return (await query.where('workspace_id', '=', of).executeTakeFirstOrThrow()).id
}

let people = 0
/** Somebody new in the workspace, with the number of their membership. */
async function somebody(role: Role) {
  people += 1
  const person = await product.world.person(workspace, role, `Person ${people}`)
  return { person, id: await memberOf(person), path: `/admin/members/${await memberOf(person)}` }
}

const send = (path: string, body: object, as = cookie) =>
  product.ask('POST', path, { cookie: as, ...JSON_IN }, JSON.stringify(body))
const form = (path: string, body: Record<string, string>, as = cookie) =>
  product.ask('POST', path, { cookie: as, ...FORM }, `${new URLSearchParams(body)}`)
const get = (path: string, as = cookie, accept = 'text/html') =>
  product.ask('GET', path, { cookie: as, accept })
const deeds = (action: string) =>
  db().selectFrom('audit_records').selectAll().where('action', '=', action).orderBy('id', 'desc').execute()
const accessOf = (id: number) =>
  db().selectFrom('workspace_memberships').select(['role', 'reach']).where('id', '=', id).executeTakeFirst()

describe('the list', () => {
  test('shows everybody who is there, to everybody who is there', async () => {
    const { person } = await somebody('readonly')
    const reader = await product.signIn(person)

    const page = await (await get('/admin/members', reader)).text()

    expect(page).toContain('Ada Owner')
    expect(page).toContain(person.name)
    expect(page).toContain('Owner can do this.')
  })

  test('tells only those who manage people how well each is protected and when they were here', async () => {
    const { person } = await somebody('manager')
    const manager = await product.signIn(person)

    const seen = await (await get('/admin/members', manager, 'application/json')).json()
    const managed = await (await get('/admin/members', cookie, 'application/json')).json()

    expect(JSON.stringify(seen)).not.toMatch(/twoFactor|lastSeen|invitations/)
    expect(managed).toMatchObject({
      members: expect.arrayContaining([
        expect.objectContaining({
          name: 'Ada Owner',
          role: 'owner',
          twoFactor: false,
          lastSeen: expect.any(String),
        }),
      ]),
      invitations: [],
    })
  })

  test('names no tenant that its reader does not reach', async () => {
    const tenant = await product.world.tenant(workspace, { name: 'Hidden Harbour' })
    const { id, path } = await somebody('operator')
    await send(path, { role: 'operator', reach: 'selected', tenants: { [tenant.directoryId]: null } })
    const { id: readerId, person } = await somebody('readonly')
    await db()
      .updateTable('workspace_memberships')
      .set({ reach: 'selected' })
      .where('id', '=', readerId)
      .execute()
    const reader = await product.signIn(person)

    for (const where of ['/admin/members', path])
      for (const accept of ['text/html', 'application/json']) {
        expect(await (await get(where, reader, accept)).text()).not.toContain('Hidden Harbour')
      }
    expect(await (await get(`/admin/members/${id}`)).text()).toContain('Hidden Harbour')
  })
})

describe('a change of access', () => {
  test('that gives more is made at once and recorded with what was before', async () => {
    const { id, path } = await somebody('operator')

    const answer = await form(path, { role: 'manager', reach: 'all' })

    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=access`])
    expect(await (await get(`${path}?done=access`)).text()).toContain('The access was changed.')
    expect(await accessOf(id)).toEqual({ role: 'manager', reach: 'all' })
    expect((await deeds('member.update'))[0]).toMatchObject({
      actor_id: owner.userId,
      workspace_id: workspace,
      target_id: String(id),
      outcome: 'done',
      facts: { before: { role: 'operator' }, after: { role: 'manager' } },
    })
  })

  test('that takes something away is asked about first, and nothing is written until then', async () => {
    const { id, path } = await somebody('manager')

    const asked = await form(path, { role: 'readonly', reach: 'all' })
    const page = await asked.text()
    expect(asked.status).toBe(200)
    expect(page).toContain('Take access from')
    expect(page).toContain('name="confirmed" value="yes"')
    expect(await accessOf(id)).toEqual({ role: 'manager', reach: 'all' })

    await form(path, { role: 'readonly', reach: 'all', confirmed: 'yes' })
    expect(await accessOf(id)).toEqual({ role: 'readonly', reach: 'all' })
  })

  test('that makes an owner is asked about first as well', async () => {
    const { id, path, person } = await somebody('manager')

    const page = await (await form(path, { role: 'owner', reach: 'all' })).text()
    expect(page).toContain(`Make ${person.name} an owner?`)
    expect(await accessOf(id)).toEqual({ role: 'manager', reach: 'all' })

    await form(path, { role: 'owner', reach: 'all', confirmed: 'yes' })
    expect(await accessOf(id)).toEqual({ role: 'owner', reach: 'all' })
    await form(path, { role: 'manager', reach: 'all', confirmed: 'yes' })
  })

  test('names tenants: a role there replaces the one of the workspace, and takes hold with the next request', async () => {
    const { world } = product
    const chosen = await world.readyTenant(workspace)
    const other = await world.readyTenant(workspace)
    const { path, person } = await somebody('operator')
    const theirs = await product.signIn(person)
    expect((await get(`/admin/t/${other.directoryId}`, theirs)).status).toBe(200)

    const access = { role: 'operator', reach: 'selected', [`tenant.${chosen.directoryId}`]: 'readonly' }
    await form(path, { ...access, confirmed: 'yes' })

    expect((await get(`/admin/t/${other.directoryId}`, theirs)).status).toBe(404)
    expect((await get(`/admin/t/${chosen.directoryId}`, theirs)).status).toBe(200)
    const start = `/admin/t/${chosen.directoryId}/provider-actions/provider.connection.check/start`
    expect((await product.ask('POST', start, { cookie: theirs })).status).toBe(403)
  })

  test('with wrong fields is shown again with what was typed, and a program is told each of them', async () => {
    const { id, path } = await somebody('operator')
    const foreign = await product.world.tenant(await product.world.workspace('Elsewhere'))
    const wrong = { role: 'emperor', reach: 'galaxy', tenants: { [foreign.directoryId]: 'owner' } }

    const told = await send(path, wrong)
    expect(told.status).toBe(422)
    expect(await told.json()).toMatchObject({
      errors: [{ pointer: '/role' }, { pointer: '/reach' }, { pointer: '/tenants' }],
    })
    const shown = await form(path, { role: 'emperor', reach: 'selected' })
    expect(shown.status).toBe(422)
    expect(await shown.text()).toContain('Choose a role.')
    expect(await accessOf(id)).toEqual({ role: 'operator', reach: 'all' })
  })

  test('of oneself is refused, and of the last owner too', async () => {
    const own = `/admin/members/${await memberOf(owner)}`
    const alone = await send(own, { role: 'manager', reach: 'all' })
    expect(await alone.text()).toContain('last owner')
    await somebody('owner')

    const answer = await send(own, { role: 'manager', reach: 'all' })

    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Nobody changes their own access')
    expect((await send(`${own}/remove`, {})).status).toBe(422)
    expect((await send(`${own}/reset-link`, {})).status).toBe(422)
    expect(await accessOf(await memberOf(owner))).toEqual({ role: 'owner', reach: 'all' })
  })

  test('never gives more than whoever gives it may themselves, nor touches somebody who may more', async () => {
    const mine = await product.world.tenant(workspace, { name: 'Mine' })
    const notMine = await product.world.tenant(workspace, { name: 'Not mine' })
    const little = await somebody('owner')
    await send(little.path, { role: 'owner', reach: 'selected', tenants: { [mine.directoryId]: null } })
    const theirs = await product.signIn(little.person)
    const { id, path } = await somebody('operator')
    await send(path, { role: 'operator', reach: 'selected', tenants: { [mine.directoryId]: null } })

    const wider = await send(path, { role: 'operator', reach: 'all' }, theirs)
    const further = await send(
      path,
      { role: 'operator', reach: 'selected', tenants: { [notMine.directoryId]: null } },
      theirs,
    )
    expect([wider.status, further.status]).toEqual([422, 422])
    expect(await further.text()).not.toContain('Not mine')
    const full = await somebody('readonly')
    for (const what of ['', '/remove', '/reset-link'])
      expect((await send(full.path + what, { role: 'readonly', reach: 'selected' }, theirs)).status).toBe(403)
    expect((await deeds('member.remove')).at(0)).toMatchObject({
      outcome: 'forbidden',
      target_id: String(full.id),
    })
    expect((await send(path, { role: 'owner', reach: 'selected', tenants: {} }, theirs)).status).toBe(200)
    expect(await accessOf(id)).toEqual({ role: 'owner', reach: 'selected' })
  })

  test('is not for keys, whoever owns them', async () => {
    const { path } = await somebody('operator')
    const authorization = await product.key(owner, workspace)
    const before = await product.contents()
    for (const [where, body] of [
      [path, { role: 'owner', reach: 'all' }],
      [`${path}/remove`, {}],
      [`${path}/reset-link`, {}],
      ['/admin/invitations', { email: 'x@contoso.example', role: 'owner', reach: 'all' }],
    ] as const) {
      const answer = await product.ask('POST', where, { authorization, ...JSON_IN }, JSON.stringify(body))
      expect([where, answer.status]).toEqual([where, 403])
    }
    expect(await product.contents()).toEqual(before)
  })
})

describe('a removal', () => {
  test('says its consequences first', async () => {
    const { path, person } = await somebody('operator')
    const page = await (await get(`${path}?confirm=remove`)).text()
    expect(page).toContain(`Remove ${person.name} from Contoso MSP?`)
    expect(page).toContain(`action="${path}/remove"`)
  })

  test('takes hold at once: session, key and invitations end, and the next request is refused', async () => {
    const { id, path, person } = await somebody('owner')
    const theirs = await product.signIn(person)
    const authorization = await product.key(person, workspace)
    await send('/admin/invitations', { email: 'friend@contoso.example', role: 'owner', reach: 'all' }, theirs)
    expect((await get('/admin/tenants', theirs)).status).toBe(200)

    const answer = await form(`${path}/remove`, {})

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin/members'])
    expect((await get('/admin/tenants', theirs, 'application/json')).status).toBe(401)
    const byKey = await product.ask('GET', '/admin/tenants', { authorization })
    expect(byKey.status).toBe(401)
    expect((await deeds('member.remove'))[0]).toMatchObject({
      target_id: String(id),
      facts: { sessionsEnded: 1, keysDisabled: 1, invitationsRevoked: 1, before: { role: 'owner' } },
    })
    expect(await (await get('/admin/members')).text()).not.toContain('friend@contoso.example')
  })

  test('leaves alone what the person has in another workspace', async () => {
    const { path, person } = await somebody('operator')
    const other = await product.world.workspace('Their own')
    await db()
      .insertInto('workspace_memberships')
      .values({ workspace_id: other, user_id: person.userId, role: 'owner' })
      .execute()
    const theirs = await product.signIn(person)
    await form('/admin/workspaces', { workspace: String(other) }, theirs)
    const authorization = await product.key(person, other)
    const { email } = await db()
      .selectFrom('users')
      .select('email')
      .where('id', '=', person.userId)
      .executeTakeFirstOrThrow()
    const here = cookieOf(await form('/sign-in', { email, password: PASSWORD }, ''))
    await form('/admin/workspaces', { workspace: String(workspace) }, here)
    expect((await get('/admin/tenants', here)).status).toBe(200)

    await form(`${path}/remove`, {})

    expect((await get('/admin/tenants', here, 'application/json')).status).toBe(401)

    expect((await get('/admin/tenants', theirs)).status).toBe(200)
    expect((await product.ask('GET', '/admin/tenants', { authorization })).status).toBe(200)
    expect((await get(path, theirs)).status).toBe(404)
  })
})

describe('a reset link', () => {
  test('is shown once, kept as a hash, and opens the account under a new password', async () => {
    const { path, person } = await somebody('operator')
    const theirs = await product.signIn(person)

    const made = await send(`${path}/reset-link`, {})
    const { link } = (await made.json()) as { link: string }
    expect(made.status).toBe(201)
    const { pathname } = new URL(link)
    const stored = JSON.stringify(await db().selectFrom('password_reset_links').selectAll().execute())
    expect(stored).not.toContain(pathname.split('/').at(-1))

    const answer = await product.ask('POST', pathname, FORM, 'password=another+good+password')
    expect(answer.status).toBe(303)
    expect((await get('/admin/tenants', theirs, 'application/json')).status).toBe(401)
    expect((await product.ask('POST', pathname, FORM, 'password=yet+another+password')).status).toBe(404)
    expect((await deeds('member.reset_link.create'))[0]).toMatchObject({ actor_id: owner.userId })
    expect((await deeds('account.password.reset'))[0]).toMatchObject({
      actor_id: person.userId,
      facts: { madeBy: owner.userId, sessionsEnded: 1 },
    })
  })

  test('is not made for somebody who belongs elsewhere too, and one made before is void from then on', async () => {
    const { path, person } = await somebody('operator')
    const { link } = (await (await send(`${path}/reset-link`, {})).json()) as { link: string }
    const other = await product.world.workspace('Elsewhere too')
    await db()
      .insertInto('workspace_memberships')
      .values({ workspace_id: other, user_id: person.userId, role: 'readonly' })
      .execute()

    const answer = await send(`${path}/reset-link`, {})

    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('another workspace')
    expect((await product.ask('GET', new URL(link).pathname)).status).toBe(404)
    const opened = await product.ask('POST', new URL(link).pathname, FORM, 'password=another+good+password')
    expect(opened.status).toBe(404)
  })

  test('turns a second factor off only if it was made to', async () => {
    const { path, person } = await somebody('operator')
    const isOn = async () =>
      (
        await db()
          .selectFrom('users')
          .select('two_factor_enabled')
          .where('id', '=', person.userId)
          .executeTakeFirstOrThrow()
      ).two_factor_enabled
    await db()
      .updateTable('users')
      .set({ two_factor_enabled: true })
      .where('id', '=', person.userId)
      .execute()
    const use = async (body: object) => {
      const { link } = (await (await send(`${path}/reset-link`, body)).json()) as { link: string }
      await product.ask('POST', new URL(link).pathname, FORM, 'password=another+good+password')
    }
    expect(await (await get(`${path}?confirm=reset-both`)).text()).toContain('is turned off with it')

    await use({})
    expect(await isOn()).toBe(true)
    await use({ twoFactor: 'off' })
    expect(await isOn()).toBe(false)
    expect((await deeds('account.password.reset'))[0]).toMatchObject({ facts: { secondFactorDropped: true } })
  })

  test('dies with the rights of whoever made it', async () => {
    const maker = await somebody('owner')
    const theirs = await product.signIn(maker.person)
    const { path } = await somebody('operator')
    const { link } = (await (await send(`${path}/reset-link`, {}, theirs)).json()) as { link: string }
    expect((await product.ask('GET', new URL(link).pathname)).status).toBe(200)

    await send(maker.path, { role: 'owner', reach: 'selected' })

    expect((await product.ask('GET', new URL(link).pathname)).status).toBe(404)
  })

  describe('of an owner who reaches little', () => {
    async function linkOfLittleOwner() {
      const mine = await product.world.tenant(workspace)
      const little = await somebody('owner')
      await send(little.path, { role: 'owner', reach: 'selected', tenants: { [mine.directoryId]: null } })
      const target = await somebody('operator')
      await send(target.path, { role: 'readonly', reach: 'selected', tenants: { [mine.directoryId]: null } })
      const theirs = await product.signIn(little.person)
      const made = await send(`${target.path}/reset-link`, {}, theirs)
      const { pathname } = new URL(((await made.json()) as { link: string }).link)
      expect((await product.ask('GET', pathname)).status).toBe(200)
      return { ...target, pathname, mine }
    }
    const linksFor = ({ userId }: PersonalActor) =>
      db().selectFrom('password_reset_links').select('user_id').where('user_id', '=', userId).execute()

    test('is void as soon as the member is given more', async () => {
      const { path, pathname, person } = await linkOfLittleOwner()

      await send(path, { role: 'owner', reach: 'all', confirmed: 'yes' })

      expect(await linksFor(person)).toEqual([])
      const opened = await product.ask('POST', pathname, FORM, 'password=another+good+password')
      expect(opened.status).toBe(404)
    })

    test.each<[string, (id: number, tenantId: number) => Promise<unknown>]>([
      [
        'all tenants',
        (id) =>
          db().updateTable('workspace_memberships').set({ reach: 'all' }).where('id', '=', id).execute(),
      ],
      [
        'another tenant',
        (id, tenantId) =>
          db()
            .insertInto('tenant_memberships')
            .values({ membership_id: id, tenant_id: tenantId, role: null })
            .execute(),
      ],
    ])('opens nothing for a member who reaches %s by now', async (_, widen) => {
      const { id, pathname } = await linkOfLittleOwner()
      await widen(id, (await product.world.tenant(workspace)).id)

      const opened = await product.ask('POST', pathname, FORM, 'password=another+good+password')
      expect(opened.status).toBe(404)
    })
  })
})
