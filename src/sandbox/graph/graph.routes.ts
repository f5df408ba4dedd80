import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Clock } from '../../kernel/index.ts'
import { beLate, cutAnswer, deliveryOf, dropConnection, latenessOf } from '../mishaps.ts'
import type { TokenIssuer } from '../sign-in/tokens.ts'
import { comesTooEarly } from '../traffic.ts'
import type { SandboxWorld } from '../world.ts'
import { answerNoted } from './answer-graph.ts'
import type { GraphAnswer, GraphRequest, RequestIds } from './answers.ts'
import { answerBatch } from './batch.ts'
import { type KnownBearer, readBearer } from './bearer.ts'

export interface GraphParts {
  readonly world: SandboxWorld
  readonly issuer: TokenIssuer
  readonly clock: Clock
}

type Env = { Bindings: HttpBindings }

/** Microsoft Graph, version 1.0 and beta. */
export function graphRoutes({ world, issuer, clock }: GraphParts): Hono<Env> {
  const routes = new Hono<Env>()
  routes.all('/:version{v1\\.0|beta}/:path{.+}', async (c) => {
    const arrived = clock.now()
    const bearer = readBearer(c.req.header('authorization'), issuer, world, arrived)
    const read = await readRequest(c, arrived)
    if (bearer.kind === 'refused') return send(c, read, answerNoted(read, bearer))
    if (bearer.directory.faults.unreachable) return dropConnection(c.env)
    const isTooEarly = comesTooEarly(bearer.directory.traffic, bearer.app.clientId, arrived)
    const delivery = await onItsWay(bearer)
    const request = { ...read, isTooEarly, delivery, now: clock.now() }
    const answer = request.path === '$batch' ? answerBatch(request, bearer) : answerNoted(request, bearer)
    return send(c, request, answer)
  })
  return routes
}

async function readRequest(c: Context<Env>, arrived: Date): Promise<GraphRequest> {
  return {
    method: c.req.method,
    url: new URL(c.req.url),
    version: c.req.param('version') ?? '',
    path: c.req.param('path') ?? '',
    body: c.req.method === 'GET' ? undefined : await c.req.json().catch(() => undefined),
    ids: idsOf(c.req.header('client-request-id')),
    arrived,
    now: arrived,
    isTooEarly: false,
    isBatched: false,
    delivery: 'delivered',
  }
}

/** Is as late as somebody wants it, and tells what will become of the answer. */
async function onItsWay({ directory }: KnownBearer) {
  directory.traffic.exchanges += 1
  const { exchanges } = directory.traffic
  const delivery = deliveryOf(directory.faults, exchanges)
  const ms = latenessOf(directory.faults, exchanges)
  if (ms > 0) await beLate(ms)
  return delivery
}

function send(c: Context<Env>, { delivery, ids, now }: GraphRequest, answer: GraphAnswer): Response {
  const body = answer.body === null ? '' : JSON.stringify(answer.body)
  const headers = { ...headersOf(ids, now), ...answer.headers }
  if (delivery === 'dropped') return dropConnection(c.env)
  if (delivery === 'cut') return cutAnswer(c.env, body, { status: answer.status, headers })
  return answer.status === 204 ? c.body(null, 204, headers) : c.body(body, answer.status, headers)
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
