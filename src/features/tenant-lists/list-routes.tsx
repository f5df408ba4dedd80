import { roleMay } from '../../access/index.ts'
import { parseDirectoryId, type TenantId } from '../../kernel/index.ts'
import {
  frameFor,
  problem,
  type Request,
  type Routes,
  representationFor,
  type StartEndpoint,
  type Web,
} from '../../web/index.ts'
import { surroundingsOf, type TenantAtHand, tenantHref, tenantInPath } from '../tenants/index.ts'
import { pageAsked, partAsked } from './asked-page.ts'
import { EntryPage } from './entry-page.tsx'
import { lastReading } from './last-reading.sql.ts'
import { entryAsJson, turnsAsJson } from './list-json.ts'
import { ListPage } from './list-page.tsx'
import { type WantedPage, writeOrder } from './list-query.ts'
import { turnsOf } from './page-turns.ts'
import type { TenantList } from './tenant-list.ts'

/** The pages of one list: the list, each entry, and the sync that reads them; for programs the same in JSON. */
export const listRoutes =
  (list: TenantList, start: StartEndpoint): Routes =>
  (app, web) => {
    const path = `/admin/t/:tenant/${list.path}`

    app.get(path, async (c) => {
      const asks = await readerOf(web, c, list)
      if ('refused' in asks) return problem(web, c, asks.refused)
      const { form, found } = asks
      if (form === 'html') return showList(web, c, list, found)
      const asked = partAsked(c, list.shows)
      return asked.ok
        ? tellPart(web, c, list, found, asked.wanted)
        : problem(web, c, 'malformed', asked.issues)
    })

    app.get(`${path}/:id`, async (c) => {
      const asks = await readerOf(web, c, list)
      if ('refused' in asks) return problem(web, c, asks.refused)
      const { form, found } = asks
      const { tenant } = found
      const id = c.req.param('id') ?? ''
      const entry = id.includes('\0') ? undefined : await list.one(web.db, tenant.id, id)
      if (!entry) return problem(web, c, 'not_found')
      const href = `${tenantHref(tenant)}/${list.path}`
      if (form === 'json') return c.json({ ...entryAsJson(entry, list.json(entry), href), raw: entry.raw })
      const props = { shell: await frameFor(web, c), reader: c.var.reader, tenant, list, href, entry }
      return c.html(<EntryPage {...props} />)
    })

    const { surface } = list
    if (!surface) return
    app.post(`${path}/sync`, (c) => {
      const directoryId = parseDirectoryId(c.req.param('tenant') ?? '')
      return start(c, {
        surface,
        operation: list.operation,
        target: directoryId && { kind: 'directory', directoryId },
      })
    })
  }

/** Who may read the lists of the tenant in the path, and in which form; or why not. */
async function readerOf(web: Web, c: Request, { view }: TenantList) {
  const form = representationFor(c, null)
  if (form === null) return { refused: 'not_acceptable' } as const
  const found = await tenantInPath(web, c)
  if (!found) return { refused: 'not_found' } as const
  if (!roleMay(found.tenant.role, view)) return { refused: 'forbidden' } as const
  return { form, found }
}

const readingOf = ({ db }: Web, list: TenantList, tenantId: TenantId) =>
  list.reading ? list.reading(db, tenantId) : lastReading(db, tenantId, list.operation)

async function showList(web: Web, c: Request, list: TenantList, found: TenantAtHand) {
  const { tenant } = found
  const wanted = pageAsked(c, list.shows)
  const [page, reading, all, surroundings, remark] = await Promise.all([
    list.find(web.db, tenant.id, wanted),
    readingOf(web, list, tenant.id),
    list.count(web.db, tenant.id),
    surroundingsOf(web, c),
    list.remark?.(web.db, tenant.id, {
      isReading: found.forecast.ground.active?.operation === list.operation,
      reader: c.var.reader,
    }),
  ])
  const props = {
    ...found,
    ...surroundings,
    ...turnsOf(page.entries, wanted.edge, wanted.limit),
    list,
    href: `${tenantHref(tenant)}/${list.path}`,
    at: c.req.path + new URL(c.req.url).search,
    reader: c.var.reader,
    wanted: { ...wanted, order: page.order },
    isReordered: writeOrder(page.order) !== writeOrder(wanted.order),
    counts: wanted.search ? page.counts : all,
    onlyBeginnings: page.onlyBeginnings ?? false,
    all,
    reading,
    remark: remark ?? null,
  }
  return c.html(<ListPage {...props} />)
}

async function tellPart(
  web: Web,
  c: Request,
  list: TenantList,
  { tenant }: TenantAtHand,
  wanted: WantedPage,
) {
  const [page, reading, more] = await Promise.all([
    list.find(web.db, tenant.id, wanted),
    readingOf(web, list, tenant.id),
    list.tell?.(web.db, tenant.id),
  ])
  const { rows, turns } = turnsOf(page.entries, wanted.edge, wanted.limit)
  const href = `${tenantHref(tenant)}/${list.path}`
  return c.json({
    ...(reading && { readAt: reading.at }),
    ...more,
    [list.plural]: rows.map((row) => entryAsJson(row, list.json(row), href)),
    ...turnsAsJson(
      { href, usual: list.shows[0] },
      { ...wanted, order: page.order },
      c.req.query('limit'),
      turns,
    ),
  })
}
