import { randomBytes, randomUUID } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from '../../tests/world/world.ts'
import { resealSecondFactors } from './reseal-factors.sql.ts'
import { secretVersions } from './secret-versions.ts'

const [OLD, NEW, LOST] = Array.from({ length: 3 }, () => randomBytes(32).toString('hex')) as [
  string,
  string,
  string,
]

let world: World
beforeAll(async () => {
  world = await openWorld('embedded')
})
afterAll(() => world?.close())
beforeEach(() => world.database.db.deleteFrom('two_factors').execute())

/** As the sign-in library is set up: what it encrypts now, and what it still opens. */
function keyOf(secret: string, earlierSecret: string | null = null) {
  const versions = secretVersions({ secret, earlierSecret })
  return {
    keys: new Map(versions.map(({ value, version }) => [version, value])),
    currentVersion: versions[0]?.version ?? 0,
  }
}

/** Somebody who enrolled while a secret was in force. */
async function enrolled(secret: string): Promise<string> {
  const { db } = world.database
  const { userId } = await world.person(await world.workspace(), 'operator')
  const id = randomUUID()
  const seal = (data: string) => symmetricEncrypt({ key: keyOf(secret), data })
  await db
    .insertInto('two_factors')
    .values({
      id,
      user_id: userId,
      secret: await seal('JBSWY3DP'),
      backup_codes: await seal('["one","two"]'),
    })
    .execute()
  return id
}

const stored = (id: string) =>
  world.database.db.selectFrom('two_factors').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('a second factor is encrypted anew, and then opens without the earlier secret', async () => {
  const [before, already] = [await enrolled(OLD), await enrolled(NEW)]
  const kept = await stored(already)
  const secrets = { secret: NEW, earlierSecret: OLD }
  expect(await resealSecondFactors(world.database.db, secrets)).toEqual({ resealed: 1, unopened: 0 })
  const { backup_codes, secret } = await stored(before)
  expect(await symmetricDecrypt({ key: keyOf(NEW), data: secret })).toBe('JBSWY3DP')
  expect(await symmetricDecrypt({ key: keyOf(NEW), data: backup_codes })).toBe('["one","two"]')
  expect(await stored(already)).toEqual(kept)
  expect(await resealSecondFactors(world.database.db, secrets)).toEqual({ resealed: 0, unopened: 0 })
})

test('one that no secret opens is counted and stays as it is', async () => {
  const lost = await enrolled(LOST)
  const before = await stored(lost)
  const answer = await resealSecondFactors(world.database.db, { secret: NEW, earlierSecret: OLD })
  expect(answer).toEqual({ resealed: 0, unopened: 1 })
  expect(await stored(lost)).toEqual(before)
})
