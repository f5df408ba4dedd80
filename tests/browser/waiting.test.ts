import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.ts'
import { type Product, startProduct } from './product.ts'

const ROLES = '#start-directory-role-definitions-sync'
const GROUPS = '#start-directory-groups-sync'

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

/** The page of a tenant whose directory answers slowly. */
async function slowTenant(name: string): Promise<{ page: Page; directoryId: string }> {
  const page = await (await browser.newContext({ locale: 'en' })).newPage()
  page.setDefaultTimeout(100_000) // the machine may be busy with other tests
  await page.goto(`${product.url}/admin/tenants`)
  await page.fill('#email', 'operator@contoso.example')
  await page.fill('#password', 'demo-demo-demo')
  await page.click('main button[type=submit]')
  await page.waitForURL('**/admin/tenants')
  await page.getByRole('link', { name, exact: true }).click()
  const directoryId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await product.slow(directoryId, 10_000)
  return { page, directoryId }
}

const says = (page: Page, row: string) => async () =>
  ((await page.locator(`${row}-answer`).textContent()) ?? '').replace(/\s+/g, ' ')

test('by the keyboard alone: a busy directory, a start when it is free, and what became of it', async () => {
  const { directoryId, page } = await slowTenant('Northwind Traders')
  await page.locator(`${GROUPS}-start`).press('Enter')
  await expect.poll(says(page, GROUPS), { timeout: 60_000 }).toContain('Queued.')

  await page.locator(`${ROLES}-start`).press('Enter')
  await expect.poll(says(page, ROLES), { timeout: 60_000 }).toMatch(/Scope busy\..*Held by Operation #/)
  await page.keyboard.press('Tab')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), { timeout: 60_000 })
    .toBe('Start when free')
  await page.keyboard.press('Enter')
  await expect.poll(says(page, ROLES), { timeout: 60_000 }).toMatch(/Waiting to start\..*Next in line/)
  expect(await page.evaluate(() => document.activeElement?.classList.contains('answer'))).toBe(true)

  await product.slow(directoryId, null)
  await expect
    .poll(says(page, ROLES), { timeout: 90_000 })
    .toMatch(/Succeeded.*“Sync role definitions” in Northwind Traders has ended/)
}, 300_000)

test('the answer offers the start itself once the directory is free', async () => {
  const { directoryId, page } = await slowTenant('Adventure Works')
  await page.locator(`${GROUPS}-start`).press('Enter')
  await expect.poll(says(page, GROUPS), { timeout: 60_000 }).toContain('Queued.')
  await page.locator(`${ROLES}-start`).press('Enter')
  await expect.poll(says(page, ROLES), { timeout: 60_000 }).toContain('Scope busy.')

  await product.slow(directoryId, null)

  await expect.poll(says(page, ROLES), { timeout: 90_000 }).toContain('The directory is free again.')
  await page.locator(`${ROLES}-answer button`, { hasText: 'Sync role definitions' }).press('Enter')
  await expect.poll(says(page, ROLES), { timeout: 60_000 }).toMatch(/Queued\.|Succeeded/)
}, 300_000)
