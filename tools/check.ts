/** What has to be green before a change is taken, in this order; the first red step ends it, by name. */
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** Biome colours a log file too unless it is told not to. */
const COLOURS = process.stdout.isTTY ? '--colors=force' : '--colors=off'

interface Step {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

/** Every step; `--no-tests` leaves the last one out. */
const STEPS: readonly Step[] = [
  { name: 'Biome', command: 'biome', args: ['ci', '--error-on-warnings', COLOURS, 'src', 'tools', 'tests'] },
  { name: 'tsc', command: 'tsc', args: ['--noEmit'] },
  { name: 'import directions', command: 'tsx', args: ['tools/check-imports.ts'] },
  { name: 'knip', command: 'knip', args: ['--no-progress'] },
  { name: 'tests', command: 'npm', args: ['run', '--silent', 'test'] },
]

/** Runs a step with the tools this package brought along; true when it was green. */
function isGreen({ name, command, args }: Step): boolean {
  const began = performance.now()
  const { error, status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
  })
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`
  if (status === 0) console.log(`ok ${name} (${took})`)
  else console.error(`RED ${name} (${took})${error ? `: ${error.message}` : ''}`)
  return status === 0
}

const steps = process.argv.includes('--no-tests') ? STEPS.slice(0, -1) : STEPS
if (!steps.every(isGreen)) process.exit(1)
