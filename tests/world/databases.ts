import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { inject } from 'vitest'
import {
  type Database,
  embeddedDatabase,
  openDatabase,
  PreparingPglite,
  parsers,
} from '../../src/database/index.ts'

export const ENGINES = ['postgres', 'embedded'] as const
export type Engine = (typeof ENGINES)[number]

/** A fresh, migrated database of either kind; closing it removes it. */
export const freshDatabase = (engine: Engine): Promise<Database> =>
  engine === 'postgres' ? freshPostgres() : freshEmbedded()

async function freshEmbedded(): Promise<Database> {
  const dump = new Blob([readFileSync(inject('embeddedDump'))])
  return embeddedDatabase(await PreparingPglite.open({ loadDataDir: dump, parsers }))
}

/** A database of either kind without any table. */
export const emptyDatabase = async (engine: Engine): Promise<Database> =>
  engine === 'postgres'
    ? freshPostgres('template1')
    : embeddedDatabase(await PreparingPglite.open({ parsers }))

async function freshPostgres(copied?: string): Promise<Database> {
  const template = new URL(inject('postgresUrl'))
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(template, `create database ${name} template ${copied ?? template.pathname.slice(1)}`)
  const url = new URL(template)
  url.pathname = `/${name}`
  const database = await openDatabase({ kind: 'postgres', url: url.href })
  return {
    ...database,
    close: async () => {
      await database.close()
      await administer(template, `drop database ${name} with (force)`)
    },
  }
}

async function administer(template: URL, statement: string): Promise<void> {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
