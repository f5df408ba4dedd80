import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  cookieOf,
  FORM,
  type InProcess,
  JSON_BODY,
  ORIGIN,
  openInProcess,
  PASSWORD,
} from '../../../tests/http/in-process.ts'
import { type MailServer, openMailServer } from '../../../tests/world/mail-server.ts'
import type { PersonalActor } from '../../access/index.ts'
import { createMailer } from '../../mail/index.ts'

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
let invited = 0
const address = () => `person-${++invited}@contoso.example`

const send = (path: string, body: object, as = cookie) =>
  product.ask('POST', path, { cookie: as, ...JSON_IN }, JSON.stringify(body))
interface Sent {
  id: number
  link: string
  mailed: boolean
}
async function invite(email: string, more: object = {}): Promise<Sent & { path: string }> {
  const answer = await send('/admin/invitations', { email, role: 'operator', reach: 'all', ...more })
  expect(answer.status).toBe(201)
  const sent = (await answer.json()) as Sent
  return { ...sent, path: new URL(sent.link).pathname }
}
const join = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  product.ask('POST', path, { ...FORM, ...headers }, `${new URLSearchParams(fields)}`)
const NEW = { name: 'Grace Hopper', password: PASSWORD }
const open = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await product.ask('GET', path, headers)
  return { status: answer.status, text: await answer.text() }
}
const userOf = (email: string) =>
  db().selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
const deeds = async (action: string) =>
  db().selectFrom('audit_records').selectAll().where('action', '=', action).orderBy('id', 'desc').execute()

describe('a new person', () => {
  test('sets name and password, is signed in, and has what they were invited to', async () => {
    const tenant = await product.world.tenant(workspace, { name: 'Chosen' })
    await product.world.tenant(workspace, { name: 'Not chosen' })
    const email = address()
    const { path } = await invite(email.toUpperCase(), {
      role: 'manager',
      reach: 'selected',
      tenants: { [tenant.directoryId]: 'readonly' },
    })
    const seen = await open(path)
    expect(seen.status).toBe(200)
    expect(seen.text).toContain('Join Contoso MSP')
    expect(seen.text).toContain(email)

    const answer = await join(path, NEW)

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin'])
    const theirs = cookieOf(answer)
    const list = await product.ask('GET', '/admin/tenants', { cookie: theirs, accept: 'application/json' })
    const { tenants } = (await list.json()) as { tenants: { name: string }[] }
    expect(tenants.map(({ name }) => name)).toEqual(['Chosen'])
    const person = await userOf(email)
    expect(person).toMatchObject({ name: 'Grace Hopper' })
    expect((await deeds('invitation.accept'))[0]).toMatchObject({
      actor_id: person?.id,
      workspace_id: workspace,
      facts: { email, role: 'manager', alreadyMember: false },
    })
    expect((await deeds('invitation.create'))[0]).toMatchObject({ actor_id: owner.userId, facts: { email } })
  })

  test('is told which field is wrong, with what was typed; nothing is used up by that', async () => {
    const email = address()
    const { path } = await invite(email)
    const before = await product.contents()

    const answer = await join(path, { name: 'Grace', password: 'too short' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('href="#password"')
    expect(page).toContain('value="Grace"')
    expect(page).not.toContain('too short')
    const told = await join(path, {}, { accept: 'application/json' })
    expect(await told.json()).toMatchObject({ errors: [{ pointer: '/name' }, { pointer: '/password' }] })

    expect(await product.contents()).toEqual(before)
    expect((await join(path, NEW)).status).toBe(303)
  })

  test('joins once: of two at the same moment one does, and the link is over for both', async () => {
    const email = address()
    const { path } = await invite(email)

    const answers = await Promise.all([join(path, NEW), join(path, { ...NEW, name: 'Somebody Else' })])

    expect(answers.map(({ status }) => status).sort()).toContain(303)
    expect(await db().selectFrom('users').select('id').where('email', '=', email).execute()).toHaveLength(1)
    expect(await open(path)).toMatchObject({ status: 410, text: expect.stringContaining('accepted already') })
    expect((await join(path, NEW)).status).toBe(410)
  })
})

describe('somebody who has an account', () => {
  async function known() {
    const elsewhere = await product.world.workspace('Elsewhere')
    const person = await product.world.person(elsewhere, 'owner', 'Known Person')
    const email = address()
    await db().updateTable('users').set({ email }).where('id', '=', person.userId).execute()
    return { person, email, elsewhere }
  }

  test('is asked to sign in, and then only to confirm', async () => {
    const { email, person } = await known()
    const { path } = await invite(email)
    const before = await open(path)
    expect(before.text).toContain(`/sign-in?next=${encodeURIComponent(path)}`)
    expect(before.text).not.toContain('name="password"')
    expect((await join(path, NEW)).headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`)

    const theirs = await product.signIn(person)
    expect((await open(path, { cookie: theirs })).text).toContain(`You are signed in as ${email}`)
    const answer = await join(path, {}, { cookie: theirs })

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin'])
    const page = await (await product.ask('GET', '/admin/members', { cookie: theirs })).text()
    expect(page).toContain('Ada Owner')
  })

  test('signs in on the way and comes back to the invitation', async () => {
    const { email, person } = await known()
    const { path } = await invite(email)
    await product.signIn(person)
    const answer = await join('/sign-in', { email, password: PASSWORD, next: path })
    expect(answer.headers.get('location')).toBe(path)
  })

  test('of another address is told so, joins nothing, and the attempt is recorded', async () => {
    const { path, id } = await invite(address())
    const { email, person } = await known()
    const theirs = await product.signIn(person)
    const before = await product.contents()

    const seen = await open(path, { cookie: theirs })
    expect(seen.status).toBe(403)
    expect(seen.text).toContain(email)
    expect((await join(path, NEW, { cookie: theirs })).status).toBe(403)

    expect(await product.contents()).toEqual(before)
    expect((await deeds('invitation.accept'))[0]).toMatchObject({
      outcome: 'forbidden',
      actor_id: person.userId,
      target_id: String(id),
    })
  })

  test('keeps the access they have, should they have become a member in the meantime', async () => {
    const { email, person } = await known()
    const { path } = await invite(email, { role: 'owner' })
    await db()
      .insertInto('workspace_memberships')
      .values({ workspace_id: workspace, user_id: person.userId, role: 'readonly' })
      .execute()
    const theirs = await product.signIn(person)

    expect((await join(path, {}, { cookie: theirs })).status).toBe(303)

    const { role } = await db()
      .selectFrom('workspace_memberships')
      .select('role')
      .where('user_id', '=', person.userId)
      .where('workspace_id', '=', workspace)
      .executeTakeFirstOrThrow()
    expect(role).toBe('readonly')
  })
})

describe('an invitation', () => {
  test('is kept as a hash, and shown nowhere once its link was handed out', async () => {
    const email = address()
    const { link } = await invite(email)
    const token = link.split('/').at(-1) ?? ''

    const stored = JSON.stringify(await db().selectFrom('invitations').selectAll().execute())
    const audited = JSON.stringify(await db().selectFrom('audit_records').selectAll().execute())
    const page = await (await product.ask('GET', '/admin/members', { cookie })).text()
    const json = await (
      await product.ask('GET', '/admin/members', { cookie, accept: 'application/json' })
    ).text()

    expect(page).toContain(email)
    for (const text of [stored, audited, page, json, ...product.logged]) expect(text).not.toContain(token)
  })

  test('that was withdrawn or is past its time leads nowhere, and one that never was is not found', async () => {
    const withdrawn = await invite(address())
    const past = await invite(address())
    expect((await send(`/admin/invitations/${withdrawn.id}/revoke`, {})).status).toBe(200)
    await db()
      .updateTable('invitations')
      .set({ sent_at: new Date('2020-01-01'), expires_at: new Date('2020-01-02') })
      .where('id', '=', past.id)
      .execute()

    for (const { path } of [withdrawn, past]) {
      const before = await product.contents()
      const { status, text } = await open(path)
      expect(status).toBe(410)
      expect(text).not.toContain('Contoso')
      expect((await join(path, NEW)).status).toBe(410)
      expect(await product.contents()).toEqual(before)
    }
    expect((await open('/invitations/never')).status).toBe(404)
    expect((await send(`/admin/invitations/${withdrawn.id}/revoke`, {})).status).toBe(404)
    expect(await (await product.ask('GET', '/admin/members', { cookie })).text()).toContain('Expired on')
  })

  test('that is renewed has another link, and the one before is worth nothing', async () => {
    const email = address()
    const first = await invite(email)
    const answer = await send(`/admin/invitations/${first.id}/renew`, {})
    const { link } = (await answer.json()) as Sent

    expect(answer.status).toBe(201)
    expect((await open(first.path)).status).toBe(404)
    expect((await join(new URL(link).pathname, NEW)).status).toBe(303)
  })

  test('is not made twice, nor for a member, nor for what is no address', async () => {
    const email = address()
    await invite(email)
    const member = address()
    await join((await invite(member)).path, NEW)
    const before = await product.contents()
    for (const [wrong, says] of [
      [email, 'invited already'],
      [member.toUpperCase(), 'member already'],
      ['no address', 'such as'],
      [`${'x'.repeat(250)}@contoso.example`, 'such as'],
    ] as const) {
      const answer = await send('/admin/invitations', { email: wrong, role: 'operator', reach: 'all' })
      expect([wrong, answer.status]).toEqual([wrong, 422])
      expect(await answer.text()).toContain(says)
    }
    expect(await product.contents()).toEqual(before)
  })

  test('is neither withdrawn nor renewed by an owner who reaches less than it gives', async () => {
    const email = address()
    const full = await invite(email, { role: 'owner' })
    const little = await product.world.person(workspace, 'owner')
    await db()
      .updateTable('workspace_memberships')
      .set({ reach: 'selected' })
      .where('user_id', '=', little.userId)
      .execute()
    const theirs = await product.signIn(little)

    for (const what of ['revoke', 'renew'])
      expect((await send(`/admin/invitations/${full.id}/${what}`, {}, theirs)).status).toBe(403)

    expect((await deeds('invitation.revoke'))[0]).toMatchObject({
      actor_id: little.userId,
      outcome: 'forbidden',
      target_id: String(full.id),
    })
    expect((await open(full.path)).status).toBe(200)
    const page = await (await product.ask('GET', '/admin/members', { cookie: theirs })).text()
    expect(page).toContain(email)
    expect(page).not.toContain(`/admin/invitations/${full.id}/renew`)
  })

  test('goes with the rights of whoever sent it', async () => {
    const second = await product.world.person(workspace, 'owner', 'Second Owner')
    const theirs = await product.signIn(second)
    const answer = await send('/admin/invitations', { email: address(), role: 'owner', reach: 'all' }, theirs)
    const { link } = (await answer.json()) as Sent
    const { id } = await db()
      .selectFrom('workspace_memberships')
      .select('id')
      .where('user_id', '=', second.userId)
      .executeTakeFirstOrThrow()

    await send(`/admin/members/${id}`, { role: 'operator', reach: 'all' })

    expect((await open(new URL(link).pathname)).status).toBe(410)
  })
})

describe('with a mail server', () => {
  let mailing: InProcess
  let server: MailServer
  let theirs: string
  beforeAll(async () => {
    server = await openMailServer()
    const mail = createMailer({ url: server.url, from: 'pilot@contoso.example', report: () => {} })
    mailing = await openInProcess({ mail })
    const contoso = await mailing.world.workspace()
    theirs = await mailing.signIn(await mailing.world.person(contoso, 'owner', 'Ada Owner'))
  })
  afterAll(async () => {
    await mailing.world.close()
    await server.close().catch(() => {})
  })
  const ask = (language: string) =>
    mailing.ask(
      'POST',
      '/admin/invitations',
      { cookie: theirs, ...JSON_IN, 'accept-language': language },
      JSON.stringify({ email: address(), role: 'operator', reach: 'all' }),
    )

  test('the link goes out by e-mail, in the language of whoever invites', async () => {
    const sent = (await (await ask('de')).json()) as Sent
    expect(sent.mailed).toBe(true)
    expect(server.letters.at(-1)).toMatchObject({
      from: 'pilot@contoso.example',
      to: [`person-${invited}@contoso.example`],
      subject: 'Einladung zu Contoso MSP in TenantPilot',
    })
    expect(server.letters.at(-1)?.text).toContain(sent.link)
    expect(sent.link).toContain(`${ORIGIN}/invitations/`)
  })

  test('a server that is gone fails nothing: the link is there to be handed on', async () => {
    await server.close()
    const sent = (await (await ask('en')).json()) as Sent
    expect(sent.mailed).toBe(false)
    expect((await mailing.ask('GET', new URL(sent.link).pathname)).status).toBe(200)
  })
})
