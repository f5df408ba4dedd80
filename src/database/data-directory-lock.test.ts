import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockDataDirectory } from './data-directory-lock.ts'
import { DataDirectoryInUse, openDatabase } from './index.ts'

/** Larger than any process number: nobody has it. */
const NOBODY = 2 ** 30

let directory: string
const processes: ChildProcess[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tenantpilot-lock-'))
})
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

async function runProcess(file: string, args: string[] = [], execArgv: string[] = []) {
  const path = fileURLToPath(new URL(`../../tests/processes/${file}`, import.meta.url))
  const child = fork(path, args, { execArgv })
  processes.push(child)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`)
  })
  await Promise.race([once(child, 'message'), ended])
  return child
}
const lockFile = () => join(directory, 'lock')

describe('a data directory', () => {
  test('that another process has open is refused in one sentence, until that process is gone', async () => {
    const holder = await runProcess('data-directory-holder.ts', [directory], ['--import', 'tsx'])

    const refused = openDatabase({ kind: 'embedded', directory })
    await expect(refused).rejects.toThrow(DataDirectoryInUse)
    await expect(refused).rejects.toThrow(
      `The data directory ${directory} is in use by process ${holder.pid}. Stop that one first, or choose another with DATA_DIR.`,
    )

    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const { db, close } = await openDatabase({ kind: 'embedded', directory })
    expect((await sql`select word from kept`.execute(db)).rows).toEqual([{ word: 'still here' }])
    await close()
    expect(existsSync(lockFile())).toBe(false)
  })

  test('that is open in this process is not opened twice either', () => {
    const unlock = lockDataDirectory(directory)

    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUse)
    unlock()
    lockDataDirectory(directory)()
  })

  test.each([
    ['a process that is gone', `${NOBODY} 1\n`],
    ['an earlier process with the number of one that lives', `${process.pid} 1\n`],
    ['nobody that can be read', 'not a lock'],
  ])('locked by %s is taken over', (_whose, lock) => {
    writeFileSync(lockFile(), lock)

    lockDataDirectory(directory)()

    expect(readdirSync(directory)).toEqual([])
  })

  test.each([
    ['a free directory', null],
    ['a lock left behind', `${NOBODY} 1\n`],
  ])('never has two holders, however many reach for %s together', async (_what, left) => {
    const contenders = await Promise.all(Array.from({ length: 4 }, () => runProcess('lock-contender.ts')))
    const tellAll = async (take: string | null) => {
      const answers = contenders.map((contender) => once(contender, 'message'))
      for (const contender of contenders) contender.send({ take })
      return (await Promise.all(answers)).map(([answer]) => answer)
    }

    const holders: number[] = []
    for (let round = 0; round < 200; round++) {
      if (left !== null) writeFileSync(lockFile(), left)
      const answers = await tellAll(directory)
      holders.push(answers.filter((answer) => answer === 'taken').length)
      await tellAll(null)
    }

    expect(new Set(holders)).toEqual(new Set([1]))
  })
})
