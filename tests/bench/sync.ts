/**
 * Measures the sync of groups: the first one beside reading the same pages for nothing, what it takes of
 * memory, and what later ones cost; and compliance snapshots and syncs of the inventory beside reading for
 * nothing. `npm run bench:sync [-- --quick] [--on=postgres,embedded] [--parts=first,sizes,devices,policies]
 * [--groups=100000] [--sizes=10000,100000,500000] [--devices=100000] [--policies=5000] [--rounds=3]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { DatabaseLocation } from '../../src/database/index.ts'
import { startPostgres } from '../world/postgres-server.ts'
import { processOf } from './processes.ts'
import { firstSyncs, growing, type Place, wholeReadings } from './sync-parts.ts'
import type { BenchDirectory, ToSandbox } from './sync-sandbox.ts'
import { sayFirst, saySizes, sayWhole } from './sync-words.ts'

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    on: { type: 'string', default: 'postgres,embedded' },
    parts: { type: 'string', default: 'first,sizes,devices,policies' },
    devices: { type: 'string' },
    policies: { type: 'string' },
    groups: { type: 'string' },
    sizes: { type: 'string' },
    rounds: { type: 'string' },
  },
})
const groups = Number(given.groups ?? (given.quick ? 500 : 100_000))
const devices = Number(given.devices ?? (given.quick ? 1500 : 100_000))
const policies = Number(given.policies ?? (given.quick ? 60 : 5000))
const sizes = (given.sizes ?? (given.quick ? '200,400' : '10000,100000,500000')).split(',').map(Number)
const rounds = Number(given.rounds ?? (given.quick ? 1 : 3))
/** Without waiting for a disk that other machines do not have. */
const FLAGS = ['-c', 'fsync=off', '-c', 'shared_buffers=256MB']

const folder = mkdtempSync(join(tmpdir(), 'tenantpilot-bench-sync-'))
const server = await startPostgres(folder, FLAGS)
const sandbox = processOf<ToSandbox>('sync-sandbox.ts')
let databases = 0
try {
  const { directories, url } = await sandbox.ask<{ url: string; directories: BenchDirectory[] }>({
    kind: 'start',
    sizes: [{ groups }, { devices }, { policies }, ...sizes.map((each) => ({ groups: each }))],
  })
  const load = loadavg()[0]?.toFixed(1)
  console.log(
    `Measured on ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}; load when it began: ${load}.\n`,
  )
  for (const engine of given.on.split(',')) {
    const place = (directory: BenchDirectory | undefined): Place => {
      if (!directory) throw new Error('The sandbox has no such directory.')
      return { at: () => freshLocation(engine), sandbox, sandboxUrl: url, directory }
    }
    console.log(`## ${engine === 'postgres' ? 'PostgreSQL' : 'Embedded database'}\n`)
    if (given.parts.includes('first')) sayFirst(groups, await firstSyncs(place(directories[0]), rounds))
    if (given.parts.includes('devices'))
      sayWhole(
        `compliance snapshot of ${devices} devices`,
        await wholeReadings(place(directories[1]), 'devices', rounds),
      )
    if (given.parts.includes('policies'))
      sayWhole(
        `sync of ${directories[2]?.policies} policies`,
        await wholeReadings(place(directories[2]), 'policies', rounds),
      )
    if (given.parts.includes('sizes'))
      saySizes(await growing(directories.slice(3).map(place), given.quick ? 1 : 5))
  }
} finally {
  sandbox.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

async function freshLocation(engine: string): Promise<DatabaseLocation> {
  databases += 1
  const name = `sync_${databases}`
  return engine === 'embedded'
    ? { kind: 'embedded', directory: join(folder, name) }
    : { kind: 'postgres', url: await server.createDatabase(name) }
}
