import { afterAll, beforeAll, expect, test } from 'vitest'
import { FORM, type InProcess, openInProcess } from '../../../tests/http/in-process.ts'

let product: InProcess
let cookie: string

beforeAll(async () => {
  product = await openInProcess()
  cookie = await product.signIn(await product.world.person(await product.world.workspace(), 'owner'))
})
afterAll(() => product.world.close())

test('a wrong choice is shown again and named in the language of its reader', async () => {
  const headers = { cookie, ...FORM, 'accept-language': 'de' }
  const page = await product.ask('POST', '/admin/settings', headers, 'theme=pink&timeZone=Europe%2FBerlin')
  expect(page.status).toBe(422)
  const text = await page.text()
  expect(text).toContain('<a href="#theme">Bitte eine der Darstellungen wählen.</a>')
  expect(text).toMatch(/<option value="Europe\/Berlin" selected/)

  const program = await product.ask(
    'POST',
    '/admin/settings',
    { ...headers, accept: 'application/json' },
    'theme=pink',
  )
  expect(await program.json()).toMatchObject({ errors: [{ pointer: '/theme' }] })
})

test('what was saved is said on the page that follows', async () => {
  const saved = await product.ask('POST', '/admin/settings', { cookie, ...FORM }, 'language=de')
  const after = await product.ask('GET', saved.headers.get('location') ?? '', { cookie })
  expect(await after.text()).toMatch(/>Gespeichert</)
  expect(await (await product.ask('GET', '/admin/settings', { cookie })).text()).not.toMatch(/>Gespeichert</)
  await product.ask('POST', '/admin/settings', { cookie, ...FORM }, '')
})

test('UTC is one of the time zones, once', async () => {
  const text = await (await product.ask('GET', '/admin/settings', { cookie })).text()
  expect(text.match(/>UTC<\/option>/g)).toHaveLength(1)
})

test('the settings lead to everything that can be set', async () => {
  const text = await (await product.ask('GET', '/admin/settings', { cookie })).text()
  for (const place of ['account', 'api-keys', 'settings/workspace', 'members'])
    expect(text).toContain(`class="tab" href="/admin/${place}"`)
})

test('a problem leads somebody signed in back, and names what was wrong', async () => {
  const nowhere = await (await product.ask('GET', '/admin/nowhere', { cookie })).text()
  expect(nowhere).toContain('Back to Overview')

  const garbage = { cookie, 'content-type': 'application/json' }
  const unreadable = await (await product.ask('POST', '/admin/settings', garbage, '{')).text()
  expect(unreadable).toContain('Some fields are not right')
  expect(unreadable).toContain('<li>')

  const stranger = await (await product.ask('GET', '/nowhere')).text()
  expect(stranger).not.toContain('Back to Overview')
})
