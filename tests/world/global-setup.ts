import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import {
  embeddedDatabase,
  migrate,
  openDatabase,
  PreparingPglite,
  parsers,
} from '../../src/database/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'
import { startPostgres } from './postgres-server.ts'

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
  const server = await startPostgres(directory, ['-c', 'fsync=off', '-c', 'max_connections=200'])
  const url = await server.createDatabase('template_tenantpilot')
  await prepare(await openDatabase({ kind: 'postgres', url }))
  project.provide('postgresUrl', url)

  const pglite = await PreparingPglite.open({ parsers })
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
