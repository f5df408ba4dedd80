import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../../tests/world/databases.ts'
import { openWorld, type SeededTenant, type World } from '../../tests/world/world.ts'
import { type CredentialVault, credentialVault, resealCredentials, type SealedCredential } from './index.ts'

const [OLD, NEW, LOST] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const before = credentialVault(OLD)
const between = credentialVault(NEW, OLD)
const after = credentialVault(NEW)

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let tenant: SeededTenant
  beforeAll(async () => {
    world = await openWorld(engine)
    tenant = await world.tenant(await world.workspace())
  })
  beforeEach(() => world.database.db.deleteFrom('credentials').execute())
  afterAll(() => world.close())

  async function stored(vault: CredentialVault, secret: string, slot = 'in_use', at?: number) {
    const connectionId = at ?? (await world.connection(tenant, { credential: null, isDefault: false }))
    const credentialId = randomUUID()
    const sealed = vault.seal({ connectionId, credentialId, kind: 'client_secret' }, secret)
    await insert({ connectionId, credentialId, slot }, sealed)
    return { connectionId, credentialId }
  }
  const insert = (
    { connectionId, credentialId, slot }: { connectionId: number; credentialId: string; slot: string },
    { keyId: key_id, ...sealed }: SealedCredential,
  ) =>
    world.database.db
      .insertInto('credentials')
      .values({
        id: credentialId,
        connection_id: connectionId,
        slot,
        kind: 'client_secret',
        key_id,
        ...sealed,
        certificate: null,
      })
      .execute()
  async function opened(vault: CredentialVault, credentialId: string) {
    const row = await world.database.db
      .selectFrom('credentials')
      .select(['connection_id', 'key_id', 'nonce', 'ciphertext', 'binding'])
      .where('id', '=', credentialId)
      .executeTakeFirstOrThrow()
    return vault.open(
      { connectionId: row.connection_id, credentialId, kind: 'client_secret' },
      { ...row, keyId: row.key_id, binding: row.binding as SealedCredential['binding'] },
    )
  }
  const reseal = (vault: CredentialVault) => resealCredentials(world.database.db, vault)

  test('every credential opens under the new key alone, and a second time there is nothing to do', async () => {
    const many = await Promise.all(
      Array.from({ length: 130 }, (_, index) => stored(before, `secret ${index}`)),
    )
    const waiting = await stored(before, 'one that waits', 'next', many[0]?.connectionId)
    const already = await stored(after, 'already new')

    expect(await reseal(between)).toEqual({ resealed: 131, sealed: 132, unopened: [] })

    for (const [index, { credentialId }] of many.entries())
      expect(await opened(after, credentialId)).toBe(`secret ${index}`)
    expect(await opened(after, waiting.credentialId)).toBe('one that waits')
    expect(await opened(after, already.credentialId)).toBe('already new')
    expect(await reseal(between)).toEqual({ resealed: 0, sealed: 132, unopened: [] })
    expect(await reseal(after)).toEqual({ resealed: 0, sealed: 132, unopened: [] })
  })

  test('what opens under neither key is named and left as it is, and the rest is done', async () => {
    const lost = await stored(credentialVault(LOST), 'lost')
    const other = await stored(before, 'kept')

    expect(await reseal(between)).toEqual({ resealed: 1, sealed: 1, unopened: [lost.connectionId] })
    expect(await opened(credentialVault(LOST), lost.credentialId)).toBe('lost')
    expect(await opened(after, other.credentialId)).toBe('kept')
  })

  test('without the previous key nothing is touched', async () => {
    const { connectionId, credentialId } = await stored(before, 'kept')

    expect(await reseal(after)).toEqual({ resealed: 0, sealed: 0, unopened: [connectionId] })
    expect(await opened(before, credentialId)).toBe('kept')
  })

  test('one that was sealed for its connection alone is bound to itself, under the same key too', async () => {
    const connectionId = await world.connection(tenant, { credential: null, isDefault: false })
    const credentialId = randomUUID()
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', OLD, nonce)
    cipher.setAAD(Buffer.from(`credential:${connectionId}:${before.keyId}`))
    const ciphertext = Buffer.concat([cipher.update('earlier'), cipher.final(), cipher.getAuthTag()])
    const sealed = { keyId: before.keyId, nonce, ciphertext, binding: 'connection' } as const
    await insert({ connectionId, credentialId, slot: 'in_use' }, sealed)

    expect(await reseal(before)).toMatchObject({ resealed: 1, unopened: [] })
    expect(await opened(before, credentialId)).toBe('earlier')
    const row = await world.database.db
      .selectFrom('credentials')
      .select('binding')
      .where('id', '=', credentialId)
      .executeTakeFirstOrThrow()
    expect(row.binding).toBe('credential')
  })

  test('two at once, and credentials replaced meanwhile: nothing is lost and nothing comes back', async () => {
    const many = await Promise.all(
      Array.from({ length: 40 }, (_, index) => stored(before, `secret ${index}`)),
    )
    const replaceSome = async () => {
      for (const { connectionId, credentialId } of many.slice(0, 20)) {
        await world.database.db.transaction().execute(async (tx) => {
          // The connection first, as everybody does.
          await sql`select from provider_connections where id = ${connectionId} for no key update`.execute(tx)
          await tx.deleteFrom('credentials').where('id', '=', credentialId).execute()
        })
        await stored(before, `newer ${connectionId}`, 'in_use', connectionId)
      }
    }

    const done = await Promise.all([reseal(between), reseal(between), replaceSome()])
    for (const each of done) if (each) expect(each.unopened).toEqual([])
    await reseal(between)

    const rows = await world.database.db.selectFrom('credentials').select(['id', 'connection_id']).execute()
    const secrets = await Promise.all(rows.map(({ id }) => opened(after, id)))
    expect(secrets.toSorted()).toEqual(
      [
        ...many.slice(0, 20).map(({ connectionId }) => `newer ${connectionId}`),
        ...many.slice(20).map((_, index) => `secret ${index + 20}`),
      ].toSorted(),
    )
  })
})
