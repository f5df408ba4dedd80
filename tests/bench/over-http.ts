import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Db } from '../../src/database/index.ts'
import { seedDemo } from '../../src/main/demo/seed.ts'
import { openInstallation } from '../../src/main/installation.ts'
import { startServing } from '../../src/main/serve.ts'
import { readSettings } from '../../src/main/settings.ts'
import type { Asked, Loaded } from './load.ts'
import { type Measured, median } from './measure.ts'

/** A request that is measured over HTTP. */
interface Route {
  readonly name: string
  readonly asked: Omit<Asked, 'connections' | 'seconds'>
}

const JSON_FORM = { accept: 'application/json' }
const SYNC = 'directory.role_definitions.sync'
const QUIET = { error() {}, warn() {}, info() {} }

/**
 * Starts over HTTP by somebody who is signed in, on the product's own web side, beside a bare server on
 * the same database whose only route does `select 1`. The load comes from a process of its own.
 */
export async function overHttp(
  databaseUrl: string,
  assetFolder: string,
  callers: readonly number[],
  rounds: number,
): Promise<ReadonlyMap<number, ReadonlyMap<string, readonly Measured[]>>> {
  const settings = readSettings(
    {
      DATABASE_URL: databaseUrl,
      APP_KEY: randomBytes(32).toString('hex'),
      PORT: '0',
      CLOUD: 'sandbox',
      STARTS_PER_MINUTE: '1000000000',
    },
    { demo: true },
  )
  const installation = await openInstallation(settings, QUIET as never, 'http://127.0.0.1:1')
  await seedDemo(installation)
  const serving = await startServing(installation, QUIET as never, { assetFolder, demo: null })
  const bare = await bareServer(installation.database.db)
  const load = fork(fileURLToPath(new URL('load.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  try {
    const routes = await routesOf(`http://127.0.0.1:${serving.port}`, bare.url)
    const all = new Map<number, Map<string, Measured[]>>()
    for (const connections of callers) {
      const measured = new Map<string, Measured[]>(routes.map(({ name }) => [name, []]))
      for (let round = 0; round < rounds; round++)
        for (const { asked, name } of routes)
          measured.get(name)?.push(await loaded(load, { ...asked, connections, seconds: 2 }))
      all.set(connections, measured)
    }
    return all
  } finally {
    load.kill()
    bare.server.close()
    await serving.stop()
    await installation.close()
  }
}

async function bareServer(db: Db): Promise<{ server: ServerType; url: string }> {
  const app = new Hono().get('/', async (c) => {
    await sql`select ${1}::int as one`.execute(db)
    return c.json({ one: 1 })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function routesOf(product: string, bare: string): Promise<Route[]> {
  const cookie = await signIn(product)
  const headers = { ...JSON_FORM, cookie }
  const tenants = await namesOfTenants(product, headers)
  const path = (tenant: string) => `${product}/admin/t/${tenants.get(tenant)}/provider-actions/${SYNC}/start`
  const held = await fetch(path('Adventure Works'), { method: 'POST', headers })
  if (!held.ok) throw new Error(`A start was answered with ${held.status}`)
  return [
    { name: 'bare route, select 1', asked: { url: bare, method: 'GET', headers: JSON_FORM } },
    { name: 'deduped', asked: { url: path('Adventure Works'), method: 'POST', headers } },
    { name: 'blocked', asked: { url: path('Bellows College'), method: 'POST', headers } },
    {
      name: 'explain',
      asked: { url: path('Northwind Traders').replace(/start$/, 'explain'), method: 'GET', headers },
    },
  ]
}

/** Signs an operator of the demo in; the answer is the browser’s cookie. */
export async function signIn(product: string): Promise<string> {
  const answer = await fetch(`${product}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'operator@contoso.example', password: 'demo-demo-demo' }),
  })
  if (!answer.ok) throw new Error(`The sign-in was answered with ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function namesOfTenants(
  product: string,
  headers: Record<string, string>,
): Promise<Map<string, string>> {
  const answer = await fetch(`${product}/admin/tenants`, { headers })
  const { tenants } = (await answer.json()) as { tenants: { id: string; name: string }[] }
  return new Map(tenants.map(({ id, name }) => [name, id]))
}

async function loaded(load: ChildProcess, asked: Asked): Promise<Measured> {
  load.send(asked)
  const [answer] = (await once(load, 'message')) as [Loaded]
  if (answer.failed > 0)
    throw new Error(`${answer.failed} requests to ${asked.url} were not answered with 200`)
  return answer
}

/** The middle of a route's rounds. */
export const middleOf = (rounds: readonly Measured[]): Measured => ({
  perSecond: median(rounds.map(({ perSecond }) => perSecond)),
  p50: median(rounds.map(({ p50 }) => p50)),
  p99: median(rounds.map(({ p99 }) => p99)),
})
