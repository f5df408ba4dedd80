import { roleMay } from '../../access/index.ts'
import {
  problem,
  type Request,
  type Routes,
  representationFor,
  type StartEndpoint,
  type Web,
} from '../../web/index.ts'
import { listRoutes } from '../tenant-lists/index.ts'
import { surroundingsOf, type TenantAtHand, tenantInPath } from '../tenants/index.ts'
import { complianceWords } from './compliance.words.ts'
import { complianceAsJson } from './compliance-json.ts'
import { CompliancePage } from './compliance-page.tsx'
import { DEVICES } from './devices.list.tsx'
import { isPerDay, RANGES, type Range, readRange, USUAL_RANGE } from './range.ts'
import { lastTry } from './reading.sql.ts'
import { newestSnapshot, snapshotBefore, snapshotsOf } from './snapshots.sql.ts'

/** How a tenant's devices comply, now and over time; and each of its devices. */
export const complianceRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    app.get('/admin/t/:tenant/compliance', async (c) => {
      const asks = await readerOf(web, c)
      if ('refused' in asks) return problem(web, c, asks.refused)
      const { form, found } = asks
      const asked = c.req.query('days')
      const range = asked === undefined ? USUAL_RANGE : readRange(asked)
      if (form === 'html') return showPage(web, c, found, range ?? USUAL_RANGE)
      if (range) return tellPage(web, c, found, range)
      const detail = complianceWords(c.var.reader.language).wrongRange(RANGES.join(', '))
      return problem(web, c, 'malformed', [{ pointer: '/days', detail }])
    })

    listRoutes(DEVICES, start)(app, web)
  }

/** Who may see how the devices of the tenant in the path comply, and in which form; or why not. */
async function readerOf(web: Web, c: Request) {
  const form = representationFor(c, null)
  if (form === null) return { refused: 'not_acceptable' } as const
  const found = await tenantInPath(web, c)
  if (!found) return { refused: 'not_found' } as const
  if (!roleMay(found.tenant.role, DEVICES.view)) return { refused: 'forbidden' } as const
  return { form, found }
}

async function showPage(web: Web, c: Request, found: TenantAtHand, range: Range) {
  const { db } = web
  const { reader } = c.var
  const { id } = found.tenant
  const [newest, tried, snapshots, surroundings] = await Promise.all([
    newestSnapshot(db, id),
    lastTry(db, id),
    snapshotsOf(db, id, { days: range, zone: isPerDay(range) ? reader.timeZone : null }),
    surroundingsOf(web, c),
  ])
  const props = {
    ...found,
    ...surroundings,
    at: c.req.path + new URL(c.req.url).search,
    reader,
    newest,
    tried: tried ?? null,
    before: newest && (await snapshotBefore(db, id, newest, DAYS_COMPARED)),
    range,
    snapshots,
  }
  return c.html(<CompliancePage {...props} />)
}

/** The newest snapshot is compared with one of a week before. */
const DAYS_COMPARED = 7

async function tellPage({ db }: Web, c: Request, { tenant }: TenantAtHand, range: Range) {
  const [newest, snapshots] = await Promise.all([
    newestSnapshot(db, tenant.id),
    snapshotsOf(db, tenant.id, { days: range, zone: isPerDay(range) ? 'UTC' : null }),
  ])
  return c.json(complianceAsJson(tenant, newest, snapshots))
}
