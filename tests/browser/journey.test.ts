import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const PATIENCE = 100_000

const WORDS = {
  en: {
    blocked: 'Blocked.',
    queued: 'Queued.',
    succeeded: 'Succeeded',
    permission: 'Permission missing',
    read: 'Mark all as read',
  },
  de: {
    blocked: 'Blockiert.',
    queued: 'Eingereiht.',
    succeeded: 'Erfolgreich',
    permission: 'Berechtigung fehlt',
    read: 'Alle als gelesen markieren',
  },
} as const

async function signedIn(
  language: 'en' | 'de',
  options: BrowserContextOptions = {},
  email = 'operator@contoso.example',
): Promise<Page> {
  const context = await browser.newContext({ locale: language, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE) // the machine may be busy with other tests
  await page.goto(`${product.url}/admin/tenants`)
  await page.fill('#email', email)
  await page.fill('#password', 'demo-demo-demo')
  await page.click('main button[type=submit]')
  await page.waitForURL('**/admin/tenants')
  return page
}

/** The start row that posts this operation. */
const rowOf = (page: Page, operation: string) =>
  page.locator('li.act', { has: page.locator(`form[action*="${operation}"]`) })

/** Waits for the end of the operation that the page shows; if it does not come, says what is there instead. */
async function ended(page: Page, state: string): Promise<void> {
  try {
    await page.locator('.state-pill', { hasText: state }).waitFor()
  } catch (cause) {
    const shown = await page.locator('main').textContent()
    throw new Error(`No "${state}" at ${page.url()}, but:\n${shown}\n${product.output()}`, { cause })
  }
}

async function grantEverything(name: string): Promise<void> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(product.sandboxUrl)
  await page.getByRole('link', { name }).click()
  for (const tick of await page.locator('input[name=granted]').all()) await tick.check()
  await page.getByRole('button', { name: 'Save grants' }).click()
  await page.context().close()
}

describe.each([
  ['en', "Margie's Travel"],
  ['de', 'Fourth Coffee'],
] as const)('in %s', (language, tenant) => {
  test(`an operator finds ${tenant} blocked, mends it, starts, watches and is told once`, async () => {
    const words = WORDS[language]
    const page = await signedIn(language)
    await page.getByRole('link', { name: tenant, exact: true }).click()
    const address = page.url()

    const sync = rowOf(page, 'directory.role_definitions.sync')
    await sync.getByRole('button').click()
    const refusal = sync.getByRole('status')
    await expect.poll(() => refusal.textContent()).toContain(words.blocked)
    expect(await refusal.locator('a').count()).toBeGreaterThan(0)
    expect(page.url()).toBe(address)
    expect(await sync.getByRole('button').evaluate((button) => button === document.activeElement)).toBe(true)

    await grantEverything(tenant)
    const check = rowOf(page, 'provider.connection.check')
    await check.getByRole('button').click()
    await expect.poll(() => check.getByRole('status').textContent()).toContain(words.queued)
    await check.getByRole('status').locator('a').last().click()
    await ended(page, words.succeeded)

    await page.goto(address)
    await rowOf(page, 'directory.role_definitions.sync').getByRole('button').click()
    const answer = rowOf(page, 'directory.role_definitions.sync').getByRole('status')
    await expect.poll(() => answer.textContent()).toContain(words.queued)
    await answer.locator('a').last().click()
    await ended(page, words.succeeded)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)

    await page.locator('#bell').click()
    const told = page.locator('li.letter', { hasText: tenant })
    expect(await told.count()).toBe(2)
    await page.getByRole('button', { name: words.read }).click()
    await expect.poll(() => page.locator('.letter.is-unread').count()).toBe(0)
    await page.context().close()
  })
})

test('an owner connects a tenant through the central app: declined once, then granted by its administrator', async () => {
  const page = await signedIn('en', {}, 'owner@contoso.example')
  await page.goto(`${product.url}/admin/provider-connections/new?type=platform`)
  await page.selectOption('#tenant', { label: 'Litware' })
  await page.locator('main button.btn-primary').click()
  await page.waitForURL('**/consent')
  const continueThere = () => page.getByRole('button', { name: 'Continue at Microsoft' }).click()

  await continueThere()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('alert').getByText('Consent was declined at Microsoft.').waitFor()

  await continueThere()
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByText('By admin@litware.example (Global Administrator)').waitFor()
  await page.getByRole('link', { name: 'Check the connection' }).click()

  const check = rowOf(page, 'provider.connection.check')
  await check.getByRole('button').click()
  await check.getByRole('status').locator('a').last().click()
  await ended(page, 'Succeeded')
  await page.context().close()
})

test('the page of a tenant comes to the end of a start by itself, and stops asking', async () => {
  const page = await signedIn('en')
  await page.getByRole('link', { name: 'Northwind Traders', exact: true }).click()
  const address = page.url()
  const sync = rowOf(page, 'directory.role_definitions.sync')
  const forecast = sync.locator('.forecast')
  const answer = sync.getByRole('status')
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))

  await sync.getByRole('button').click()
  await page.locator('#recent tr').getByText('Sync role definitions').waitFor()
  await answer.getByText('Succeeded').waitFor()
  await sync.getByText('Last success').waitFor()

  expect(await answer.textContent()).not.toContain('Queued.')
  expect(await forecast.textContent()).toContain('Queues now')
  expect(await page.locator('#recent .state').first().textContent()).toContain('Succeeded')
  expect(await sync.getByRole('button').evaluate((button) => button === document.activeElement)).toBe(true)
  expect(await page.locator('[data-not-reloaded]').count()).toBe(1)
  // A part asks at most once a second: what was told of the end may still be asked for.
  await page.waitForTimeout(2000)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.waitForTimeout(2500)
  expect(asked.filter((url) => url.startsWith(address) || url.includes('part=state'))).toEqual([])
  await page.context().close()
})

test('a link that is pressed stays until it is let go, whatever comes meanwhile', async () => {
  const page = await signedIn('en')
  await page.getByRole('link', { name: 'Northwind Traders', exact: true }).click()
  const directoryId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await product.slow(directoryId, 4000)
  const check = rowOf(page, 'provider.connection.check')
  await check.getByRole('button').click()
  const link = check.getByRole('status').getByRole('link', { name: /Open operation/ })
  // What came with the start has come, so that the link stays where it is while the pointer goes there.
  await page.locator('#activity').getByText('Check connection').waitFor()
  await page.locator('#recent tr').getByText('Running').waitFor()
  await link.hover()
  await page.mouse.down()
  const ended = await page.waitForResponse(
    async (response) => response.headers()['hx-retarget'] !== undefined,
  )
  await ended.finished()
  await page.waitForTimeout(300)
  await page.mouse.up()

  await page.waitForURL('**/admin/operations/*')
  await product.slow(directoryId, null)
  await page.context().close()
})

test('whoever is signed out meanwhile goes to the sign-in, and it never appears inside a page', async () => {
  const page = await signedIn('en')
  await page.getByRole('link', { name: 'Proseware', exact: true }).click()
  const sync = rowOf(page, 'directory.role_definitions.sync')
  await page.context().clearCookies()

  await page.waitForResponse((response) => response.url().includes('/sign-in'))
  await page.waitForTimeout(300)
  expect(await page.locator('#password').count()).toBe(0)
  expect(await sync.count()).toBe(1)

  await sync.getByRole('button').click()
  await page.waitForURL(/\/sign-in\?next=%2Fadmin%2Ft%2F/)
  await page.context().close()
})

test('a start works without a script: the answer comes as a page', async () => {
  const page = await signedIn('en', { javaScriptEnabled: false })
  await page.getByRole('link', { name: 'Bellows College', exact: true }).click()
  await rowOf(page, 'provider.connection.check').getByRole('button').click()
  expect(await page.getByRole('status').textContent()).toContain('Blocked.')
  await page.context().close()
})

test('no page scrolls sideways on a phone, and none has an accessibility fault', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const paths = [
    '/admin',
    '/admin/tenants',
    '/admin/operations',
    '/admin/operations/1',
    '/admin/provider-connections',
    '/admin/notifications',
    '/admin/members',
    '/admin/members/1',
    '/admin/account',
    '/admin/settings',
    '/admin/settings/workspace',
    '/admin/api-keys',
    '/docs/api',
  ]
  const cookie = await product.signIn('operator@contoso.example')
  const listed = await fetch(`${product.url}/admin/tenants`, {
    headers: { cookie, accept: 'application/json' },
  })
  const { tenants } = (await listed.json()) as { tenants: { href: string }[] }
  const [tenant] = tenants
  paths.push(`${tenant?.href}`, `${tenant?.href}/directory/role-definitions`, '/admin/provider-connections/1')
  paths.push('/admin/provider-connections/1/consent')
  for (const page of ['credential', 'credential?way=certificate', 'permissions'])
    paths.push(`/admin/provider-connections/1/${page}`)
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await signedIn('en', { viewport: { width: 390, height: 844 }, colorScheme, bypassCSP: true })
    for (const path of paths) {
      await page.goto(product.url + path)
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path).toBe(true)
      await page.evaluate(axe)
      const faults = await page.evaluate(() =>
        (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
        ).axe.run(),
      )
      expect(faults.violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).toEqual([])
    }
    await page.context().close()
  }
})
