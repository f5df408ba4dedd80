import { roleMay } from '../../access/index.ts'
import { definitionOf, OPERATION_CODES, type OperationCode } from '../../engine/catalog/index.ts'
import { explain, forecast, type StartVerdict } from '../../engine/gate/index.ts'
import { asConnectionId, parseRecordId } from '../../kernel/index.ts'
import {
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type StartEndpoint,
  type Web,
} from '../../web/index.ts'
import { CONNECTIONS, connectionInPath } from './at-hand.ts'
import { connectionJson } from './connection-json.ts'
import { standingOf } from './connection-standing.ts'
import type { SeenConnection } from './connections.sql.ts'
import { Detail, DetailPage, type DetailProps } from './detail-page.tsx'
import { NOT_ASKED, verdictOf } from './told-verdict.ts'
import { newestReport } from './verification-report.sql.ts'

const ONE = `${CONNECTIONS}/:connection` as const

/** One connection, and the starts from its page. */
export const connectionDetailRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    app.get(ONE, async (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      const connection = await connectionInPath(web, c)
      if (!connection) return problem(web, c, 'not_found')
      if (form === 'json') return c.json(connectionJson(connection))
      const props = await detailOf(web, c, connection)
      if (!props) return problem(web, c, 'not_found')
      if (c.req.header('hx-request')) return c.html(<Detail {...props} />)
      return c.html(<DetailPage shell={await frameFor(web, c)} {...props} />)
    })

    app.post(`${ONE}/actions/:operation/start`, (c) => {
      const id = parseRecordId(c.req.param('connection'))
      return start(c, {
        surface: 'connection',
        operation: c.req.param('operation'),
        target: id === null ? null : { kind: 'connection', connectionId: asConnectionId(id) },
      })
    })
  }

/** Everything that the page of a connection tells; null when its tenant is gone from the reader's sight. */
async function detailOf(web: Web, c: Request, connection: SeenConnection): Promise<DetailProps | null> {
  const { facts, id, tenant } = connection
  const [report, [ahead], verdicts] = await Promise.all([
    newestReport(web.db, tenant.id, id),
    forecast(web.gate, personOf(c).actor, tenant.workspaceId, tenant.id),
    verdictsHere(web, c, connection),
  ])
  if (!ahead) return null
  const mayManage = roleMay(tenant.role, 'tenant.providers.manage')
  return {
    reader: c.var.reader,
    connection,
    standing: standingOf(connection, web.gate),
    verdicts,
    ground: { ...ahead.ground, connection: facts },
    report: report ?? null,
    supported: web.gate.supported,
    confirming: c.req.query('confirm') === 'disable' && mayManage && facts.isEnabled,
  }
}

/** What each operation of this path would be answered if it were started through this connection now. */
async function verdictsHere(
  web: Web,
  c: Request,
  { id, tenant }: SeenConnection,
): Promise<Map<OperationCode, StartVerdict>> {
  const offered = OPERATION_CODES.filter(
    (code) => web.gate.supported.has(code) && definitionOf(code).surfaces.includes('connection'),
  )
  const verdicts = await Promise.all(
    offered.map(async (operation): Promise<[OperationCode, StartVerdict]> => {
      if (!roleMay(tenant.role, definitionOf(operation).capability)) return [operation, NOT_ASKED]
      const answer = await explain(web.gate, {
        actor: personOf(c).actor,
        target: { kind: 'connection', connectionId: id },
        surface: 'connection',
        operation,
        parsed: { ok: true, input: { connectionId: id, selection: {}, sourceSurface: null } },
        idempotency: null,
        correlationId: c.var.correlationId,
      })
      return [operation, answer.kind === 'explained' ? verdictOf(answer.draft, id) : NOT_ASKED]
    }),
  )
  return new Map(verdicts)
}
