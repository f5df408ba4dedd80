import { createServer, type Server } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { type Clock, systemClock } from '../kernel/index.ts'
import { controlJson } from './control/control.json.ts'
import { controlRoutes } from './control/control.routes.tsx'
import { sameSiteOnly } from './control/same-site.ts'
import type { CentralApp, SandboxDirectory } from './directory.ts'
import { graphRoutes } from './graph/graph.routes.ts'
import { createCodes } from './sign-in/codes.ts'
import { consentRoutes } from './sign-in/consent.routes.tsx'
import { signInRoutes } from './sign-in/sign-in.routes.ts'
import { createTokenIssuer } from './sign-in/tokens.ts'
import { createWorld, type SandboxWorld } from './world.ts'

export interface SandboxOptions {
  /** A loopback address; 127.0.0.1 unless told otherwise. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  readonly directories: readonly SandboxDirectory[]
  /** Apps of other organisations that the directories may let in. */
  readonly centralApps?: readonly CentralApp[]
  readonly tokenLifetimeSeconds?: number
  readonly clock?: Clock
}

export interface Sandbox {
  readonly url: string
  readonly port: number
  readonly world: SandboxWorld
  stop(): Promise<void>
}

/** Starts a Microsoft 365 on this machine: sign-in, Graph and a control page on one port. Throws when it cannot listen. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1'
  if (!isLoopback(host)) throw new Error(`The sandbox listens on loopback addresses only; got "${host}".`)
  const world = createWorld(options.directories, options.centralApps, options.clock)
  const app = await sandboxApp(world, options)
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  const port = await listen(server, options.port, host)
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return { url, port, world, stop: () => close(server) }
}

async function sandboxApp(
  world: SandboxWorld,
  options: SandboxOptions,
): Promise<Hono<{ Bindings: HttpBindings }>> {
  const clock = options.clock ?? systemClock
  const issuer = await createTokenIssuer()
  const tokenLifetimeSeconds = options.tokenLifetimeSeconds ?? 3599
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use('/control/*', sameSiteOnly)
  app.use('/directories/*', sameSiteOnly)
  app.route('/control', controlJson(world, clock))
  app.route('/', graphRoutes({ world, issuer, clock }))
  const codes = createCodes(clock)
  app.route('/', signInRoutes({ world, issuer, clock, codes, tokenLifetimeSeconds }))
  app.route('/', consentRoutes({ world, codes }))
  app.route('/', controlRoutes(world, clock))
  return app
}

const isLoopback = (host: string): boolean => /^(localhost|::1|127(\.\d{1,3}){3})$/.test(host)

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
