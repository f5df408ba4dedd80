import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, freshDatabase } from '../../tests/world/databases.ts'
import type { Database } from '../database/index.ts'
import { asWorkspaceId, type UserId, type WorkspaceId } from '../kernel/index.ts'
import {
  type Auth,
  addPerson,
  apiKeysOf,
  CLIENT_ADDRESS_HEADER,
  createApiKey,
  createAuth,
  identify,
  revokeApiKey,
  workspacesOf,
} from './index.ts'

const ORIGIN = 'http://127.0.0.1:4000'
const PASSWORD = 'correct horse battery staple'
const SIGN_INS_PER_MINUTE = 8

describe.each(ENGINES)('on %s', (engine) => {
  const faults: string[] = []
  let database: Database
  let auth: Auth
  let ada: UserId
  let contoso: WorkspaceId
  let fabrikam: WorkspaceId
  beforeAll(async () => {
    database = await freshDatabase(engine)
    auth = createAuth(database.db, {
      secret: 'a secret for tests only, long enough for anybody',
      publicUrl: ORIGIN,
      trustedOrigins: [],
      signInsPerMinute: SIGN_INS_PER_MINUTE,
      report: (fault) => faults.push(fault),
    })
    ada = await addPerson(database.db, { name: 'Ada', email: 'Ada@Contoso.example', password: PASSWORD })
    contoso = await workspaceOf('Contoso MSP')
    fabrikam = await workspaceOf('Fabrikam IT')
  })
  afterAll(async () => {
    expect(faults).toEqual([]) // whatever anybody tried was an answer, never a fault
    await database.close()
  })

  async function workspaceOf(name: string): Promise<WorkspaceId> {
    const { id } = await database.db
      .insertInto('workspaces')
      .values({ name })
      .returning('id')
      .executeTakeFirstOrThrow()
    await database.db
      .insertInto('workspace_memberships')
      .values({ workspace_id: id, user_id: ada, role: 'owner' })
      .execute()
    return asWorkspaceId(id)
  }
  let visitor = 0
  /** A request as a browser of its own sends it. */
  const request = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    auth.handler(
      new Request(`${ORIGIN}/api/auth${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          origin: ORIGIN,
          [CLIENT_ADDRESS_HEADER]: `203.0.113.${++visitor}`,
          ...headers,
        },
      }),
    )
  const signIn = (password: string, email = 'ada@contoso.example', headers = {}) =>
    request('/sign-in/email', { email, password }, headers)
  const cookieOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  const countOf = async (table: 'users' | 'sessions' | 'api_keys') =>
    (await database.db.selectFrom(table).select('id').execute()).length
  const bearer = (key: string) => new Headers({ authorization: `Bearer ${key}` })
  const keyTo = async (workspaceId: WorkspaceId) => {
    const wanted = { userId: ada, workspaceId, name: 'Nightly', days: 30 }
    const made = await createApiKey(auth, database.db, wanted)
    if (!made) throw new Error('Only a member has a key to a workspace')
    return made
  }

  test('our tables are exactly what sign-in wants of them', async () => {
    const { toBeAdded, toBeCreated } = await getMigrations(auth.options)

    expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] })
  })

  describe('a person', () => {
    test('signs in with the right password and is recognised from then on', async () => {
      const response = await signIn(PASSWORD)

      expect(response.status).toBe(200)
      const cookie = cookieOf(response)
      expect(await identify(auth, database.db, new Headers({ cookie }))).toMatchObject({
        actor: { kind: 'user', userId: ada, name: 'Ada' },
        email: 'ada@contoso.example',
      })
      expect(
        response.headers.getSetCookie().every((text) => /HttpOnly/.test(text) && /SameSite=Lax/.test(text)),
      ).toBe(true)
    })

    test('is somebody else again after signing out', async () => {
      const cookie = cookieOf(await signIn(PASSWORD))
      await request('/sign-out', {}, { cookie })

      expect(await identify(auth, database.db, new Headers({ cookie }))).toBeNull()
    })

    test('is nobody with a session that has expired', async () => {
      const cookie = cookieOf(await signIn(PASSWORD))
      await database.db
        .updateTable('sessions')
        .set({ expires_at: new Date('2020-01-01') })
        .execute()

      expect(await identify(auth, database.db, new Headers({ cookie }))).toBeNull()
    })

    test('is told the same about a wrong password and an unknown address, and gets no session', async () => {
      const before = await countOf('sessions')

      const wrong = await signIn('incorrect horse battery')
      const unknown = await signIn(PASSWORD, 'nobody@contoso.example')

      expect([wrong.status, unknown.status]).toEqual([401, 401])
      expect(await wrong.text()).toBe(await unknown.text())
      expect([cookieOf(wrong), cookieOf(unknown)]).toEqual(['', ''])
      expect(await countOf('sessions')).toBe(before)
    })

    test('cannot sign up', async () => {
      const before = await countOf('users')

      const response = await request('/sign-up/email', {
        name: 'Mallory',
        email: 'mallory@example.com',
        password: PASSWORD,
      })

      expect(response.ok).toBe(false)
      expect(await countOf('users')).toBe(before)
    })

    test('may not try passwords for ever from one address', async () => {
      const address = { [CLIENT_ADDRESS_HEADER]: '198.51.100.7' }
      const answers: number[] = []
      for (let attempt = 0; attempt <= SIGN_INS_PER_MINUTE; attempt++)
        answers.push((await signIn('incorrect horse battery', undefined, address)).status)

      expect(answers).toEqual([...Array(SIGN_INS_PER_MINUTE).fill(401), 429])
    })

    test('is not signed in by the page of somebody else', async () => {
      const response = await signIn(PASSWORD, undefined, {
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'cors',
      })

      expect(response.status).toBe(403)
    })

    test('keeps the password as nothing that could be read', async () => {
      const { password } = await database.db
        .selectFrom('accounts')
        .select('password')
        .executeTakeFirstOrThrow()

      expect(password).not.toContain(PASSWORD)
      expect(password?.length).toBeGreaterThan(60)
    })
  })

  describe('a key', () => {
    test('stands for its owner, in its own workspace only', async () => {
      const { key } = await keyTo(fabrikam)

      const found = await identify(auth, database.db, bearer(key))

      expect(found).toMatchObject({
        actor: { kind: 'api_key', userId: ada, workspaceId: fabrikam },
        sessionId: null,
      })
      const mine = found ? await workspacesOf(database.db, found.actor) : []
      expect(mine.map(({ id }) => id)).toEqual([fabrikam])
      const owners = await workspacesOf(database.db, { kind: 'user', userId: ada, name: 'Ada' })
      expect(owners.map(({ id }) => id)).toEqual([contoso, fabrikam])
    })

    test('is kept as a hash and listed without itself', async () => {
      const { id, key } = await keyTo(contoso)

      const stored = await database.db.selectFrom('api_keys').selectAll().where('id', '=', id).execute()
      const listed = await apiKeysOf(database.db, contoso, ada)

      expect(JSON.stringify(stored)).not.toContain(key)
      expect(listed.map((each) => each.id)).toContain(id)
      expect(JSON.stringify(listed)).not.toContain(key)
    })

    test.each<[string, (id: string) => Promise<unknown>]>([
      [
        'that has expired',
        (id) =>
          database.db
            .updateTable('api_keys')
            .set({ expires_at: new Date('2020-01-01') })
            .where('id', '=', id)
            .execute(),
      ],
      ['that was revoked', (id) => revokeApiKey(database.db, id, ada)],
      [
        'that was switched off',
        (id) => database.db.updateTable('api_keys').set({ enabled: false }).where('id', '=', id).execute(),
      ],
      [
        'that is bound to no workspace',
        (id) => database.db.deleteFrom('api_key_workspaces').where('api_key_id', '=', id).execute(),
      ],
    ])('%s is nobody', async (_which, change) => {
      const { id, key } = await keyTo(contoso)
      expect(await identify(auth, database.db, bearer(key))).not.toBeNull()
      await change(id)

      expect(await identify(auth, database.db, bearer(key))).toBeNull()
    })

    test.each(['wrong', 'tp_wrong', 'x'.repeat(600)])('that does not exist is nobody', async (key) => {
      expect(await identify(auth, database.db, bearer(key))).toBeNull()
    })

    test('is revoked by its owner only', async () => {
      const { key, id } = await keyTo(contoso)
      const grace = await addPerson(database.db, {
        name: 'Grace',
        email: `${id}@contoso.example`,
        password: PASSWORD,
      })

      await revokeApiKey(database.db, id, grace)

      expect(await identify(auth, database.db, bearer(key))).not.toBeNull()
    })

    test('cannot make keys, open a session, or pass for one', async () => {
      const { key } = await keyTo(contoso)
      const before = { keys: await countOf('api_keys'), sessions: await countOf('sessions') }

      for (const headers of [{ authorization: `Bearer ${key}` }, { 'x-api-key': key }]) {
        const created = await request('/api-key/create', { name: 'Another' }, headers)
        expect(created.status).toBe(401)
        expect(await auth.api.getSession({ headers: new Headers(headers) })).toBeNull()
      }
      const named = await request('/api-key/create', { name: 'Another', userId: ada }, { 'x-api-key': key })

      expect(named.status).toBe(401)
      expect({ keys: await countOf('api_keys'), sessions: await countOf('sessions') }).toEqual(before)
    })

    test('of a person who left the workspace sees none', async () => {
      const { key } = await keyTo(contoso)
      const found = await identify(auth, database.db, bearer(key))
      const stays = await addPerson(database.db, {
        name: 'Stays',
        email: 'stays@contoso.example',
        password: PASSWORD,
      })
      await database.db
        .insertInto('workspace_memberships')
        .values({ workspace_id: contoso, user_id: stays, role: 'owner' })
        .execute()
      await database.db
        .deleteFrom('workspace_memberships')
        .where('workspace_id', '=', contoso)
        .where('user_id', '=', ada)
        .execute()

      expect(found && (await workspacesOf(database.db, found.actor))).toEqual([])
    })
  })
})
