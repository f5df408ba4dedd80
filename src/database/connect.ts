import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { lockDataDirectory } from './data-directory-lock.ts'
import { parsers, parseWholeNumber, WHOLE_NUMBER_TYPES } from './numbers.ts'
import { PreparingClient } from './preparing-client.ts'
import { PreparingPglite } from './preparing-pglite.ts'
import type { Tables } from './tables.ts'

/** Everything that can run a statement: the database itself, or a transaction on it. */
export type Db = Kysely<Tables>

/** An open database and how to leave it. `native` is for the queue, which brings its own statements. */
export interface Database {
  readonly db: Db
  readonly native: { kind: 'embedded'; pglite: PGlite } | { kind: 'postgres'; url: string }
  close(): Promise<void>
}

export type DatabaseLocation = { kind: 'embedded'; directory: string } | { kind: 'postgres'; url: string }

/**
 * Opens the embedded database in a data directory (made when absent) or connects to PostgreSQL.
 * Throws DataDirectoryInUse when another process has the data directory open.
 */
export const openDatabase = (at: DatabaseLocation): Promise<Database> =>
  at.kind === 'embedded' ? openEmbedded(at.directory) : openPostgres(at.url)

async function openEmbedded(directory: string): Promise<Database> {
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const unlock = lockDataDirectory(directory)
  try {
    return await embeddedDatabase(
      await PreparingPglite.open({ dataDir: join(directory, 'database'), parsers }),
      unlock,
    )
  } catch (error) {
    unlock()
    throw error
  }
}

/** An embedded database around a PGlite that is already open; `released` runs after it was closed. */
export async function embeddedDatabase(pglite: PGlite, released: () => void = () => {}): Promise<Database> {
  await pglite.exec("set timezone to 'UTC'")
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  return {
    db,
    native: { kind: 'embedded', pglite },
    close: async () => {
      await db.destroy()
      released()
    },
  }
}

/** A process that is suspended inside a transaction holds its locks; the server lets go of them after this. */
const LONGEST_SILENCE = '30s'

async function openPostgres(url: string): Promise<Database> {
  const types = new pg.TypeOverrides()
  for (const type of WHOLE_NUMBER_TYPES) types.setTypeParser(type, parseWholeNumber)
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: 16,
    types,
    options: `-c timezone=UTC -c lock_timeout=15s -c idle_in_transaction_session_timeout=${LONGEST_SILENCE}`,
  })
  pool.on('error', () => {}) // an idle connection that was cut; the next query opens another
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { db, native: { kind: 'postgres', url }, close: () => db.destroy() }
}
