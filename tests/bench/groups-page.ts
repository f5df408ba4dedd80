/**
 * Measures the page of a tenant's groups at a thousand and at a million of them, side by side on one PostgreSQL: the
 * whole page over HTTP, signed in, for each order, filter and kind of search. `npx tsx tests/bench/groups-page.ts`
 * prints Markdown; a number behind it is how many instead of a million.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo } from '../../src/main/demo/seed.ts'
import { openInstallation } from '../../src/main/installation.ts'
import { startServing } from '../../src/main/serve.ts'
import { readSettings } from '../../src/main/settings.ts'
import { type PostgresServer, startPostgres } from '../world/postgres-server.ts'
import { fillGroups, middleOf, settle } from './fill-groups.sql.ts'
import { median } from './measure.ts'
import { signIn } from './over-http.ts'

/** One address of the list, at few and at many groups: the middle of some calls each, in milliseconds. */
export interface MeasuredPage {
  readonly what: string
  readonly few: number
  readonly many: number
  readonly ratio: number
}

const FEW = 1000
const MANY = 1_000_000
const CALLS = 15
const QUIET = { error() {}, warn() {}, info() {} }

/** Every address that is measured; `edge` is a place in the middle of the tenant's list. */
const ADDRESSES: readonly (readonly [what: string, query: (edge: Edge) => string])[] = [
  ['first page, by name', () => ''],
  ['by name from the end', () => 'sort=-name'],
  ['by last change', () => 'sort=-changed'],
  ['longest unchanged', () => 'sort=changed'],
  ['by first seen', () => 'sort=first_seen'],
  ['newest', () => 'sort=-first_seen'],
  ['middle, by name', ({ name }) => `after=${name}`],
  ['middle, backwards', ({ name }) => `before=${name}`],
  ['middle, by last change', ({ changed }) => `sort=-changed&after=${changed}`],
  ['Microsoft 365', () => 'show=microsoft_365'],
  ['security', () => 'show=security'],
  ['mail-enabled security (ten of all)', () => 'show=mail_enabled_security'],
  ['distribution, by last change', () => 'show=distribution&sort=-changed'],
  ['dynamic', () => 'show=dynamic'],
  ['gone', () => 'show=gone'],
  ['search with one hit', () => 'q=0000500'],
  ['search with no hit', () => 'q=nowhere'],
  ['search that a seventh has', () => 'q=Oslo'],
  ['search that a seventh has, by last change', () => 'q=Oslo&sort=-changed'],
  ['search that an eighth has, at the end of the names', () => 'q=team'],
  ['search that one in 56 has', () => 'q=SG+Vienna'],
  ['search that one in 250 has', () => 'q=042'],
  ['search of two letters', () => 'q=te'],
  ['search of two letters with no hit', () => 'q=zq'],
  ['search that many have, among ten', () => 'q=contoso&show=mail_enabled_security'],
  ['search with one hit, among the gone', () => 'q=nowhere&show=gone'],
]

/** Fills two tenants and measures every address at both in turn, so that what disturbs one disturbs the other. */
export async function groupsPage(
  server: PostgresServer,
  { calls = CALLS, few = FEW, many = MANY, name = 'groups_page' } = {},
): Promise<MeasuredPage[]> {
  const settings = readSettings(
    {
      DATABASE_URL: await server.createDatabase(name),
      APP_KEY: randomBytes(32).toString('hex'),
      PORT: '0',
      CLOUD: 'sandbox',
    },
    { demo: true },
  )
  const installation = await openInstallation(settings, QUIET as never, 'http://127.0.0.1:1')
  await seedDemo(installation)
  const { db } = installation.database
  const [small, large] = await db
    .selectFrom('tenants')
    .select(['id', 'directory_id'])
    .where('name', 'in', ['Adventure Works', 'Northwind Traders'])
    .orderBy('name')
    .execute()
  if (!small || !large) throw new Error('The demo has other tenants')
  await fillGroups(db, small.id, few)
  await fillGroups(db, large.id, many)
  await settle(db)
  const serving = await startServing(installation, QUIET as never, {
    assetFolder: join(import.meta.dirname, '../../build/assets'),
    demo: null,
  })
  try {
    const base = `http://127.0.0.1:${serving.port}`
    const cookie = await signIn(base)
    const at = async ({ directory_id, id }: typeof small) => {
      const edge = edgeOf(await middleOf(db, id))
      return (query: (edge: Edge) => string) =>
        timed(`${base}/admin/t/${directory_id}/directory/groups?${query(edge)}`, cookie)
    }
    return await inTurn(await at(small), await at(large), calls)
  } finally {
    await serving.stop()
    await installation.close()
  }
}

interface Edge {
  readonly name: string
  readonly changed: string
}

const edgeOf = ({ changed, id, name }: Awaited<ReturnType<typeof middleOf>>): Edge => ({
  name: Buffer.from(JSON.stringify([name, id])).toString('base64url'),
  changed: Buffer.from(JSON.stringify([changed, id])).toString('base64url'),
})

type Ask = (query: (edge: Edge) => string) => Promise<number>

async function inTurn(small: Ask, large: Ask, calls: number): Promise<MeasuredPage[]> {
  const all: MeasuredPage[] = []
  for (const [what, query] of ADDRESSES) {
    const took: { few: number; many: number }[] = []
    for (let call = -2; call < calls; call++) {
      const one = { few: await small(query), many: await large(query) }
      if (call >= 0) took.push(one) // the first two warm both up
    }
    const few = median(took.map((one) => one.few))
    const many = median(took.map((one) => one.many))
    all.push({ what, few, many, ratio: many / few })
  }
  return all
}

async function timed(address: string, cookie: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(address, { headers: { cookie, accept: 'text/html' } })
  await answer.text()
  if (!answer.ok) throw new Error(`${address} was answered with ${answer.status}`)
  return performance.now() - began
}

/** What was measured, as a table in Markdown. */
export const asTable = (pages: readonly MeasuredPage[], many = MANY): string =>
  [
    `| page of groups | ms at ${FEW} | ms at ${many} | ratio |`,
    '|---|---:|---:|---:|',
    ...pages.map(
      (page) =>
        `| ${page.what} | ${page.few.toFixed(1)} | ${page.many.toFixed(1)} | ${page.ratio.toFixed(2)} |`,
    ),
  ].join('\n')

if (process.argv[1] === import.meta.filename) {
  const many = Number(process.argv[2] ?? MANY)
  const directory = mkdtempSync(join(tmpdir(), 'tenantpilot-bench-'))
  const server = await startPostgres(directory, ['-c', 'fsync=off', '-c', 'shared_buffers=512MB'])
  try {
    console.log(asTable(await groupsPage(server, { many }), many))
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  process.exit(0)
}
