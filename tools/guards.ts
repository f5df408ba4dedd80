/**
 * Shows that the tests hold: takes each guard of the gate and of the workers out of a copy of this tree,
 * one at a time, and runs the tests that are there because of it. A guard whose tests stay green is named,
 * and the exit code is 1. `npm run guards [-- words of its name]`
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { GUARDS, type Guard } from './guards.table.ts'

const ROOT = join(import.meta.dirname, '..')
const LEFT_OUT = new Set(['node_modules', '.git', 'build', 'coverage', '.data'])

/** What came of taking a guard out. */
type Seen = { kind: 'seen'; tests: string } | { kind: 'unseen' } | { kind: 'gone' }

function copyOfTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'tenantpilot-guards-'))
  cpSync(ROOT, copy, { recursive: true, filter: (from) => !LEFT_OUT.has(basename(from)) })
  for (const kept of ['node_modules', 'build']) symlinkSync(join(ROOT, kept), join(copy, kept))
  return copy
}

function withoutGuard(copy: string, { file, find, instead, tests }: Guard): Seen {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(find)) return { kind: 'gone' }
  writeFileSync(
    path,
    text.replace(find, () => instead),
  )
  try {
    const { status, stderr, stdout } = spawnSync('npx', ['vitest', 'run', '--bail=1', ...tests], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    const failed = /FAIL\s+(.+)/.exec(stdout + stderr)?.[1] ?? 'the run as a whole'
    return status === 0 ? { kind: 'unseen' } : { kind: 'seen', tests: failed }
  } finally {
    writeFileSync(path, text)
  }
}

const wanted = process.argv.slice(2).join(' ').toLowerCase()
const copy = copyOfTree()
let unseen = 0
try {
  for (const guard of GUARDS.filter(({ what }) => what.toLowerCase().includes(wanted))) {
    const seen = withoutGuard(copy, guard)
    if (seen.kind !== 'seen') unseen += 1
    if (seen.kind === 'seen') console.log(`seen    ${guard.what}\n          ${seen.tests}`)
    if (seen.kind === 'unseen')
      console.log(`UNSEEN  ${guard.what}\n          ${guard.tests.join(' ')} stayed green`)
    if (seen.kind === 'gone')
      console.log(`GONE    ${guard.what}\n          ${guard.file} does not say "${guard.find}" any more`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
if (unseen > 0) process.exit(1)
