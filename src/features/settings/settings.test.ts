import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

let product: InProcess
let cookie: string

beforeAll(async () => {
  product = await openInProcess()
  cookie = await product.signIn(await product.world.person(await product.world.workspace(), 'owner'))
})
afterAll(() => product.world.close())

test('a wrong form for a key is shown again, with what was typed and each wrong field named', async () => {
  const answer = await product.ask('POST', '/admin/api-keys', { cookie, ...FORM }, 'name=Nightly&days=4000')
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toMatch(/<a href="#key-days">[^<]*366/)
  expect(page).toContain('value="Nightly"')
  expect(page).toContain('value="4000"')
})

test('a program that sends a wrong key is told which field is wrong', async () => {
  const headers = { cookie, ...FORM, accept: 'application/json' }
  const answer = await product.ask('POST', '/admin/api-keys', headers, 'name=Nightly&days=4000')
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/days' }] })
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
