import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Says that another process works in a data directory; the message is for a person. */
export class DataDirectoryInUse extends Error {
  constructor(directory: string, holder: number) {
    super(
      `The data directory ${directory} is in use by process ${holder}. Stop that one first, or choose another with DATA_DIR.`,
    )
  }
}

/**
 * Takes the lock file of a data directory; the answer gives it back. PGlite itself would let two
 * processes write into the same files. A lock left behind by a process that is gone is taken over.
 */
export function lockDataDirectory(directory: string): () => void {
  const file = join(directory, 'lock')
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}\n`, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const found = readLock(file)
    const holder = livingHolder(found)
    if (holder !== null) throw new DataDirectoryInUse(directory, holder)
    removeAbandoned(file, found)
  }
}

/** Moves the lock away before removing it: another process may have taken it over in between. */
function removeAbandoned(file: string, found: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (readLock(aside) !== found) linkSync(aside, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function livingHolder(lock: string): number | null {
  const [pidText = '', start = ''] = lock.trim().split(' ')
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null
  const startNow = startOf(pid)
  return startNow !== null && start !== '' && startNow !== start ? null : pid
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in clock ticks since boot (Linux): tells a process from a later one with its number. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
