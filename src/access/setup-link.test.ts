import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, freshDatabase } from '../../tests/world/databases.ts'
import type { Database } from '../database/index.ts'
import { addPerson, isSetupTokenGood, issueSetupToken, useSetupToken } from './index.ts'

const OWNER = { name: 'Ada', email: 'ada@contoso.example', password: 'correct horse battery staple' }

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  let token: string
  beforeEach(async () => {
    database = await freshDatabase(engine)
    token = (await issueSetupToken(database.db)) ?? ''
  })
  afterEach(() => database.close())

  test('a set-up link works once', async () => {
    expect(await isSetupTokenGood(database.db, token)).toBe(true)

    const uses = await Promise.all([1, 2, 3].map(() => useSetupToken(database.db, token)))

    expect(uses.filter(Boolean)).toHaveLength(1)
    expect(await isSetupTokenGood(database.db, token)).toBe(false)
  })

  test('a newer link ends the older one, and a wrong one is none', async () => {
    const newer = (await issueSetupToken(database.db)) ?? ''

    expect(await isSetupTokenGood(database.db, token)).toBe(false)
    expect(await useSetupToken(database.db, token)).toBe(false)
    expect(await useSetupToken(database.db, `${newer}x`)).toBe(false)
    expect(await useSetupToken(database.db, newer)).toBe(true)
  })

  test('a link is good for a day', async () => {
    await database.db
      .updateTable('setup_links')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()

    expect(await isSetupTokenGood(database.db, token)).toBe(false)
    expect(await useSetupToken(database.db, token)).toBe(false)
  })

  test('once there is a user no link is issued, and one from before is worth nothing', async () => {
    await addPerson(database.db, OWNER)

    expect(await issueSetupToken(database.db)).toBeNull()
    expect(await isSetupTokenGood(database.db, token)).toBe(false)
    expect(await useSetupToken(database.db, token)).toBe(false)
  })

  test('only a hash of it is kept', async () => {
    const kept = await database.db.selectFrom('setup_links').selectAll().execute()

    expect(token.length).toBeGreaterThan(30)
    expect(JSON.stringify(kept)).not.toContain(token)
  })
})
