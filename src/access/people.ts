import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Db } from '../database/index.ts'
import { asUserId, type UserId } from '../kernel/index.ts'

/** Adds a person who signs in with e-mail and password; throws on an address that is already known. */
export async function addPerson(
  db: Db,
  person: { name: string; email: string; password: string },
): Promise<UserId> {
  const id = randomUUID()
  const password = await hashPassword(person.password)
  const insert = async (tx: Db) => {
    await tx
      .insertInto('users')
      .values({ id, name: person.name, email: person.email.toLowerCase(), email_verified: true })
      .execute()
    await tx
      .insertInto('accounts')
      .values({ id: randomUUID(), account_id: id, provider_id: 'credential', user_id: id, password })
      .execute()
  }
  await (db.isTransaction ? insert(db) : db.transaction().execute(insert))
  return asUserId(id)
}
