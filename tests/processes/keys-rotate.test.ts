import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Database } from '../../src/database/index.ts'
import { type Product, startProduct } from '../browser/product.ts'
import { freshDatabase } from '../world/databases.ts'

const [OLD, NEW] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]

let database: Database
let DATABASE_URL: string
let product: Product | null = null
beforeAll(async () => {
  database = await freshDatabase('postgres')
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.db)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${rows[0]?.name}`
  DATABASE_URL = url.href
})
afterAll(async () => {
  await product?.stop()
  await database.close()
})

const startWith = async (keys: Record<string, string>) => {
  await product?.stop()
  product = await startProduct({ DATABASE_URL, ...keys })
  return product
}

/** Runs the command beside the product and says how it ended. */
const rotateKeys = (keys: Record<string, string>) =>
  new Promise<{ status: number | null; said: string }>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main/cli.ts', 'keys', 'rotate'], {
      env: { ...process.env, NODE_ENV: 'production', VITEST: '', CLOUD: 'sandbox', DATABASE_URL, ...keys },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk
      })
    child.once('exit', (status) => resolve({ status, said }))
  })

/** How a check through the first connection ends, asked for by whoever has this cookie. */
async function checked(at: Product, cookie: string): Promise<string> {
  const headers = { cookie, accept: 'application/json' }
  const path = '/admin/provider-connections/1/actions/provider.connection.check/start'
  const started = await fetch(at.url + path, { method: 'POST', headers: { ...headers, origin: at.url } })
  const { run } = (await started.json()) as { run: { url: string } }
  const detail = async () =>
    (await (await fetch(at.url + run.url, { headers })).json()) as {
      outcome?: string
      executionStatus: string
    }
  await expect.poll(async () => (await detail()).executionStatus).toBe('completed')
  const row = await database.db
    .selectFrom('operation_runs')
    .select('outcome')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return row.outcome ?? ''
}

test('a key is changed beside a running product: its credentials work on, and nobody is signed out', async () => {
  const before = await startWith({ APP_KEY: OLD })
  const cookie = await before.signIn('owner@contoso.example')
  expect(await checked(before, cookie)).toBe('succeeded')

  const during = await startWith({ APP_KEY: NEW, APP_KEY_PREVIOUS: OLD })
  expect(await checked(during, cookie)).toBe('succeeded')
  const rotated = await rotateKeys({ APP_KEY: NEW, APP_KEY_PREVIOUS: OLD })
  expect(rotated).toEqual({
    status: 0,
    said: expect.stringMatching(/^Key [0-9a-f]{16}: \d+ sealed anew, \d+ sealed under it in all\.\n$/),
  })
  expect(rotated.said).not.toContain(' 0 sealed anew')
  expect(await checked(during, cookie)).toBe('succeeded')

  const again = await rotateKeys({ APP_KEY: NEW })
  expect([again.status, again.said]).toEqual([0, expect.stringContaining(': 0 sealed anew')])
  const wrong = await rotateKeys({ APP_KEY: OLD })
  expect([wrong.status, wrong.said]).toEqual([1, expect.stringContaining('open under no key at hand')])

  const after = await startWith({ APP_KEY: NEW })
  const fresh = await after.signIn('owner@contoso.example')
  expect(await checked(after, fresh)).toBe('succeeded')
  expect(
    (await fetch(`${after.url}/admin/tenants`, { headers: { cookie, accept: 'application/json' } })).status,
  ).toBe(401)
})
