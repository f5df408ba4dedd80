/**
 * Measures the gate beside what it is built on, in one run: on PostgreSQL and on the embedded database,
 * with 1, 16 and 64 callers; over HTTP; from commit to claim; and the memory of the settled product.
 * Prints Markdown; docs/benchmarks.md keeps what was seen.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Database,
  embeddedDatabase,
  migrate,
  openDatabase,
  PreparingPglite,
  parsers,
} from '../../src/database/index.ts'
import { startPostgres } from '../world/postgres-server.ts'
import { commitToClaim } from './latency.ts'
import { inRounds, type Measured, ratioOf } from './measure.ts'
import { settledMemory } from './memory.ts'
import { middleOf, overHttp } from './over-http.ts'
import { subjectsOn } from './starts.ts'

const CALLERS = [1, 16, 64]
const ROUNDS = 3
/** Without waiting for a disk that other machines do not have; both sides of every ratio are alike. */
const FLAGS = ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'shared_buffers=256MB']

const directory = mkdtempSync(join(tmpdir(), 'tenantpilot-bench-'))
const server = await startPostgres(directory, FLAGS)
try {
  console.log(`Measured on ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}.\n`)
  await onPostgres()
  await onEmbedded()
  await http()
  console.log(
    `## Memory\n\nThe settled product in one process, sandbox included: ${await settledMemory()} MB resident.`,
  )
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}
process.exit(0)

async function postgres(name: string): Promise<Database> {
  const database = await openDatabase({ kind: 'postgres', url: await server.createDatabase(name) })
  await migrate(database.db)
  return database
}

async function onPostgres(): Promise<void> {
  console.log('## PostgreSQL\n')
  const idle = await postgres('idle')
  sayLatency(await commitToClaim(idle))
  await idle.close()
  const database = await postgres('starts')
  await starts(database)
  await database.close()
}

async function onEmbedded(): Promise<void> {
  console.log('## Embedded database\n')
  const open = async () => {
    const database = await embeddedDatabase(await PreparingPglite.open({ parsers }))
    await migrate(database.db)
    return database
  }
  const idle = await open()
  sayLatency(await commitToClaim(idle))
  await idle.close()
  const database = await open()
  await starts(database)
  await database.close()
}

async function starts(database: Database): Promise<void> {
  const { stop, subjects } = await subjectsOn(database)
  for (const callers of CALLERS) {
    const all = await inRounds(subjects, callers, ROUNDS)
    sayTable(`${callers} ${callers === 1 ? 'caller' : 'callers'}`, all)
    sayRatio(all, 'accepted', 'pg-boss send')
    sayRatio(all, 'deduped', 'pg-boss send, exclusive duplicate')
    console.log()
  }
  await stop()
}

async function http(): Promise<void> {
  console.log('## Over HTTP, signed in, on PostgreSQL\n')
  const url = await server.createDatabase('http')
  for (const [callers, all] of await overHttp(
    url,
    join(import.meta.dirname, '../../build/assets'),
    [16, 64],
    ROUNDS,
  )) {
    sayTable(`${callers} connections`, all)
    for (const name of all.keys()) if (!name.startsWith('bare')) sayRatio(all, name, 'bare route, select 1')
    console.log()
  }
}

function sayTable(title: string, all: ReadonlyMap<string, readonly Measured[]>): void {
  console.log(`| ${title} | per second | p50 ms | p99 ms |\n|---|---:|---:|---:|`)
  for (const [name, rounds] of all) {
    const { p50, p99, perSecond } = middleOf(rounds)
    console.log(`| ${name} | ${Math.round(perSecond)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} |`)
  }
  console.log()
}

function sayRatio(all: ReadonlyMap<string, readonly Measured[]>, one: string, other: string): void {
  console.log(`- ${one} / ${other}: **${ratioOf(all.get(one) ?? [], all.get(other) ?? []).toFixed(2)}**`)
}

function sayLatency({ p50, p99 }: { p50: number; p99: number }): void {
  console.log(
    `From commit to claim on an idle system: median ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms.\n`,
  )
}
