import { randomBytes, randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { pino } from 'pino'
import { createApiKey, createAuth, type PersonalActor } from '../../src/access/index.ts'
import type { Gate } from '../../src/engine/gate/index.ts'
import { cloudProfile } from '../../src/graph/index.ts'
import { asUserId, asWorkspaceId } from '../../src/kernel/index.ts'
import { features } from '../../src/main/features.ts'
import { type CredentialVault, credentialVault } from '../../src/providers/index.ts'
import { createApp, createLiveFeed, type Web } from '../../src/web/index.ts'
import { openWorld, type World } from '../world/world.ts'

export const ORIGIN = 'http://pilot.example'
export const PASSWORD = 'correct horse battery staple'

/** The whole web side over a world of its own, in this process and without a socket. */
export interface InProcess {
  readonly world: World
  readonly app: ReturnType<typeof createApp>
  readonly vault: CredentialVault
  /** Every line that was logged. */
  readonly logged: readonly string[]
  /** The statements that were sent to the database since the last call. */
  statements(): string[]
  ask(method: string, path: string, headers?: Record<string, string>, body?: BodyInit): Promise<Response>
  /** Signs a person of the world in; the answer is the browser's cookie. */
  signIn(person: PersonalActor): Promise<string>
  /** A key of that person to a workspace, as `Authorization` has it. */
  key(person: PersonalActor, workspaceId: number): Promise<string>
  /** What every table holds, by its name, but for the bookkeeping that every request may do. */
  contents(): Promise<Record<string, string>>
}

/** Opens the product over an embedded database; whoever opens it closes its world. */
export async function openInProcess(
  settings: Partial<Web> = {},
  gate: Partial<Gate> = {},
): Promise<InProcess> {
  const world = await openWorld('embedded', gate)
  const { db } = world.database
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(line) })
  const vault = credentialVault(randomBytes(32))
  const auth = createAuth(db, {
    secret: 'x'.repeat(32),
    publicUrl: ORIGIN,
    trustedOrigins: [ORIGIN],
    signInsPerMinute: 1000,
    report: (fault) => log.error({ fault }, 'The sign-in complains'),
  })
  const web: Web = {
    db,
    auth,
    gate: world.gate,
    live: createLiveFeed(world.database),
    vault,
    providers: { profile: cloudProfile('sandbox', NOWHERE), platform: null },
    mail: null,
    assets: new Proxy({}, { get: (_, name) => String(name) }),
    assetFolder: import.meta.dirname,
    publicUrl: ORIGIN,
    origins: [ORIGIN],
    trustedProxies: 0,
    startsPerMinute: 100_000,
    demo: null,
    log,
    ...settings,
  }
  const app = createApp(web, features(web))
  const password = await hashPassword(PASSWORD)
  const ask: InProcess['ask'] = async (method, path, headers = {}, body) =>
    app.request(ORIGIN + path, { method, headers, ...(body !== undefined && { body }) })
  return {
    world,
    app,
    vault,
    logged,
    statements: recorded(world),
    ask,
    async signIn({ userId }) {
      const { email } = await db
        .selectFrom('users')
        .select('email')
        .where('id', '=', userId)
        .executeTakeFirstOrThrow()
      await db
        .insertInto('accounts')
        .values({
          id: randomUUID(),
          account_id: userId,
          provider_id: 'credential',
          user_id: userId,
          password,
        })
        .execute()
      const answer = await ask(
        'POST',
        '/sign-in',
        FORM,
        `${new URLSearchParams({ email, password: PASSWORD })}`,
      )
      if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`)
      return cookieOf(answer)
    },
    async key({ userId }, workspaceId) {
      const wanted = { userId: asUserId(userId), workspaceId: asWorkspaceId(workspaceId), name: 'A program' }
      const made = await createApiKey(auth, db, { ...wanted, days: 3 })
      if (!made) throw new Error('Only a member has a key to a workspace')
      return `Bearer ${made.key}`
    },
    contents: () => contentsOf(world),
  }
}

/** A Microsoft that nobody answers for. */
const NOWHERE = { authorityBaseUrl: 'http://127.0.0.1:9', graphBaseUrl: 'http://127.0.0.1:9' }

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
export const JSON_BODY = { 'content-type': 'application/json' }

/** The cookies that an answer sets, as a browser would send them back. */
export const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Listens in on every statement that reaches the embedded database. */
function recorded({ database: { native } }: World): () => string[] {
  if (native.kind !== 'embedded') throw new Error('Only the embedded database is listened in on')
  const { pglite } = native
  let seen: string[] = []
  const query = pglite.query.bind(pglite)
  pglite.query = (text, ...rest) => {
    seen.push(text)
    return query(text, ...rest)
  }
  return () => {
    const statements = seen
    seen = []
    return statements
  }
}

/** Sessions and keys note when they were used; the record of what was refused is looked at by itself. */
const BOOKKEEPING = ['audit_records', 'sessions', 'rate_limits', 'api_keys']

async function contentsOf({ database: { native } }: World): Promise<Record<string, string>> {
  if (native.kind !== 'embedded') throw new Error('Only the embedded database is looked into')
  const { rows: tables } = await native.pglite.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where (schemaname = 'public' and not tablename = any ($1)) or (schemaname = 'pgboss' and tablename like 'j%')
     order by 1`,
    [BOOKKEEPING],
  )
  const one = ({ name }: { name: string }) =>
    `select '${name}' as name, coalesce(md5(string_agg(x::text, '|' order by x::text)), '') as digest from ${name} x`
  const { rows } = await native.pglite.query<{ name: string; digest: string }>(
    tables.map(one).join(' union all '),
  )
  return Object.fromEntries(rows.map(({ digest, name }) => [name, digest]))
}
