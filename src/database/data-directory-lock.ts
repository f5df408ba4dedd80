import { createHash, randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
export const lockDataDirectory = (directory: string): (() => void) => take(join(directory, 'lock'), directory)

/** Puts a lock file in its place, whole from the first moment, so that nobody reads half a lock. */
function take(file: string, directory: string): () => void {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''} ${randomUUID()}\n`)
  try {
    while (!isPlaced(draft, file)) {
      const found = readLock(file)
      const holder = found === null ? null : livingHolder(found)
      if (holder !== null) throw new DataDirectoryInUse(directory, holder)
      if (found !== null) removeAbandoned(file, found, directory)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => rmSync(file, { force: true })
}

function isPlaced(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/**
 * Removes one particular lock of a process that is gone. Whoever removes it holds a lock named after
 * it meanwhile: otherwise two who found the same dead lock could remove each other's new one.
 */
function removeAbandoned(file: string, found: string, directory: string): void {
  const name = createHash('sha256').update(found).digest('hex').slice(0, 16)
  const giveBack = take(`${file}.${name}`, directory)
  try {
    if (readLock(file) === found) rmSync(file)
  } finally {
    giveBack()
  }
}

function livingHolder(lock: string): number | null {
  const [pidText = '', start = ''] = lock.trim().split(' ')
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null
  const startNow = startOf(pid)
  return startNow !== null && start !== '' && startNow !== start ? null : pid
}

function readLock(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
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
