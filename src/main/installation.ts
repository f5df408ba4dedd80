import { createAuth } from '../access/index.ts'
import { type Database, migrate } from '../database/index.ts'
import type { OperationCode } from '../engine/catalog/index.ts'
import type { Gate } from '../engine/gate/index.ts'
import { openQueue, type Queue } from '../engine/queue/index.ts'
import type { Runner, Runners } from '../engine/worker/index.ts'
import { snapshotCompliance } from '../features/compliance/index.ts'
import { checkConnection } from '../features/connections/index.ts'
import { syncGroups, syncRoleDefinitions } from '../features/directory/index.ts'
import { syncInventory } from '../features/inventory/index.ts'
import { cloudProfile, createTokenCache } from '../graph/index.ts'
import { createMailer, type Mailer } from '../mail/index.ts'
import { credentialVault, type ProviderAccess } from '../providers/index.ts'
import type { Log } from '../web/index.ts'
import { appKeys, cookieSecret } from './app-key.ts'
import { platformIdentity } from './platform-identity.ts'
import type { Settings } from './settings.ts'
import { openOurDatabase } from './what-cannot-be-had.ts'

/** Everything wired together: what web, worker and command line are made from. */
export interface Installation {
  readonly settings: Settings
  readonly database: Database
  readonly queue: Queue
  readonly gate: Gate
  readonly auth: ReturnType<typeof createAuth>
  readonly providers: ProviderAccess
  readonly mail: Mailer | null
  readonly runners: Runners
  readonly publicUrl: string
  readonly origins: readonly string[]
  close(): Promise<void>
}

/** Opens the database, brings its schema up to date and wires the engine. `sandboxUrl` is its Microsoft in sandbox mode. */
export async function openInstallation(
  settings: Settings,
  log: Log,
  sandboxUrl: string | null,
): Promise<Installation> {
  const database = await openOurDatabase(settings)
  try {
    return await wire(settings, log, sandboxUrl, database)
  } catch (fault) {
    await database.close()
    throw fault
  }
}

async function wire(
  settings: Settings,
  log: Log,
  sandboxUrl: string | null,
  database: Database,
): Promise<Installation> {
  const { db } = database
  const keys = appKeys(settings)
  await migrate(db)
  const queue = await openQueue(database, (fault) =>
    log.error({ fault: String(fault) }, 'The queue complains'),
  )
  const sandbox = sandboxUrl ? { authorityBaseUrl: sandboxUrl, graphBaseUrl: sandboxUrl } : undefined
  const providers: ProviderAccess = {
    profile: cloudProfile(settings.cloud, sandbox),
    vault: credentialVault(keys.inForce, keys.previous),
    tokens: createTokenCache(),
    platform: platformIdentity(settings),
  }
  const runners = runnersFor(providers)
  const mail = mailerFor(settings, log)
  const publicUrl = settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`
  const origins = originsOf(publicUrl, settings)
  return {
    settings,
    database,
    queue,
    providers,
    mail,
    runners,
    publicUrl,
    origins,
    gate: {
      db,
      evidenceMaxAgeDays: settings.EVIDENCE_MAX_AGE_DAYS,
      platformClientId: providers.platform?.clientId ?? null,
      supported: new Set(runners.keys()),
    },
    auth: createAuth(db, {
      secret: cookieSecret(keys.inForce),
      earlierSecret: keys.previous && cookieSecret(keys.previous),
      publicUrl,
      trustedOrigins: origins,
      signInsPerMinute: settings.SIGN_INS_PER_MINUTE,
      report: (fault) => log.error({ fault }, 'The sign-in complains'),
    }),
    async close() {
      mail?.close()
      await queue.stop()
      await database.close()
    },
  }
}

/** What sends letters; null where no mail server is configured. */
function mailerFor({ MAIL_FROM, SMTP_URL }: Settings, log: Log): Mailer | null {
  if (!SMTP_URL || !MAIL_FROM) return null
  const report = (fault: string) => log.error({ fault }, 'A letter could not be sent')
  return createMailer({ url: SMTP_URL, from: MAIL_FROM, report })
}

/** Each operation that can be carried out; the check reports on what these need. */
function runnersFor(providers: ProviderAccess): Runners {
  const reads: [OperationCode, Runner][] = [
    ['directory.role_definitions.sync', syncRoleDefinitions(providers)],
    ['directory.groups.sync', syncGroups(providers)],
    ['inventory.sync', syncInventory(providers)],
    ['compliance.snapshot', snapshotCompliance(providers)],
  ]
  const check = checkConnection(
    providers,
    reads.map(([code]) => code),
  )
  return new Map([['provider.connection.check', check], ...reads])
}

/** On this machine people type localhost as well as 127.0.0.1. */
function originsOf(publicUrl: string, { PUBLIC_URL, PORT }: Settings): string[] {
  if (PUBLIC_URL) return [publicUrl]
  return [publicUrl, `http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`]
}
