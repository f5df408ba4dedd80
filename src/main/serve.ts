import { join } from 'node:path'
import { serve as listen } from '@hono/node-server'
import { issueSetupToken } from '../access/index.ts'
import { createApp, createLiveFeed, type DemoNotice, type Log, readAssets, type Web } from '../web/index.ts'
import { features } from './features.ts'
import type { Installation } from './installation.ts'
import { cannotListen } from './what-cannot-be-had.ts'

/** The web side while it listens. */
export interface Serving {
  readonly port: number
  stop(): Promise<void>
}

/** Listens for people and programs. Throws when the port is taken. */
export async function startServing(
  installation: Installation,
  log: Log,
  { assetFolder, demo }: { assetFolder: string; demo: DemoNotice | null },
): Promise<Serving> {
  const { settings } = installation
  const web: Web = {
    db: installation.database.db,
    auth: installation.auth,
    gate: installation.gate,
    live: createLiveFeed(installation.database),
    vault: installation.providers.vault,
    providers: installation.providers,
    mail: installation.mail,
    assets: readAssets(assetFolder),
    assetFolder,
    publicUrl: installation.publicUrl,
    origins: installation.origins,
    trustedProxies: settings.TRUSTED_PROXIES,
    startsPerMinute: settings.STARTS_PER_MINUTE,
    demo,
    log,
  }
  const app = createApp(web, features(web))
  return new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, port: settings.PORT, hostname: settings.HOST }, ({ port }) =>
      resolve({
        port,
        stop: async () => {
          const streamsEnded = web.live.close()
          await new Promise<void>((stopped) => {
            server.close(() => stopped())
            if ('closeIdleConnections' in server) server.closeIdleConnections()
          })
          await streamsEnded
        },
      }),
    )
    server.once('error', (fault) => reject(cannotListen(fault, settings.PORT, 'PORT')))
  })
}

/** The address of the one-time set-up page, while there are no users; null afterwards. */
export async function setupAddress({ database, publicUrl }: Installation): Promise<string | null> {
  const token = await issueSetupToken(database.db)
  return token && `${publicUrl}/set-up/${token}`
}

/** Where the build puts what browsers load. */
export const assetFolder = (root: string) => join(root, 'build', 'assets')
