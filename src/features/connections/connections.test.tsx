import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type SeededTenant, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { asTenantId, asWorkspaceId, type ConnectionId } from '../../kernel/index.ts'
import { credentialVault } from '../../providers/index.ts'
import { readerOf } from '../../web/reader.ts'
import { ConnectionFactsAside } from './connection-facts.tsx'
import { readNewConnection, readSecret } from './connection-input.ts'
import { connectionJson } from './connection-json.ts'
import { connectionById, type SeenConnection, type SeenTenant } from './connections.sql.ts'
import { addConnection, editConnection, makeDefault, setEnabled } from './manage-connection.ts'
import { ManagePart } from './manage-part.tsx'
import { storeCredential } from './store-credential.ts'

const SECRET = 'Qx8~the.first.value_of-an-app'
const SECOND = 'Zy9~the.second.value_of-an-app'
const vault = credentialVault(randomBytes(32))

let world: World
let workspaceId: number
let owner: PersonalActor

beforeAll(async () => {
  world = await openWorld('embedded')
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
})
afterAll(() => world.close())

const secretOf = (value: string, expiresAt: Date | null = null) =>
  ({ kind: 'client_secret', value, expiresAt }) as const

const by = () => ({ actor: owner, correlationId: randomUUID() })

const seen = (tenant: SeededTenant): SeenTenant => ({
  id: asTenantId(tenant.id),
  directoryId: tenant.directoryId,
  name: 'Adventure Works',
  workspaceId: asWorkspaceId(workspaceId),
  role: 'owner',
  state: 'active',
  archivedAt: null,
})

async function add(tenant: SeededTenant, change: { clientId?: string; label?: string } = {}) {
  const app = { label: 'Own app', clientId: randomUUID(), directoryId: tenant.directoryId, ...change }
  return addConnection(world.database.db, vault, seen(tenant), by(), {
    app,
    proof: secretOf(SECRET, new Date('2030-01-31T23:59:59Z')),
  })
}

async function added(tenant: SeededTenant, change = {}): Promise<SeenConnection> {
  const answer = await add(tenant, change)
  if (!answer.ok) throw new Error(JSON.stringify(answer.flaws))
  return now(answer.value)
}

async function now(id: ConnectionId): Promise<SeenConnection> {
  const found = await connectionById(world.database.db, id, owner)
  if (!found) throw new Error(`Connection ${id} is not to be seen`)
  return found
}

const actionsOn = async ({ id }: SeenConnection) => {
  const { db } = world.database
  const query = db.selectFrom('audit_records').select('action').where('target_id', '=', String(id))
  return (await query.orderBy('id').execute()).map(({ action }) => action)
}

describe('the secret of a connection', () => {
  test('opens again for a sign-in and is to be read nowhere else', async () => {
    const connection = await added(await world.tenant(workspaceId))
    await storeCredential(world.database.db, vault, connection, by(), secretOf(SECOND))

    const { rows } = await sql<{ everything: string }>`
      select (select json_agg(c) from credentials c)::text || (select json_agg(p) from provider_connections p)::text
        || (select json_agg(a) from audit_records a)::text as everything`.execute(world.database.db)
    const reader = readerOf('en', 'UTC')
    const after = await now(connection.id)
    const shown = [
      String(<ConnectionFactsAside connection={after} reader={reader} />),
      String(<ManagePart connection={after} reader={reader} />),
      JSON.stringify(connectionJson(after)),
      rows[0]?.everything,
    ].join('\n')
    for (const secret of [SECRET, SECOND])
      for (const form of ['utf8', 'base64', 'hex'] as const)
        expect(shown).not.toContain(Buffer.from(secret).toString(form))
    const stored = await world.database.db
      .selectFrom('credentials')
      .select(['id', 'key_id as keyId', 'nonce', 'ciphertext'])
      .where('connection_id', '=', connection.id)
      .orderBy('slot')
      .execute()
    const opened = stored.map(({ id: credentialId, ...sealed }) =>
      vault.open(
        { connectionId: connection.id, credentialId, kind: 'client_secret' },
        { ...sealed, binding: 'credential' },
      ),
    )
    expect(opened).toEqual([SECRET, SECOND])
  })

  test('waits after a rotation, and leaves what is known of the one in use', async () => {
    const connection = await added(await world.tenant(workspaceId))
    const { db } = world.database
    await db
      .updateTable('provider_connections')
      .set({ verification_status: 'healthy' })
      .where('id', '=', connection.id)
      .execute()

    expect(await storeCredential(db, vault, connection, by(), secretOf(SECOND))).toBe('next')

    const after = await now(connection.id)
    expect(after.facts).toMatchObject({
      credential: connection.facts.credential,
      nextCredential: { expiresAt: null },
    })
    expect(after).toMatchObject({
      verification: 'healthy',
      next: { kind: 'client_secret', rejectedAt: null },
    })
    expect(after.facts.version).toBeGreaterThan(connection.facts.version)
  })

  test.each([
    ['', 'secret_missing'],
    [randomUUID(), 'secret_is_its_id'],
    ['two words', 'secret_unreadable'],
  ])('is not %o', (secret, flaw) => {
    expect(readSecret(secret, '', new Date())).toEqual({ ok: false, flaws: { clientSecret: flaw } })
  })
})

describe('the default of a tenant', () => {
  test('is its first connection, and only that', async () => {
    const tenant = await world.tenant(workspaceId)

    expect(await added(tenant)).toMatchObject({
      isDefault: true,
      facts: { consent: 'unknown', isEnabled: true },
    })
    expect(await added(tenant)).toMatchObject({ isDefault: false, defaultLabel: 'Own app' })
  })

  test('is one of two that are added at the same moment', async () => {
    const tenant = await world.tenant(workspaceId)

    const both = await Promise.all([added(tenant), added(tenant)])

    expect(both.filter(({ isDefault }) => isDefault)).toHaveLength(1)
  })

  test('moves to the connection that is chosen, once', async () => {
    const tenant = await world.tenant(workspaceId)
    const [first, second] = [await added(tenant), await added(tenant, { label: 'Second app' })]

    await makeDefault(world.database.db, second, by())
    await makeDefault(world.database.db, await now(second.id), by())

    expect(await now(first.id)).toMatchObject({ isDefault: false, defaultLabel: 'Second app' })
    expect(await now(second.id)).toMatchObject({ isDefault: true })
    expect(await actionsOn(second)).toEqual(['connection.create', 'connection.make_default'])
  })
})

describe('a connection that is edited', () => {
  const checked = async () => {
    const tenant = await world.tenant(workspaceId)
    return now((await world.connection(tenant)) as ConnectionId)
  }

  test('forgets what was seen of the app before, when it uses another one', async () => {
    const before = await checked()

    const app = { label: before.facts.label, clientId: randomUUID(), directoryId: before.tenant.directoryId }
    await editConnection(world.database.db, before, by(), app)

    const after = await now(before.id)
    expect(after.facts).toMatchObject({ consent: 'unknown', evidence: null, throttledUntil: null })
    expect(after).toMatchObject({ clientId: app.clientId, verification: 'unknown', lastReason: null })
  })

  test('keeps all of it under a new label', async () => {
    const before = await checked()

    await editConnection(world.database.db, before, by(), {
      label: 'Renamed',
      clientId: before.clientId,
      directoryId: before.tenant.directoryId,
    })

    expect((await now(before.id)).facts).toMatchObject({
      label: 'Renamed',
      consent: 'granted',
      evidence: before.facts.evidence,
    })
  })

  test('cannot take the app of another connection of its tenant', async () => {
    const tenant = await world.tenant(workspaceId)
    const [one, other] = [await added(tenant), await added(tenant)]
    const taken = { label: 'x', clientId: one.clientId, directoryId: tenant.directoryId }

    expect(await editConnection(world.database.db, other, by(), taken)).toMatchObject({
      ok: false,
      flaws: { clientId: 'client_taken' },
    })
    expect(await add(tenant, { clientId: one.clientId })).toMatchObject({
      ok: false,
      flaws: { clientId: 'client_taken' },
    })
  })

  test('is recorded once for each time it is really switched', async () => {
    const connection = await added(await world.tenant(workspaceId))
    for (const isEnabled of [false, false, true])
      await setEnabled(world.database.db, connection, by(), isEnabled)

    expect(await actionsOn(connection)).toEqual([
      'connection.create',
      'connection.disable',
      'connection.enable',
    ])
  })
})

test('a connection of another workspace is not to be seen', async () => {
  const connection = await added(await world.tenant(workspaceId))
  const stranger = await world.person(await world.workspace('Fabrikam IT'), 'owner')

  expect(await connectionById(world.database.db, connection.id, stranger)).toBeUndefined()
})

test('every wrong field of a new connection is named at once', () => {
  const typed = {
    tenant: '',
    type: '',
    label: '',
    clientId: 'x',
    directoryId: 'y',
    expiresOn: '2001-02-30',
    way: 'secret',
  } as const

  expect(
    readNewConnection(
      typed,
      { secret: '', pem: '' },
      seen({ id: 1, workspaceId: 1, directoryId: '' as SeededTenant['directoryId'] }).directoryId,
      new Date(),
    ),
  ).toEqual({
    ok: false,
    flaws: {
      label: 'label_missing',
      clientId: 'client_not_a_guid',
      directoryId: 'directory_not_a_guid',
      clientSecret: 'secret_missing',
      expiresOn: 'expiry_not_a_date',
    },
  })
})
