import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import { workOn } from '../../engine/worker/index.ts'
import { cloudProfile, createTokenCache, type SignedInPerson } from '../../graph/index.ts'
import { asConnectionId, type DirectoryId } from '../../kernel/index.ts'
import { credentialVault, type ProviderAccess, recordObservation } from '../../providers/index.ts'
import { contoso, type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { checkConnection } from '../connections/index.ts'
import { grantConsent } from './consent.sql.ts'

const CLIENT = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'
const HERE = '11111111-aaaa-4aaa-8aaa-111111111111'
const SYNC = 'directory.role_definitions.sync'

let sandbox: Sandbox
let world: World
let providers: ProviderAccess

/** The central app is installed in the directory with everything granted, for whoever's sake. */
beforeAll(async () => {
  const directory = contoso({ id: HERE })
  const [app] = directory.apps
  if (!app) throw new Error('The directory has no app.')
  app.clientId = CLIENT
  sandbox = await startSandbox({ port: 0, directories: [directory] })
  providers = {
    profile: cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url }),
    vault: credentialVault(randomBytes(32)),
    tokens: createTokenCache(),
    platform: {
      clientId: CLIENT,
      credential: { kind: 'client_secret', secret: app.secrets[0]?.value ?? '' },
      version: '1',
    },
  }
  world = await openWorld('embedded', { platformClientId: CLIENT })
})
afterAll(async () => {
  await world?.close()
  await sandbox?.stop()
})

const isProven = async (id: number) =>
  (
    await world.database.db
      .selectFrom('tenants')
      .select('proven_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).proven_at !== null

test('a check asks nothing before consent, lowers it when it is gone, and never raises it', async () => {
  const { db } = world.database
  const workspace = await world.workspace()
  const owner = await world.person(workspace, 'owner')
  const tenant = await world.tenant(workspace, { directoryId: HERE, proven: false })
  const { id } = await db
    .insertInto('provider_connections')
    .values({
      workspace_id: workspace,
      tenant_id: tenant.id,
      directory_id: HERE,
      client_id: CLIENT,
      label: 'Central app',
      connection_type: 'platform',
      consent_status: 'required',
      is_default: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const check = async () => {
    const answer = await world.start(owner, tenant, 'provider.connection.check')
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    expect(answer.outcome.kind).toBe('accepted')
    const worker = workerOf(world, checkConnection(providers, [SYNC]), {
      settings: { leaseSeconds: 60, evidenceMaxAgeDays: 7, platformClientId: CLIENT },
    })
    await workOn(worker, answer.outcome.run.id)
    for (const { fault } of worker.reported) throw fault
    const run = await db
      .selectFrom('operation_runs')
      .select(['outcome', 'reason'])
      .where('id', '=', answer.outcome.run.id)
      .executeTakeFirstOrThrow()
    const seen = await db
      .selectFrom('provider_connections')
      .select(['consent_status', 'granted_permissions', 'consent_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return { ...run, ...seen }
  }
  const syncNow = async () => {
    const answer = await world.start(owner, tenant, SYNC)
    return answer.kind === 'decided' && 'reason' in answer.outcome ? answer.outcome.reason : answer.kind
  }

  expect(await check()).toMatchObject({
    outcome: 'failed',
    reason: { code: 'provider_consent_missing' },
    consent_status: 'required',
    granted_permissions: null,
  })
  expect(sandbox.world.directory(HERE).graphRequests).toBe(0)
  expect(await isProven(tenant.id)).toBe(false)
  expect(await syncNow()).toMatchObject({ code: 'provider_consent_missing' })

  const administrator: SignedInPerson = {
    directoryId: HERE as DirectoryId,
    objectId: randomUUID(),
    name: 'admin@contoso.example',
    directoryRoles: ['62e90394-69f5-4237-9190-012177145e10'],
  }
  const request = {
    connectionId: asConnectionId(id),
    directoryId: administrator.directoryId,
    clientId: CLIENT,
  }
  expect(await grantConsent(db, { ...request, userId: owner.userId }, administrator)).toBe(true)
  expect(await check()).toMatchObject({ outcome: 'succeeded', consent_status: 'granted' })
  expect(await isProven(tenant.id)).toBe(true)

  const app = sandbox.world.app(HERE, CLIENT)
  const { granted } = app
  app.granted = []
  expect(await check()).toMatchObject({ consent_status: 'revoked', consent_id: null })
  app.granted = granted
  expect(await check()).toMatchObject({ outcome: 'failed', consent_status: 'revoked' })
  expect(await syncNow()).toMatchObject({ code: 'provider_consent_revoked' })
})

test('what a run saw before consent was lost does not bring it back', async () => {
  const { db } = world.database
  const workspace = await world.workspace()
  const tenant = await world.tenant(workspace, { proven: false })
  const { id } = await db
    .insertInto('provider_connections')
    .values({
      workspace_id: workspace,
      tenant_id: tenant.id,
      directory_id: tenant.directoryId,
      client_id: CLIENT,
      label: 'Central app',
      connection_type: 'platform',
      consent_status: 'revoked',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const signedInAs = { clientId: CLIENT, directoryId: tenant.directoryId }
  await recordObservation(db, { tenantId: tenant.id, connectionId: id }, { consent: 'granted', signedInAs })
  const seen = await db
    .selectFrom('provider_connections')
    .select(['consent_status', 'consent_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(seen).toEqual({ consent_status: 'revoked', consent_id: null })
})
