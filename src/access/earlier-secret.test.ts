import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../tests/world/databases.ts'
import type { Database } from '../database/index.ts'
import { addPerson, createAuth, identify } from './index.ts'

const ORIGIN = 'http://127.0.0.1:4000'
const PASSWORD = 'correct horse battery staple'
const OLD = 'the secret before, for tests only, long enough'
const NEW = 'the secret in force, for tests only, long enough'

let database: Database
beforeAll(async () => {
  database = await freshDatabase('embedded')
  await addPerson(database.db, { name: 'Ada', email: 'ada@contoso.example', password: PASSWORD })
})
afterAll(() => database.close())

const authWith = (secret: string, earlierSecret: string | null, publicUrl = ORIGIN) =>
  createAuth(database.db, {
    secret,
    earlierSecret,
    publicUrl,
    trustedOrigins: [],
    signInsPerMinute: 100,
    report: (fault) => expect.fail(fault),
  })

async function cookieFrom(auth: ReturnType<typeof authWith>, origin = ORIGIN): Promise<string> {
  const answer = await auth.handler(
    new Request(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: 'ada@contoso.example', password: PASSWORD }),
    }),
  )
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

const who = async (auth: ReturnType<typeof authWith>, cookie: string) =>
  (await identify(auth, database.db, new Headers({ cookie })))?.email ?? null

test.each([ORIGIN, 'https://pilot.example'])('a new secret signs nobody out (%s)', async (origin) => {
  const cookie = await cookieFrom(authWith(OLD, null, origin), origin)

  expect(await who(authWith(NEW, OLD, origin), cookie)).toBe('ada@contoso.example')
  expect(await who(authWith(NEW, OLD, origin), `theme=dark; ${cookie}; a=b.c`)).toBe('ada@contoso.example')
  expect(await who(authWith(NEW, null, origin), cookie)).toBeNull()
})

test('a cookie of the new secret is good beside the earlier one, and also where the two are swapped', async () => {
  const cookie = await cookieFrom(authWith(NEW, OLD))

  expect(await who(authWith(NEW, OLD), cookie)).toBe('ada@contoso.example')
  expect(await who(authWith(OLD, NEW), cookie)).toBe('ada@contoso.example')
})

test('a cookie that neither secret signed is nobody’s', async () => {
  const forged = await cookieFrom(authWith('another secret, for tests only, and long enough', null))
  const cut = (await cookieFrom(authWith(OLD, null))).slice(0, -8)

  for (const cookie of [forged, cut, 'tenantpilot.session_token=%E0%A4%A', 'tenantpilot.session_token='])
    expect(await who(authWith(NEW, OLD), cookie)).toBeNull()
})

test('whoever came with an earlier cookie can sign out', async () => {
  const cookie = await cookieFrom(authWith(OLD, null))
  const auth = authWith(NEW, OLD)

  await auth.api.signOut({ headers: new Headers({ cookie }) })

  expect(await who(auth, cookie)).toBeNull()
})
