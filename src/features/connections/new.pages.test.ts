import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'

let product: InProcess
let cookie: string
let tenant: SeededTenant

beforeAll(async () => {
  product = await openInProcess()
  const workspaceId = await product.world.workspace()
  tenant = await product.world.tenant(workspaceId, { name: 'Adventure Works' })
  await product.world.tenant(workspaceId, { name: 'Wingtip Toys', state: 'archived' })
  cookie = await product.signIn(await product.world.person(workspaceId, 'owner'))
})
afterAll(() => product.world.close())

const send = async (path: string) => {
  const fields = new URLSearchParams({ tenant: tenant.directoryId, label: '' })
  const answer = await product.ask(
    'POST',
    path,
    { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    fields,
  )
  expect(answer.status).toBe(422)
  return answer.text()
}
const HIDDEN = 'type="hidden" name="tenant"'

test('a form for one tenant stays with it when a field is wrong', async () => {
  const asked = await product.ask('GET', `/admin/provider-connections/new?tenant=${tenant.directoryId}`, {
    cookie,
  })
  const action = /<form[^>]* action="([^"]*provider-connections[^"]*)"/.exec(await asked.text())?.[1] ?? ''

  const page = await send(action)

  expect(page).toContain(HIDDEN)
  expect(page).toContain('Adventure Works')
  expect(page).not.toContain('<select')
})

test('a form for any tenant lets its reader choose again, and offers no archived one', async () => {
  const page = await send('/admin/provider-connections')

  expect(page).not.toContain(HIDDEN)
  expect(page).toMatch(/<option[^>]*selected[^>]*>Adventure Works/)
  expect(page).not.toContain('Wingtip Toys')
})
