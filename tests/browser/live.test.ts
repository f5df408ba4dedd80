import { randomBytes } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/index.ts'
import { freshDatabase } from '../world/databases.ts'
import { openChromium } from './chromium.ts'
import { type Product, startProduct } from './product.ts'

/** Two processes with pages on one PostgreSQL; what is started in one is watched in the other. */
let database: Database
let here: Product
let there: Product
let browser: Browser
beforeAll(async () => {
  database = await freshDatabase('postgres')
  if (database.native.kind !== 'postgres') throw new Error('This is about PostgreSQL')
  const shared = { DATABASE_URL: database.native.url, APP_KEY: randomBytes(32).toString('hex') }
  here = await startProduct(shared)
  there = await startProduct(shared)
  browser = await openChromium()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await Promise.all([here?.stop(), there?.stop()])
  await database?.close()
})

const EMAIL = 'operator@contoso.example'
const PATIENCE = 100_000

/** A page of the other process, signed in; `prepared` may take something from its browser before. */
async function watching(path: string, prepared: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en' })).newPage()
  page.setDefaultTimeout(PATIENCE)
  await prepared(page)
  await page.goto(`${there.url}/sign-in?next=${encodeURIComponent(path)}`)
  await page.fill('#email', EMAIL)
  await page.fill('#password', 'demo-demo-demo')
  await page.click('main button[type=submit]')
  await page.waitForURL(`${there.url}${path}`)
  return page
}

/** Starts an operation in the first process; the answer is the number of its run. */
async function started(): Promise<number> {
  const headers = { cookie: await here.signIn(EMAIL), accept: 'application/json' }
  const listed = await fetch(`${here.url}/admin/tenants`, { headers })
  const { tenants } = (await listed.json()) as { tenants: { name: string; href: string }[] }
  const tenant = tenants.find(({ name }) => name === 'Northwind Traders')
  const path = `${tenant?.href}/provider-actions/directory.role_definitions.sync/start`
  const answer = await fetch(here.url + path, { method: 'POST', headers })
  const { run } = (await answer.json()) as { run: { id: number } }
  return run.id
}

const stateOf = (page: Page, runId: number) =>
  page.locator('tr', { has: page.locator(`a[href="/admin/operations/${runId}"]`) }).locator('.state')

test('a page without any interval shows the beginning and the end of what another process started', async () => {
  const page = await watching('/admin/operations', (bare) =>
    bare.addInitScript(() => {
      globalThis.setInterval = (() => 0) as unknown as typeof setInterval
    }),
  )
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/admin/activity')),
  ) // asked for because the stream has begun

  const runId = await started()

  await stateOf(page, runId).getByText('Succeeded').waitFor()
  await page.context().close()
})

test('a page that is refused the stream shows it all the same', async () => {
  let refused = 0
  const page = await watching('/admin/operations', (bare) =>
    bare.route('**/admin/live*', (route) => {
      refused += 1
      return route.fulfill({ status: 429, body: '' })
    }),
  )

  const runId = await started()

  await stateOf(page, runId).getByText('Succeeded').waitFor()
  expect(refused).toBeGreaterThan(0)
  await page.context().close()
})
