import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Clock } from '../../kernel/index.ts'
import { beLate, dropConnection } from '../mishaps.ts'
import type { TokenIssuer } from '../sign-in/tokens.ts'
import type { SandboxWorld } from '../world.ts'
import { answerGraph } from './answer-graph.ts'
import type { RequestIds } from './answers.ts'
import { readBearer } from './bearer.ts'

export interface GraphParts {
  readonly world: SandboxWorld
  readonly issuer: TokenIssuer
  readonly clock: Clock
}

/** Microsoft Graph, version 1.0 and beta. */
export function graphRoutes({ world, issuer, clock }: GraphParts): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>()

  routes.all('/:version{v1\\.0|beta}/:path{.+}', async (c) => {
    const { version, path } = c.req.param()
    const bearer = readBearer(c.req.header('authorization'), issuer, world, clock.now())
    if (bearer.kind === 'known') {
      if (bearer.directory.faults.unreachable) return dropConnection(c.env)
      await beLate(bearer.directory.faults)
    }
    const ids = idsOf(c.req.header('client-request-id'))
    const now = clock.now()
    const url = new URL(c.req.url)
    const answer = answerGraph({ method: c.req.method, url, version, path, ids, now }, bearer)
    return c.body(JSON.stringify(answer.body), answer.status, { ...headersOf(ids, now), ...answer.headers })
  })

  return routes
}

/** Microsoft repeats the caller's id, or its own when there is none. */
function idsOf(client: string | undefined): RequestIds {
  const request = randomUUID()
  return { request, client: client ?? request }
}

const headersOf = (ids: RequestIds, now: Date): Record<string, string> => ({
  'Content-Type':
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
  'Cache-Control': 'no-cache',
  Date: now.toUTCString(),
  Vary: 'Accept-Encoding',
  'Strict-Transport-Security': 'max-age=31536000',
  'OData-Version': '4.0',
  'request-id': ids.request,
  'client-request-id': ids.client,
  'x-ms-ags-diagnostic': JSON.stringify({
    ServerInfo: {
      DataCenter: 'West Europe',
      Slice: 'E',
      Ring: '5',
      ScaleUnit: '003',
      RoleInstance: 'AM1PEPF00012F4A',
    },
  }),
})
