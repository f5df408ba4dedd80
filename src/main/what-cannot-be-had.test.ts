import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { cannotListen, openOurDatabase } from './what-cannot-be-had.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenantpilot-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const opened = (environment: NodeJS.ProcessEnv) =>
  openOurDatabase(readSettings(environment, { demo: false, needsKey: false }))

test.each(['a-file', 'a-file/below', '/dev/null/below'])(
  'DATA_DIR=%s is refused in one sentence',
  async (path) => {
    writeFileSync(join(folder, 'a-file'), '')
    const DATA_DIR = path.startsWith('/') ? path : join(folder, path)

    await expect(opened({ DATA_DIR })).rejects.toThrow(
      `DATA_DIR has to be a directory that can be written to; "${DATA_DIR}" is none (ENOTDIR).`,
    )
  },
)

test('a server that does not answer is named by DATABASE_URL, without the password', async () => {
  const port = await freePort()

  await expect(opened({ DATABASE_URL: `postgres://me:hidden@127.0.0.1:${port}/pilot` })).rejects.toThrow(
    `DATABASE_URL: no PostgreSQL server answers at 127.0.0.1:${port} (ECONNREFUSED).`,
  )
})

test.each([
  ['EADDRINUSE', 'Port 80 is in use. Stop what listens there, or choose another with PORT.'],
  ['EACCES', 'Port 80 is not for this user. Choose another with PORT.'],
  ['EADDRNOTAVAIL', 'HOST has to be a name or an address of this machine (EADDRNOTAVAIL).'],
])('%s while listening is told by the variable that chooses', (code, sentence) => {
  expect(cannotListen(Object.assign(new Error('listen'), { code }), 80, 'PORT')).toMatchObject({
    message: sentence,
  })
})

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
