import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeFor, wrongCodeFor } from '../../../tests/http/authenticator.ts'
import {
  cookieOf,
  FORM,
  type InProcess,
  JSON_BODY,
  openInProcess,
  PASSWORD,
} from '../../../tests/http/in-process.ts'
import { askForResetLink, type PersonalActor } from '../../access/index.ts'

const JSON_IN = { ...JSON_BODY, accept: 'application/json' }
const NEXT = 'a quite different password'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

let product: InProcess
let workspace: number
beforeAll(async () => {
  product = await openInProcess()
  workspace = await product.world.workspace()
})
afterAll(() => product.world.close())

const db = () => product.world.database.db
const emailOf = async ({ userId }: PersonalActor) =>
  (await db().selectFrom('users').select('email').where('id', '=', userId).executeTakeFirstOrThrow()).email

let people = 0
async function somebody() {
  const person = await product.world.person(workspace, 'operator', `Person ${++people}`)
  const cookie = await product.signIn(person)
  const email = await emailOf(person)
  return { person, cookie, email }
}
const signIn = (email: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  product.ask('POST', '/sign-in', { ...FORM, ...headers }, `${new URLSearchParams({ email, password })}`)
const send = (path: string, body: object, cookie: string) =>
  product.ask('POST', `/admin/account${path}`, { cookie, ...JSON_IN }, JSON.stringify(body))
const isIn = async (cookie: string) =>
  (await product.ask('GET', '/admin/tenants', { cookie, accept: 'application/json' })).status === 200
const deeds = async (action: string) =>
  db().selectFrom('audit_records').selectAll().where('action', '=', action).orderBy('id', 'desc').execute()

describe('a password', () => {
  test('is changed by whoever knows the current one; every other session ends, this one goes on', async () => {
    const { cookie, email, person } = await somebody()
    const other = cookieOf(await signIn(email))

    const answer = await send('/password', { currentPassword: PASSWORD, password: NEXT }, cookie)

    expect(answer.status).toBe(200)
    expect([await isIn(cookie), await isIn(other)]).toEqual([true, false])
    expect([(await signIn(email)).status, (await signIn(email, NEXT)).status]).toEqual([422, 303])
    expect((await deeds('account.password.change'))[0]).toMatchObject({
      actor_id: person.userId,
      outcome: 'done',
      facts: { sessionsEnded: 1 },
    })
  })

  test('stays as it is when the current one is wrong or the new one too short; each field is named', async () => {
    const { cookie, email } = await somebody()
    const before = await product.contents()

    const answer = await send('/password', { currentPassword: 'not mine at all', password: 'short' }, cookie)

    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: '/currentPassword' }, { pointer: '/password' }],
    })
    expect(await product.contents()).toEqual(before)
    expect((await signIn(email)).status).toBe(303)
  })

  test('cannot be guessed for ever from a borrowed session', async () => {
    const { cookie } = await somebody()
    const answers: number[] = []
    for (let guess = 0; guess < 21; guess++)
      answers.push(
        (await send('/password', { currentPassword: `guess ${guess}`, password: 'x' }, cookie)).status,
      )
    expect(answers.slice(0, 20).every((status) => status === 422)).toBe(true)
    expect(answers.at(-1)).toBe(429)
  })
})

describe('sessions', () => {
  test('are listed with their device, without what would open them', async () => {
    const { cookie, email } = await somebody()
    const other = cookieOf(await signIn(email, PASSWORD, { 'user-agent': FIREFOX }))

    const page = await (await product.ask('GET', '/admin/account', { cookie })).text()
    const json = await (
      await product.ask('GET', '/admin/account', { cookie, accept: 'application/json' })
    ).text()

    expect(page).toContain('Firefox on Linux')
    expect(page).toContain('This one')
    for (const text of [page, json])
      for (const each of [cookie, other])
        expect(text).not.toContain(decodeURIComponent(each.split('=')[1] ?? '').split('.')[0])
  })

  test('end one by one, or all the others at once; those of somebody else are not there', async () => {
    const { cookie, email } = await somebody()
    const others = [cookieOf(await signIn(email)), cookieOf(await signIn(email))] as [string, string]
    const stranger = await somebody()
    const listed = await product.ask('GET', '/admin/account', {
      cookie: others[0],
      accept: 'application/json',
    })
    const { sessions } = (await listed.json()) as { sessions: { id: string; isThisOne: boolean }[] }
    const first = sessions.find(({ isThisOne }) => isThisOne)?.id ?? ''

    expect((await send(`/sessions/${first}/revoke`, {}, stranger.cookie)).status).toBe(404)
    expect((await send(`/sessions/${first}/revoke`, {}, cookie)).status).toBe(200)
    expect([await isIn(others[0]), await isIn(others[1]), await isIn(cookie)]).toEqual([false, true, true])

    expect(await (await send('/sessions/revoke-others', {}, cookie)).json()).toEqual({ sessionsEnded: 1 })
    expect([await isIn(others[1]), await isIn(cookie)]).toEqual([false, true])
    expect(await isIn(stranger.cookie)).toBe(true)
    expect((await deeds('account.session.revoke'))[0]).toMatchObject({ target_kind: 'person' })
  })
})

describe('a second factor', () => {
  interface Enrolled {
    totpUri: string
    backupCodes: string[]
  }
  async function enrolled() {
    const one = await somebody()
    const started = await send('/two-factor', { twoFactorPassword: PASSWORD }, one.cookie)
    const { backupCodes, totpUri } = (await started.json()) as Enrolled
    const confirmed = await send('/two-factor/verify', { code: codeFor(totpUri) }, one.cookie)
    expect(confirmed.status).toBe(200)
    return { ...one, cookie: cookieOf(confirmed), old: one.cookie, backupCodes, totpUri }
  }
  /** The password was right: the cookie of somebody halfway in. */
  async function halfway(email: string, next = '/admin/tenants') {
    const form = `${new URLSearchParams({ email, password: PASSWORD, next })}`
    const answer = await product.ask('POST', '/sign-in', FORM, form)
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/sign-in/code?next=${encodeURIComponent(next)}`,
    ])
    return cookieOf(answer)
  }
  const giveCode = (code: string, cookie: string, next = '/admin/tenants') =>
    product.ask('POST', '/sign-in/code', { ...FORM, cookie }, `${new URLSearchParams({ code, next })}`)

  test('is on once a code was right, and from then on the password alone opens nothing', async () => {
    const { cookie, email, old, person, totpUri } = await enrolled()
    expect([await isIn(cookie), await isIn(old)]).toEqual([true, false])
    expect((await deeds('account.two_factor.enable'))[0]).toMatchObject({ actor_id: person.userId })

    const half = await halfway(email)
    expect(await isIn(half)).toBe(false)
    const wrong = await giveCode(wrongCodeFor(totpUri), half)
    expect([wrong.status, await isIn(cookieOf(wrong))]).toEqual([422, false])

    const right = await giveCode(codeFor(totpUri), half)
    expect([right.status, right.headers.get('location')]).toEqual([303, '/admin/tenants'])
    expect(await isIn(cookieOf(right))).toBe(true)
    const again = await giveCode(codeFor(totpUri), half)
    expect(again.headers.get('location')).toContain('/sign-in?next=')
  })

  test('ends every other session when it is turned on, for which a password was enough', async () => {
    const { cookie, email } = await somebody()
    const other = cookieOf(await signIn(email))
    const started = await send('/two-factor', { twoFactorPassword: PASSWORD }, cookie)
    const { totpUri } = (await started.json()) as Enrolled

    const confirmed = await send('/two-factor/verify', { code: codeFor(totpUri) }, cookie)

    expect([await isIn(cookieOf(confirmed)), await isIn(other)]).toEqual([true, false])
    expect((await deeds('account.two_factor.enable'))[0]).toMatchObject({ facts: { sessionsEnded: 1 } })
  })

  test('is not reached any more by whoever gave a password that was changed since', async () => {
    const { cookie, email, totpUri } = await enrolled()
    const half = await halfway(email)
    const asked = await askForResetLink(db(), email)

    expect((await send('/password', { currentPassword: PASSWORD, password: NEXT }, cookie)).status).toBe(200)

    const late = await giveCode(codeFor(totpUri), half)
    expect(await isIn(cookieOf(late))).toBe(false)
    expect(late.headers.get('location')).toContain('/sign-in?next=')
    expect((await product.ask('GET', `/reset-password/${asked?.token}`)).status).toBe(404)
  })

  test('opens by each backup code once', async () => {
    const { backupCodes, email } = await enrolled()
    const [code = ''] = backupCodes
    expect(backupCodes).toHaveLength(10)

    const first = await giveCode(code, await halfway(email))
    expect(await isIn(cookieOf(first))).toBe(true)
    expect((await giveCode(code, await halfway(email))).status).toBe(422)
  })

  test('is not guessed for ever: after five wrong codes the password is asked for again', async () => {
    const { email, totpUri } = await enrolled()
    const half = await halfway(email)
    for (let guess = 0; guess < 5; guess++)
      expect((await giveCode(wrongCodeFor(totpUri), half)).status).toBe(422)
    const over = await giveCode(codeFor(totpUri), half)
    expect(over.headers.get('location')).toContain('/sign-in?next=')
    expect(await isIn(cookieOf(over))).toBe(false)
  })

  test('leads nobody elsewhere after the code', async () => {
    const { email, totpUri } = await enrolled()
    const half = await halfway(email)
    const answer = await giveCode(codeFor(totpUri), half, '//evil.example')
    expect(answer.headers.get('location')).toBe('/admin')
    const page = await product.ask('GET', '/sign-in/code?next=https://evil.example', { cookie: half })
    expect(await page.text()).not.toContain('evil.example')
  })

  test('is off only for whoever knows the password; new backup codes void the old', async () => {
    const { backupCodes, cookie, email } = await enrolled()
    expect((await send('/two-factor/disable', { twoFactorPassword: 'not mine' }, cookie)).status).toBe(422)
    expect((await send('/two-factor', { twoFactorPassword: PASSWORD }, cookie)).status).toBe(404)

    const fresh = await send('/two-factor/backup-codes', { twoFactorPassword: PASSWORD }, cookie)
    const { backupCodes: made } = (await fresh.json()) as Enrolled
    expect((await giveCode(backupCodes[0] ?? '', await halfway(email))).status).toBe(422)
    expect((await giveCode(made[0] ?? '', await halfway(email))).status).toBe(303)

    const off = await send('/two-factor/disable', { twoFactorPassword: PASSWORD }, cookie)
    expect(off.status).toBe(200)
    expect((await signIn(email)).headers.get('location')).toBe('/admin')
    expect(await isIn(cookieOf(off))).toBe(true)
  })

  test('is not turned on by a wrong code, and its key and codes are kept so that nobody can read them', async () => {
    const { cookie, email } = await somebody()
    const started = await send('/two-factor', { twoFactorPassword: PASSWORD }, cookie)
    const { backupCodes, totpUri } = (await started.json()) as Enrolled
    const key = new URL(totpUri).searchParams.get('secret') ?? ''

    const wrong = await product.ask(
      'POST',
      '/admin/account/two-factor/verify',
      { cookie, ...FORM },
      `code=${wrongCodeFor(totpUri)}`,
    )
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).not.toContain(key)
    expect((await signIn(email)).headers.get('location')).toBe('/admin')

    const stored = JSON.stringify(await db().selectFrom('two_factors').selectAll().execute())
    const audited = JSON.stringify(await db().selectFrom('audit_records').selectAll().execute())
    for (const text of [stored, audited, ...product.logged])
      for (const secret of [key, ...backupCodes]) expect(text).not.toContain(secret)
  })

  test('keeps key and codes on the page after a mistyped code, for whoever was shown them', async () => {
    const { cookie } = await somebody()
    const post = async (path: string, fields: Record<string, string>) =>
      product.ask('POST', `/admin/account${path}`, { cookie, ...FORM }, `${new URLSearchParams(fields)}`)
    const page = await (await post('/two-factor', { twoFactorPassword: PASSWORD })).text()
    const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value?.replaceAll('&amp;', '&')],
    )
    const shown = Object.fromEntries(hidden) as { uri: string; codes: string }
    const key = new URL(shown.uri).searchParams.get('secret') ?? '?'

    const wrong = await post('/two-factor/verify', { ...shown, code: wrongCodeFor(shown.uri) })

    const again = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(again).toMatch(/<svg[^>]*role="img"[^>]*aria-label="QR code/)
    for (const secret of [key, ...shown.codes.split(' ')]) expect(again).toContain(secret)
    expect(shown.codes.split(' ')).toHaveLength(10)
    for (const strange of [
      { ...shown, uri: 'javascript:alert(1)' },
      { ...shown, codes: '<b>' },
    ]) {
      const answer = await post('/two-factor/verify', { ...strange, code: wrongCodeFor(shown.uri) })
      expect(await answer.text()).not.toContain('aria-label="QR code')
    }
    expect((await post('/two-factor/verify', { ...shown, code: codeFor(shown.uri) })).status).toBe(303)
  })

  test('is drawn as a QR code, beside the key in text', async () => {
    const { cookie } = await somebody()
    const form = `${new URLSearchParams({ twoFactorPassword: PASSWORD })}`
    const page = await (
      await product.ask('POST', '/admin/account/two-factor', { cookie, ...FORM }, form)
    ).text()
    expect(page).toMatch(/<svg[^>]*role="img"[^>]*aria-label="QR code/)
    expect(page).toMatch(/data-copy="[A-Z2-7]{40,}"/)
  })
})

test('a key does not speak for its owner’s account', async () => {
  const { person } = await somebody()
  const authorization = await product.key(person, workspace)
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/password'],
    ['POST', '/two-factor'],
    ['POST', '/sessions/revoke-others'],
  ] as const)
    expect((await product.ask(method, `/admin/account${path}`, { authorization })).status).toBe(403)
})
