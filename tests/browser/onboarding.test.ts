import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.ts'
import { type Product, startProduct } from './product.ts'

let product: Product
let browser: Browser
beforeAll(async () => {
  product = await startProduct()
  browser = await openChromium()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const PERMISSIONS = [
  'Organization.Read.All',
  'Group.Read.All',
  'RoleManagement.Read.Directory',
  'DeviceManagementConfiguration.Read.All',
]

/** A directory at Microsoft with an app that was granted what it needs, and nothing of it in the product yet. */
async function newDirectory(domain: string) {
  const send = async (path: string, method: string, body: object) => {
    const answer = await fetch(product.sandboxUrl + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.ok, `${path} ${answer.status}`).toBe(true)
    return answer.json()
  }
  const id = randomUUID()
  await send('/control/directories', 'POST', { id, displayName: 'Wingtip Toys', domain })
  const app = await send(`/control/directories/${id}/apps`, 'POST', { displayName: 'Ours' })
  await send(`/control/directories/${id}`, 'PATCH', {
    granted: { [app.clientId]: PERMISSIONS },
    installed: { [app.clientId]: true },
  })
  return app as { clientId: string; secret: string }
}

/** A manager in a browser that was just opened; whatever the one before remembered is gone. */
async function freshPage(path: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en' })).newPage()
  page.setDefaultTimeout(100_000) // the machine may be busy with other tests
  await page.goto(product.url + path)
  await page.fill('#email', 'manager@contoso.example')
  await page.fill('#password', 'demo-demo-demo')
  await page.click('main button[type=submit]')
  await page.waitForURL(`**${path}`)
  return page
}

/** Closes the browser after a step and comes back by the way that leads from the beginning. */
async function comeBack(page: Page, name: string): Promise<Page> {
  await page.context().close()
  const again = await freshPage('/admin/onboarding')
  await again.getByRole('link', { name, exact: true }).click()
  await again.waitForURL('**/admin/onboarding/*')
  return again
}

const text = (page: Page) => async () =>
  ((await page.locator('#main').textContent()) ?? '').replace(/\s+/g, ' ')

test('from nothing to an active tenant with three operations, the browser closed after each step', async () => {
  const app = await newDirectory('wingtip.example')
  let page = await freshPage('/admin/onboarding')
  await page.getByRole('button', { name: 'Onboard another tenant' }).click()
  await page.fill('#directory', 'wingtip.example')
  await page.fill('#name', 'Wingtip Toys')
  await page.getByRole('button', { name: 'Identify' }).click()
  await page.waitForURL('**step=connect')

  page = await comeBack(page, 'Wingtip Toys')
  await page.getByRole('link', { name: 'Add an own app registration' }).click()
  await page.fill('#label', 'Own app')
  await page.fill('#clientId', app.clientId)
  await page.fill('#clientSecret', app.secret)
  await page.locator('form.form button.btn-primary').click()
  await page.waitForURL('**step=connect')

  page = await comeBack(page, 'Wingtip Toys')
  await page.locator('#start-provider-connection-check-start').click()
  await expect.poll(text(page), { timeout: 60_000 }).toContain('Verification report')

  page = await comeBack(page, 'Wingtip Toys')
  expect(await page.locator('[aria-current=step]').textContent()).toContain('Bootstrap')
  await page.getByLabel('Take compliance snapshot').uncheck()
  await page.getByRole('button', { name: 'Start bootstrap' }).click()
  await expect.poll(text(page), { timeout: 60_000 }).toMatch(/Queued\./)

  await page.context().close()
  const look = await product.signIn('manager@contoso.example')
  const session = async () => {
    const answer = await fetch(`${product.url}/admin/onboarding`, {
      headers: { cookie: look, accept: 'application/json' },
    })
    const { sessions } = await answer.json()
    return sessions.find(({ tenant }: { tenant?: { name: string } }) => tenant?.name === 'Wingtip Toys')
  }
  const states = async () => (await session()).bootstrap.map(({ state }: { state: string }) => state)
  await expect.poll(states, { timeout: 90_000 }).toEqual(['finished', 'finished', 'finished'])

  page = await freshPage('/admin/onboarding')
  await page.getByRole('link', { name: 'Wingtip Toys', exact: true }).click()
  await page.getByRole('button', { name: 'Activate tenant' }).click()
  await expect.poll(text(page), { timeout: 60_000 }).toContain('Wingtip Toys is active')
  await page.getByRole('link', { name: 'Open the tenant' }).first().click()
  await expect.poll(text(page), { timeout: 60_000 }).toContain('3 of')
  await page.context().close()
}, 240_000)
