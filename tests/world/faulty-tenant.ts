import { sql } from 'kysely'
import { workOn } from '../../src/engine/worker/index.ts'
import { syncGroups } from '../../src/features/directory/index.ts'
import { createTokenCache } from '../../src/graph/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { FORM, type InProcess, openInProcess } from '../http/in-process.ts'
import { type Sandboxed, startSandboxed } from './sandboxed.ts'
import { presentGroups, trueGroups } from './synced-groups.ts'
import { workerOf } from './workers.ts'
import type { SeededTenant } from './world.ts'

export const SYNC = 'directory.groups.sync'
export const CHECK = 'provider.connection.check'
const RUN_TYPE = 'application/vnd.tenantpilot.provider-backed-run-detail+json'
const START_TYPE = 'application/vnd.tenantpilot.provider-start-outcome+json'

/** A step as programs are told of it. */
export interface ToldStep {
  readonly label: string
  readonly href?: string
  readonly actionType?: string
}

/** A run as programs are told of it. */
export interface ToldRun {
  readonly executionStatus: string
  readonly outcome?: string
  readonly shortReason?: string
  readonly reasonCode?: string
  readonly nextSteps?: readonly ToldStep[]
}

/** What a program is answered to a start. */
export interface ToldStart {
  readonly status: string
  readonly reasonCode?: string
  readonly operatorMessage: string
  readonly run: { readonly id: number }
}

/** A tenant in whose directory something will go wrong, and how another client secret is stored for it. */
export interface FaultyTenant extends SeededTenant {
  readonly connectionId: number
  readonly directory: LiveDirectory
  readonly secret: string
  store(secret: string): Promise<unknown>
}

export type FaultScene = Awaited<ReturnType<typeof faultScene>>
type Language = 'en' | 'de'
type Role = 'operator' | 'owner'

/** The whole product before a sandbox with so many directories, with an operator and an owner signed in. */
export async function faultScene(directories: number) {
  const sandboxed = await startSandboxed(directories)
  const { profile, vault } = sandboxed.providers
  const product = await openInProcess({ vault, providers: { profile, platform: null } })
  const { world } = product
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  const cookies = {
    owner: await product.signIn(owner),
    operator: await product.signIn(await world.person(workspaceId, 'operator')),
  }
  const ask = (path: string, role: Role, headers: Record<string, string> = {}) =>
    product.ask('GET', path, { cookie: cookies[role], ...headers })
  return {
    sandboxed,
    product,
    /** A tenant that is connected and checked; its directory has twenty groups, seven on each page. */
    async tenant(): Promise<FaultyTenant> {
      const tenant = await sandboxed.connect(world, owner, workspaceId)
      const store = (value: string) =>
        sandboxed.store(world, owner, tenant.connectionId, { kind: 'client_secret', value, expiresAt: null })
      await store(tenant.secret)
      const directory = sandboxed.sandbox.world.directory(tenant.directoryId)
      directory.apps[0]?.granted.push('Group.Read.All', 'Organization.Read.All')
      directory.faults.groupsPageSize = 7
      await sandboxed.run(world, owner, tenant, CHECK)
      return { ...tenant, directory, store }
    },
    async start(tenant: SeededTenant, operation: string): Promise<ToldStart> {
      const path = `/admin/t/${tenant.directoryId}/provider-actions/${operation}/start`
      const answer = await product.ask('POST', path, {
        ...FORM,
        accept: START_TYPE,
        cookie: cookies.operator,
      })
      return (await answer.json()) as ToldStart
    },
    /** One wake-up, answered as by a process that has just begun; `after` is told when a page was written. */
    work: (runId: number, after?: (page: number) => void) => answerWakeUp(product, sandboxed, runId, after),
    /** Lets the time come for which a run waits, and the window of its connection end. */
    async passTime(tenant: FaultyTenant) {
      const { db } = world.database
      await sql`update operation_runs set wake_at = now() - interval '1s'
        where tenant_id = ${tenant.id} and wake_at is not null`.execute(db)
      await sql`update provider_connections set throttled_until = null where id = ${tenant.connectionId}`.execute(
        db,
      )
    },
    /** As if nothing had moved for longer than a run has patience. */
    loseTime: (runId: number) =>
      sql`update operation_runs set held_up_since = now() - interval '2 hours' where id = ${runId}`.execute(
        world.database.db,
      ),
    async told(runId: number, language: Language = 'en', role: Role = 'operator'): Promise<ToldRun> {
      const answer = await ask(`/admin/operations/${runId}`, role, {
        accept: RUN_TYPE,
        'accept-language': language,
      })
      return (await answer.json()) as ToldRun
    },
    /** The text of a page as somebody reads it. */
    async read(
      path: string,
      language: Language = 'en',
      role: Role = 'operator',
      isPart = false,
    ): Promise<string> {
      const answer = await ask(path, role, {
        accept: 'text/html',
        'accept-language': language,
        ...(isPart && { 'hx-request': 'true' }),
      })
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      return textOf(await answer.text())
    },
    status: async (path: string, role: Role) =>
      (await ask(path.replace(/#.*/, ''), role, { accept: 'text/html' })).status,
    present: ({ id }: SeededTenant) => presentGroups(world.database.db, id),
    truth: (directory: LiveDirectory) => trueGroups(directory),
    async close() {
      await sandboxed.stop()
      await world.close()
    },
  }
}

async function answerWakeUp(
  { world }: InProcess,
  sandboxed: Sandboxed,
  runId: number,
  after: (page: number) => void = () => {},
): Promise<void> {
  const sync = syncGroups({ ...sandboxed.providers, tokens: createTokenCache() })
  let pages = 0
  const told: typeof sync = (work) =>
    sync({
      ...work,
      async page(write) {
        await work.page(write)
        pages += 1
        after(pages)
      },
    })
  const runners = new Map([...sandboxed.runners, [SYNC, told] as const])
  const worker = workerOf(world, told, { runners })
  await workOn(worker, runId)
  for (const { fault } of worker.reported) throw fault
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', '#39': "'", lt: '<', gt: '>' }

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|quot|#39|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
