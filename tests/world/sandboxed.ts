import { randomBytes, randomUUID } from 'node:crypto'
import type { PersonalActor } from '../../src/access/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { type Runner, type Runners, workOn } from '../../src/engine/worker/index.ts'
import { snapshotCompliance } from '../../src/features/compliance/index.ts'
import { connectionById, type SeenConnection } from '../../src/features/connections/connections.sql.ts'
import { checkConnection } from '../../src/features/connections/index.ts'
import { storeCredential } from '../../src/features/connections/store-credential.ts'
import { syncGroups, syncRoleDefinitions } from '../../src/features/directory/index.ts'
import { syncInventory } from '../../src/features/inventory/index.ts'
import { cloudProfile, createTokenCache } from '../../src/graph/index.ts'
import type { ConnectionId } from '../../src/kernel/index.ts'
import { credentialVault, type ProviderAccess } from '../../src/providers/index.ts'
import { contoso, type Sandbox, type SandboxDirectory, startSandbox } from '../../src/sandbox/index.ts'
import { workerOf } from './workers.ts'
import type { SeededTenant, World } from './world.ts'

type Proof = Parameters<typeof storeCredential>[4]

/** A world whose tenant lives in a real sandbox: what is stored here signs in there, or does not. */
export interface Sandboxed {
  readonly sandbox: Sandbox
  readonly providers: ProviderAccess
  /** The key under which credentials are sealed, for another process. */
  readonly vaultKey: Buffer
  readonly runners: Runners
  /** An app registration of the sandbox, and the connection to it; without a credential. */
  connect(
    world: World,
    owner: PersonalActor,
    workspaceId: number,
  ): Promise<SeededTenant & { id: number; connectionId: number; secret: string; clientId: string }>
  seen(world: World, owner: PersonalActor, connectionId: number): Promise<SeenConnection>
  store(world: World, owner: PersonalActor, connectionId: number, proof: Proof): Promise<'in_use' | 'next'>
  /** Starts an operation through the gate and works on it with the product's own runners. */
  run(
    world: World,
    owner: PersonalActor,
    tenant: SeededTenant,
    operation: OperationCode,
  ): Promise<{ id: number; outcome: string | null; reason: unknown }>
  stop(): Promise<void>
}

/** Starts a sandbox with directories to be given away, each with one app, and otherwise as told. */
export async function startSandboxed(
  directories: number,
  each: Partial<SandboxDirectory> = {},
): Promise<Sandboxed> {
  const ids = Array.from({ length: directories }, () => randomUUID())
  const sandbox = await startSandbox({
    port: 0,
    directories: ids.map((id, index) =>
      contoso({ id, domain: `directory${index}.example`, roleDefinitions: 3, ...each }),
    ),
  })
  const addresses = { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url }
  const vaultKey = randomBytes(32)
  const providers: ProviderAccess = {
    profile: cloudProfile('sandbox', addresses),
    vault: credentialVault(vaultKey),
    tokens: createTokenCache(),
    platform: null,
  }
  const supported = ['provider.connection.check', 'directory.role_definitions.sync'] as const
  const runners: Runners = new Map<OperationCode, Runner>([
    [supported[0], checkConnection(providers, [supported[1]])],
    [supported[1], syncRoleDefinitions(providers)],
    ['directory.groups.sync', syncGroups(providers)],
    ['inventory.sync', syncInventory(providers)],
    ['compliance.snapshot', snapshotCompliance(providers)],
  ])
  const sandboxed: Sandboxed = {
    sandbox,
    providers,
    vaultKey,
    runners,
    async connect(world, _owner, workspaceId) {
      const directoryId = ids.pop()
      if (!directoryId) throw new Error('The sandbox has no directory left.')
      const [app] = sandbox.world.directory(directoryId).apps
      if (!app) throw new Error('The directory has no app.')
      const tenant = await world.tenant(workspaceId, { directoryId })
      const connectionId = await world.connection(tenant, { credential: null })
      await world.database.db
        .updateTable('provider_connections')
        .set({ client_id: app.clientId })
        .where('id', '=', connectionId)
        .execute()
      return { ...tenant, connectionId, clientId: app.clientId, secret: app.secrets[0]?.value ?? '' }
    },
    async seen(world, owner, connectionId) {
      const seen = await connectionById(world.database.db, connectionId as ConnectionId, owner)
      if (!seen) throw new Error(`Connection ${connectionId} is not to be seen.`)
      return seen
    },
    async store(world, owner, connectionId, proof) {
      const connection = await sandboxed.seen(world, owner, connectionId)
      const by = { actor: owner, correlationId: randomUUID() }
      const slot = await storeCredential(world.database.db, providers.vault, connection, by, proof)
      if (!slot) throw new Error('Nothing was stored.')
      return slot
    },
    async run(world, owner, tenant, operation) {
      const answer = await world.start(owner, tenant, operation)
      if (answer.kind !== 'decided') throw new Error(answer.kind)
      const { id } = answer.outcome.run
      const worker = workerOf(
        world,
        async () => ({ ending: { outcome: 'succeeded', counts: {}, finding: null } }),
        {
          runners,
        },
      )
      await workOn(worker, id)
      for (const { fault } of worker.reported) throw fault
      return world.database.db
        .selectFrom('operation_runs')
        .select(['id', 'outcome', 'reason'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    },
    stop: () => sandbox.stop(),
  }
  return sandboxed
}
