import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { worldOn } from '../../tests/world/world.ts'
import { DataDirectoryInUse, migrate } from '../database/index.ts'
import { credentialVault } from '../providers/index.ts'
import { appKeys } from './app-key.ts'
import { NothingToCheck } from './invariants.ts'
import { rotateKeys } from './rotate-keys.ts'
import { readSettings } from './settings.ts'
import { openOurDatabase } from './what-cannot-be-had.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

let printed: string[]
beforeEach(() => {
  printed = []
  for (const kind of ['log', 'error'] as const)
    vi.spyOn(console, kind).mockImplementation((line: string) => void printed.push(`${kind}: ${line}`))
})

const settingsFor = (environment: NodeJS.ProcessEnv) =>
  readSettings({ CLOUD: 'sandbox', ...environment }, { demo: false })

/** An embedded installation with one sealed credential; closed again. */
async function installation(environment: NodeJS.ProcessEnv = {}) {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'tenantpilot-keys-'))
  folders.push(DATA_DIR)
  const settings = settingsFor({ DATA_DIR, ...environment })
  const database = await openOurDatabase(settings)
  await migrate(database.db)
  const world = worldOn(database)
  const connectionId = await world.connection(await world.tenant(await world.workspace()), {
    credential: null,
  })
  const credentialId = randomUUID()
  const place = { connectionId, credentialId, kind: 'client_secret' } as const
  const { keyId, ...sealed } = credentialVault(appKeys(settings).inForce).seal(place, 'secret')
  await database.db
    .insertInto('credentials')
    .values({
      id: credentialId,
      connection_id: connectionId,
      kind: 'client_secret',
      key_id: keyId,
      certificate: null,
      ...sealed,
    })
    .execute()
  await database.close()
  return { DATA_DIR, connectionId, file: join(DATA_DIR, 'app-key') }
}

test('a data directory gets a new key when its old one is put aside, and goes on opening what that sealed', async () => {
  const { DATA_DIR, file } = await installation()
  renameSync(file, `${file}.previous`)
  const keys = appKeys(settingsFor({ DATA_DIR }))
  expect(keys.previous).not.toEqual(keys.inForce)

  expect(await rotateKeys(settingsFor({ DATA_DIR }))).toBe(true)
  rmSync(`${file}.previous`)
  expect(await rotateKeys(settingsFor({ DATA_DIR }))).toBe(true)

  const { keyId } = credentialVault(keys.inForce)
  expect(printed).toEqual([
    `log: Key ${keyId}: 1 sealed anew, 1 sealed under it in all.`,
    `log: Key ${keyId}: 0 sealed anew, 1 sealed under it in all.`,
  ])
})

test('keys given as variables count, and not those in the directory', async () => {
  const [old, next] = [randomBytes(32).toString('hex'), randomBytes(32).toString('base64')]
  const { DATA_DIR } = await installation({ APP_KEY: old })

  expect(await rotateKeys(settingsFor({ DATA_DIR, APP_KEY: next, APP_KEY_PREVIOUS: old }))).toBe(true)
  expect(await rotateKeys(settingsFor({ DATA_DIR, APP_KEY: next }))).toBe(true)
})

test('a credential that opens under neither key is told in one sentence, without a key in it', async () => {
  const { DATA_DIR, connectionId } = await installation()
  const [key, other] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]

  expect(await rotateKeys(settingsFor({ DATA_DIR, APP_KEY: key, APP_KEY_PREVIOUS: other }))).toBe(false)
  expect(await rotateKeys(settingsFor({ DATA_DIR, APP_KEY: key }))).toBe(false)

  expect(printed.filter((line) => line.startsWith('error'))).toEqual([
    `error: The credentials of connection ${connectionId} open under neither APP_KEY nor APP_KEY_PREVIOUS.`,
    `error: The credentials of connection ${connectionId} open under no key at hand, and there is no APP_KEY_PREVIOUS.`,
  ])
  for (const secret of [key, other]) expect(printed.join()).not.toContain(secret)
})

test('there is nothing to seal where nothing is, nor while the product has the directory', async () => {
  const { DATA_DIR } = await installation()
  const database = await openOurDatabase(settingsFor({ DATA_DIR }))

  await expect(rotateKeys(settingsFor({ DATA_DIR }))).rejects.toThrow(DataDirectoryInUse)
  await database.close()
  await expect(rotateKeys(settingsFor({ DATA_DIR: join(DATA_DIR, 'nothing') }))).rejects.toThrow(
    NothingToCheck,
  )
})

test('a previous key of another length is refused by its name, and is not repeated', () => {
  expect(() => appKeys(settingsFor({ APP_KEY: 'a'.repeat(64), APP_KEY_PREVIOUS: 'short' }))).toThrow(
    'APP_KEY_PREVIOUS is not right: give 32 bytes as 64 hex digits or base64.',
  )
})
