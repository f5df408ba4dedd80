import { afterAll, beforeAll, expect, test } from 'vitest'
import { FORM, type InProcess, ORIGIN, openInProcess, PASSWORD } from '../../../tests/http/in-process.ts'
import { type MailServer, openMailServer } from '../../../tests/world/mail-server.ts'
import type { PersonalActor } from '../../access/index.ts'
import { createMailer, type Mailer } from '../../mail/index.ts'

const NEXT = 'a quite different password'

let product: InProcess
let server: MailServer
let mail: Mailer
let workspace: number
beforeAll(async () => {
  server = await openMailServer()
  mail = createMailer({ url: server.url, from: 'pilot@contoso.example', report: () => {} })
  product = await openInProcess({ mail })
  workspace = await product.world.workspace()
})
afterAll(async () => {
  mail.close()
  await product.world.close()
  await server.close()
})

const db = () => product.world.database.db
const emailOf = async ({ userId }: PersonalActor) =>
  (await db().selectFrom('users').select('email').where('id', '=', userId).executeTakeFirstOrThrow()).email
let people = 0
async function somebody() {
  const person = await product.world.person(workspace, 'owner', `Person ${++people}`)
  return { person, cookie: await product.signIn(person), email: await emailOf(person) }
}
const ask = (email: string) =>
  product.ask('POST', '/forgot-password', FORM, `${new URLSearchParams({ email })}`)
const lettersTo = (email: string) => server.letters.filter(({ to }) => to.includes(email))
const linkIn = (text = '') => /\/reset-password\/[\w-]+/.exec(text)?.[0] ?? ''
const deeds = async (action: string) =>
  db().selectFrom('audit_records').selectAll().where('action', '=', action).orderBy('id', 'desc').execute()

test('a link goes to the address, opens once, and ends every session', async () => {
  const { cookie, email, person } = await somebody()
  await ask(email)
  await expect.poll(() => lettersTo(email).length).toBe(1)
  const path = linkIn(lettersTo(email)[0]?.text)
  expect(lettersTo(email)[0]?.text).toContain(ORIGIN + path)
  expect((await product.ask('GET', path)).status).toBe(200)
  expect((await product.ask('POST', path, FORM, 'password=short')).status).toBe(422)

  const answer = await product.ask('POST', path, FORM, `${new URLSearchParams({ password: NEXT })}`)

  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in'])
  expect((await product.ask('GET', '/admin', { cookie, accept: 'application/json' })).status).toBe(401)
  const signIn = (password: string) =>
    product.ask('POST', '/sign-in', FORM, `${new URLSearchParams({ email, password })}`)
  expect([(await signIn(PASSWORD)).status, (await signIn(NEXT)).status]).toEqual([422, 303])
  await expect.poll(async () => (await deeds('account.password.reset_link')).length).toBeGreaterThan(0)
  expect((await deeds('account.password.reset'))[0]).toMatchObject({
    actor_id: person.userId,
    facts: { sessionsEnded: 1 },
  })
})

test('whether anybody has an address shows neither in the answer nor in the work', async () => {
  const { email } = await somebody()
  const told = async (address: string) => {
    product.statements()
    const answer = await ask(address)
    const statements = product.statements().filter((text) => text.includes('password_reset_links'))
    const text = (await answer.text()).replaceAll(address, 'ADDRESS')
    const headers = [...answer.headers].filter(([name]) => name !== 'x-correlation-id')
    return { status: answer.status, headers, text, statements }
  }

  const known = await told(email)
  const unknown = await told('nobody@contoso.example')

  expect(known.status).toBe(200)
  expect(known.statements).toHaveLength(1)
  expect(unknown).toEqual(known)
  await expect.poll(() => lettersTo(email).length).toBe(1)
  expect(lettersTo('nobody@contoso.example')).toEqual([])
})

test('a link that was used, is past its time or never was is one and the same page', async () => {
  const { email } = await somebody()
  await ask(email)
  await expect.poll(() => lettersTo(email).length).toBe(1)
  const path = linkIn(lettersTo(email)[0]?.text)
  await db()
    .updateTable('password_reset_links')
    .set({ expires_at: new Date('2020-01-01') })
    .execute()
  const past = await product.ask('GET', path)
  const never = await product.ask('GET', '/reset-password/never')
  expect([past.status, never.status]).toEqual([404, 404])
  expect(await past.text()).toBe(await never.text())
  expect((await product.ask('POST', path, FORM, `password=${NEXT}`)).status).toBe(404)
})

test('nobody’s mailbox is filled: no more than three links an hour', async () => {
  const { email, person } = await somebody()
  for (let time = 0; time < 5; time++) expect((await ask(email)).status).toBe(200)
  const made = await db()
    .selectFrom('password_reset_links')
    .select('token_hash')
    .where('user_id', '=', person.userId)
    .execute()
  expect(made).toHaveLength(3)
  await expect.poll(() => lettersTo(email).length).toBe(3)
})

test('a link is kept as a hash and stands in no log and no record', async () => {
  const { email } = await somebody()
  await ask(email)
  await expect.poll(() => lettersTo(email).length).toBe(1)
  const token = linkIn(lettersTo(email)[0]?.text).split('/').at(-1) ?? ''
  expect(token.length).toBeGreaterThan(30)
  const stored = JSON.stringify([
    await db().selectFrom('password_reset_links').selectAll().execute(),
    await db().selectFrom('audit_records').selectAll().execute(),
  ])
  for (const text of [stored, ...product.logged]) expect(text).not.toContain(token)
})

test('without a mail server the page says whom to ask', async () => {
  const silent = await openInProcess()
  for (const method of ['GET', 'POST'])
    expect(await (await silent.ask(method, '/forgot-password')).text()).toContain('Ask an owner')
  await silent.world.close()
})
