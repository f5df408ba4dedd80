import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { type Sandboxed, startSandboxed } from '../../../tests/world/sandboxed.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { ConnectionId } from '../../kernel/index.ts'
import { makeCertificate, recordObservation } from '../../providers/index.ts'
import { updateApp } from './change-connection.sql.ts'
import { credentialsOf } from './credentials.sql.ts'
import { discardNext } from './store-credential.ts'
import { newestReport } from './verification-report.sql.ts'
import { takenOver } from './verification-report.ts'

const CHECK = 'provider.connection.check'
const SYNC = 'directory.role_definitions.sync'
const WRONG = 'Wx9~a.secret.that-was-never-made'
const PAST = new Date(Date.now() - 86_400_000)

const secretOf = (value: string, expiresAt: Date | null = null) =>
  ({ kind: 'client_secret', value, expiresAt }) as const

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let microsoft: Sandboxed
  let owner: PersonalActor
  let workspaceId: number
  beforeAll(async () => {
    world = await openWorld(engine, { supported: new Set([CHECK, SYNC]) })
    microsoft = await startSandboxed(24)
    workspaceId = await world.workspace()
    owner = await world.person(workspaceId, 'owner')
  })
  afterAll(async () => {
    await world.close()
    await microsoft.stop()
  })

  type Connected = Awaited<ReturnType<Sandboxed['connect']>>
  const connect = () => microsoft.connect(world, owner, workspaceId)
  const store = (at: Connected, proof: Parameters<Sandboxed['store']>[3]) =>
    microsoft.store(world, owner, at.connectionId, proof)
  const run = (at: Connected, operation: typeof CHECK | typeof SYNC) =>
    microsoft.run(world, owner, at, operation)
  const seen = (at: Connected) => microsoft.seen(world, owner, at.connectionId)
  const stored = async (at: Connected) => {
    const { id, tenant } = await seen(at)
    return credentialsOf(world.database.db, tenant.id, id)
  }
  const subjects = async (at: Connected) => {
    const report = await newestReport(world.database.db, at.id, at.connectionId)
    return report?.checks.map(({ status, subject }) => `${subject} ${status}`).slice(0, 2)
  }
  const connected = async () => {
    const at = await connect()
    expect(await store(at, secretOf(at.secret))).toBe('in_use')
    return at
  }
  const appOf = (at: Connected) => microsoft.sandbox.world.app(at.directoryId, at.clientId)

  test('a certificate made here signs in once its public part is uploaded, and takes over', async () => {
    const at = await connected()
    const made = await makeCertificate('Made here', new Date())
    expect(await store(at, { kind: 'certificate', madeHere: true, ...made })).toBe('next')

    expect(await run(at, CHECK)).toMatchObject({
      outcome: 'succeeded',
      reason: { code: 'provider_credential_next_rejected', credential: 'certificate' },
    })
    expect(await stored(at)).toMatchObject([
      { slot: 'in_use', kind: 'client_secret', rejectedAt: null },
      { slot: 'next', kind: 'certificate', rejectedAt: expect.any(Date) },
    ])
    expect(await subjects(at)).toEqual(['next_credential failed', 'credential passed'])
    expect(await run(at, SYNC)).toMatchObject({ outcome: 'succeeded' })

    const app = appOf(at)
    app.certificates = [{ pem: made.certificate }]
    app.secrets = []
    expect(await run(at, CHECK)).toMatchObject({ outcome: 'succeeded', reason: null })
    expect(await stored(at)).toMatchObject([{ slot: 'in_use', kind: 'certificate', rejectedAt: null }])
    expect(await subjects(at)).toEqual(['next_credential passed', 'credential passed'])
    const { checks = [] } = (await newestReport(world.database.db, at.id, at.connectionId)) ?? {}
    expect(takenOver(checks)).toBe('certificate')
    expect(await seen(at)).toMatchObject({ next: null, isUntried: false, verification: 'healthy' })
    expect(await run(at, SYNC)).toMatchObject({ outcome: 'succeeded' })
    const accepted = await world.database.db
      .selectFrom('audit_records')
      .select(['actor_kind', 'facts'])
      .where('target_id', '=', String(at.connectionId))
      .where('action', '=', 'connection.credential.accept')
      .execute()
    expect(accepted).toEqual([
      { actor_kind: 'system', facts: { kind: 'certificate', expiresAt: expect.any(String) } },
    ])
  })

  test('until its check a new secret changes nothing: work goes on with the one in use', async () => {
    const at = await connected()
    await store(at, secretOf(WRONG))

    expect(await run(at, SYNC)).toMatchObject({ outcome: 'succeeded' })
    expect(await stored(at)).toMatchObject([{ slot: 'in_use' }, { slot: 'next', rejectedAt: null }])
  })

  test('a refused one leaves a connection as it was, and is tried again by the next check', async () => {
    const at = await connected()
    await run(at, CHECK)
    await store(at, secretOf(WRONG))

    await run(at, CHECK)
    expect(await seen(at)).toMatchObject({
      verification: 'healthy',
      facts: { credential: { rejectedAt: null } },
      next: { rejectedAt: expect.any(String) },
    })

    appOf(at).secrets.push({ value: WRONG })
    await run(at, CHECK)
    expect(await seen(at)).toMatchObject({ next: null, facts: { credential: { rejectedAt: null } } })
    expect(await stored(at)).toHaveLength(1)
  })

  test.each<[string, string, (at: Connected) => void]>([
    [
      'an app that is not installed',
      'provider_consent_missing',
      (at) => {
        appOf(at).installed = false
      },
    ],
    [
      'a policy that keeps the app out',
      'provider_access_policy',
      (at) => {
        microsoft.sandbox.world.directory(at.directoryId).faults = { tokenFault: 'access_blocked' }
      },
    ],
  ])('%s says nothing about either credential', async (_what, code, change) => {
    const at = await connected()
    await store(at, secretOf(WRONG))
    change(at)

    expect(await run(at, CHECK)).toMatchObject({ outcome: 'failed', reason: { code } })
    expect(await stored(at)).toMatchObject([{ rejectedAt: null }, { slot: 'next', rejectedAt: null }])
  })

  test('beside an expired credential only the check may start, and it brings the connection back', async () => {
    const at = await connect()
    await store(at, secretOf(at.secret, PAST))
    expect(await run(at, CHECK)).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'provider_credential_expired' },
    })
    await store(at, secretOf(at.secret))

    expect(await run(at, SYNC)).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'provider_credential_expired', nextStored: true },
    })
    expect(await run(at, CHECK)).toMatchObject({ outcome: 'succeeded', reason: null })
    expect(await run(at, SYNC)).toMatchObject({ outcome: 'succeeded' })
  })

  test('beside an expired credential a refused one is what the check failed at', async () => {
    const at = await connect()
    await store(at, secretOf(at.secret, PAST))
    await store(at, secretOf(WRONG))

    expect(await run(at, CHECK)).toMatchObject({
      outcome: 'failed',
      reason: { code: 'provider_credential_next_rejected' },
    })
    expect(await stored(at)).toMatchObject([
      { slot: 'in_use', rejectedAt: null },
      { slot: 'next', rejectedAt: expect.any(Date) },
    ])
  })

  test('an expired one that waits is neither tried nor a way for the check', async () => {
    const at = await connect()
    await store(at, secretOf(at.secret, PAST))
    await store(at, secretOf(at.secret, PAST))
    expect(await run(at, CHECK)).toMatchObject({ outcome: 'blocked' })

    const other = await connected()
    await store(other, secretOf(WRONG, PAST))
    expect(await run(other, CHECK)).toMatchObject({ outcome: 'succeeded', reason: null })
    expect(await stored(other)).toMatchObject([{}, { slot: 'next', rejectedAt: null }])
  })

  test('a verdict on a credential says nothing of the one that took its place meanwhile', async () => {
    const at = await connected()
    await store(at, secretOf(at.secret))
    const { db } = world.database
    const idIn = async (slot: string) => {
      const row = db.selectFrom('credentials').select('id').where('connection_id', '=', at.connectionId)
      return (await row.where('slot', '=', slot).executeTakeFirstOrThrow()).id
    }
    const [inUse, waited] = [await idIn('in_use'), await idIn('next')]
    const observe = (seen: Parameters<typeof recordObservation>[2]) =>
      db
        .transaction()
        .execute((tx) => recordObservation(tx, { tenantId: at.id, connectionId: at.connectionId }, seen))
    await store(at, secretOf(WRONG))

    await observe({ next: { id: waited, verdict: 'rejected' } })
    await observe({ next: { id: waited, verdict: 'accepted' } })
    expect(await stored(at)).toMatchObject([{ slot: 'in_use' }, { slot: 'next', rejectedAt: null }])
    expect(await idIn('in_use')).toBe(inUse)

    await observe({ next: { id: await idIn('next'), verdict: 'accepted' } })
    await observe({ credential: 'rejected', credentialId: inUse })
    expect(await stored(at)).toMatchObject([{ slot: 'in_use', rejectedAt: null }])
  })

  test('a check that may not read the organisation finds nothing amiss by that', async () => {
    const at = await connected()
    appOf(at).granted = ['RoleManagement.Read.Directory']

    expect(await run(at, CHECK)).toMatchObject({ outcome: 'succeeded', reason: null })
    const report = await newestReport(world.database.db, at.id, at.connectionId)
    expect(report?.checks.find(({ subject }) => subject === 'organization')).toMatchObject({
      status: 'failed',
      severity: 'information',
    })
    expect(await seen(at)).toMatchObject({ verification: 'healthy' })
  })

  test('a check that ends after the connection took another app says nothing of that app', async () => {
    const at = await connected()
    const { db } = world.database
    const as = { clientId: at.clientId, directoryId: at.directoryId }
    const app = { ...as, clientId: randomUUID(), label: 'Another app' }
    await updateApp(db, (await seen(at)).tenant.id, at.connectionId as ConnectionId, app)
    await db
      .transaction()
      .execute((tx) =>
        recordObservation(
          tx,
          { tenantId: at.id, connectionId: at.connectionId },
          { signedInAs: as, granted: ['Group.Read.All'], consent: 'granted', verification: 'healthy' },
        ),
      )

    expect(await seen(at)).toMatchObject({
      verification: 'unknown',
      facts: { consent: 'unknown', evidence: null },
    })
  })

  test('what a waiting credential saw does not count once it was discarded', async () => {
    const at = await connected()
    await store(at, secretOf(at.secret))
    const { db } = world.database
    const { id } = await db
      .selectFrom('credentials')
      .select('id')
      .where('connection_id', '=', at.connectionId)
      .where('slot', '=', 'next')
      .executeTakeFirstOrThrow()
    const before = await seen(at)
    await discardNext(db, before, { actor: owner, correlationId: 'c' })
    await db
      .transaction()
      .execute((tx) =>
        recordObservation(
          tx,
          { tenantId: at.id, connectionId: at.connectionId },
          { next: { id, verdict: 'accepted' }, granted: ['Seen.By.Discarded'], verification: 'degraded' },
        ),
      )

    expect((await seen(at)).verification).toBe(before.verification)
    expect((await seen(at)).facts.evidence?.permissions).toEqual(before.facts.evidence?.permissions)
  })

  test('it can be taken back, and leaves a record; there is never a second one', async () => {
    const at = await connected()
    await store(at, secretOf(WRONG))
    await store(at, secretOf(`${WRONG}-2`))
    expect(await stored(at)).toHaveLength(2)

    const by = { actor: owner, correlationId: 'c' }
    expect(await discardNext(world.database.db, await seen(at), by)).toBe(true)
    expect(await discardNext(world.database.db, await seen(at), by)).toBe(false)

    expect(await stored(at)).toMatchObject([{ slot: 'in_use' }])
    const actions = await world.database.db
      .selectFrom('audit_records')
      .select('action')
      .where('target_id', '=', String(at.connectionId))
      .where('action', 'like', 'connection.credential.%')
      .orderBy('id')
      .execute()
    expect(actions.map(({ action }) => action.split('.').at(-1))).toEqual([
      'rotate',
      'rotate',
      'rotate',
      'discard',
    ])
  })

  test.each([
    ['another slot', sql`slot = 'third'`, 'credentials_slot_known'],
    ['two of one slot', sql`slot = 'in_use'`, 'credentials_pkey'],
    [
      'a binding from before beside the one in use',
      sql`binding = 'connection'`,
      'credentials_next_is_bound_to_itself',
    ],
    [
      'a certificate without its public part',
      sql`kind = 'certificate'`,
      'credentials_certificate_has_public_part',
    ],
    [
      'a private key where the public part belongs',
      sql`kind = 'certificate', certificate = '-----BEGIN PRIVATE KEY-----'`,
      'credentials_certificate_is_public',
    ],
  ])('the database refuses %s', async (_what, change, constraint) => {
    const at = await connected()
    await store(at, secretOf(WRONG))

    await expect(
      sql`update credentials set ${change} where connection_id = ${at.connectionId} and slot = 'next'`.execute(
        world.database.db,
      ),
    ).rejects.toThrow(constraint)
  })

  test('a ciphertext moved to the other slot, or to another connection, does not sign in', async () => {
    const at = await connected()
    await store(at, secretOf(at.secret))
    const { db } = world.database
    const moved = async (from: Connected, to: Connected) => {
      const row = await db
        .selectFrom('credentials')
        .select(['nonce', 'ciphertext', 'key_id', 'binding'])
        .where('connection_id', '=', from.connectionId)
        .where('slot', '=', 'next')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('credentials')
        .set(row)
        .where('connection_id', '=', to.connectionId)
        .where('slot', '=', 'in_use')
        .execute()
    }
    const other = await connected()
    await moved(at, at)
    await moved(at, other)

    for (const each of [at, other])
      expect(await run(each, SYNC)).toMatchObject({
        outcome: 'failed',
        reason: { code: 'provider_credential_missing' },
      })
  })
})
