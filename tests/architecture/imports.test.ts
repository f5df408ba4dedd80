import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkImports, type Violation } from '../../tools/check-imports.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCE = join(ROOT, 'src')

/** What each module holds, and the rule it breaks. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['floors', 'kernel/up.ts', `import { start } from '../engine/gate/index.ts'`],
  ['floors', 'access/up-for-a-type.ts', `import type { StartFacts } from '../engine/gate/index.ts'`],
  ['floors', 'access/up-for-an-inline-type.ts', `import { type StartFacts } from '../engine/gate/index.ts'`],
  ['floors', 'graph/up-in-an-export.ts', `export { type Actor } from '../access/index.ts'`],
  ['floors', 'graph/up-in-a-star.ts', `export * from '../access/index.ts'`],
  ['floors', 'database/up-on-demand.ts', `export const later = () => import('../providers/index.ts')`],
  [
    'floors',
    'database/up-inside-a-type.ts',
    `export type Far = import('../providers/index.ts').ConnectionFacts`,
  ],
  [
    'floors',
    'providers/up-in-many-lines.ts',
    `import { // a word\n  definitionOf, /* from '../kernel/index.ts' */\n} from\n  '../engine/catalog/index.ts'`,
  ],
  [
    'floors',
    'web/up.tsx',
    `import '../features/connections/check.operation.ts'\nexport const X = () => <p>it's</p>`,
  ],
  ['floors', 'web/to-the-tests.ts', `import { openWorld } from '../../tests/world/world.ts'`],
  ['floors', 'helpers/anything.ts', `export const help = 1`],
  ['rooms', 'engine/runs/past-the-door.ts', `import { start } from '../gate/start.ts'`],
  ['rooms', 'features/planted/past-the-door.ts', `import { x } from '../connections/check.operation.ts'`],
  ['rooms', 'web/past-the-door.ts', `import { start } from '../engine/gate/start.ts'`],
  ['sandbox', 'graph/knows-the-sandbox.ts', `import { startSandbox } from '../sandbox/index.ts'`],
  ['sandbox', 'sandbox/knows-the-product.ts', `import { createGraphClient } from '../graph/index.ts'`],
  ['environment', 'web/reads-a-setting.ts', `export const port = process.env.PORT`],
  ['environment', 'web/reads-it-in-brackets.ts', `export const port = process['env']['PORT']`],
  [
    'environment',
    'web/reads-it-by-import.ts',
    `import { env } from 'node:process'\nexport const port = env.PORT`,
  ],
  ['sql', 'providers/asks.ts', `import { sql } from 'kysely'\nexport const one = sql\`select 1\``],
  [
    'sql',
    'features/planted/asks.ts',
    `import { sql as s } from 'kysely'\nexport const one = s<number>\`select 1\``,
  ],
]

/** What looks like a violation and is none. */
const HARMLESS: readonly (readonly [file: string, text: string])[] = [
  [
    'kernel/speaks-of-it.ts',
    `// import '../engine/gate/index.ts'\nexport const text = "from '../web/index.ts'"`,
  ],
  ['engine/runs/by-the-door.ts', `import { start } from '../gate/index.ts'`],
  ['engine/gate/own-room.ts', `import { start } from './start.ts'`],
  ['features/planted/by-the-door.ts', `import { x } from '../connections/index.ts'`],
  [
    'main/starts-the-sandbox.ts',
    `import { x } from '../sandbox/index.ts'\nexport const port = process.env.PORT`,
  ],
  ['sandbox/knows-the-kernel.ts', `import { match } from '../kernel/index.ts'`],
  ['providers/asks.sql.ts', `import { sql } from 'kysely'\nexport const one = sql\`select 1\``],
  ['web/names-a-type.ts', `import type { RawBuilder } from 'kysely'\nexport type One = RawBuilder<1>`],
  ['kernel/looks-anywhere.test.ts', `import { start } from '../engine/gate/start.ts'`],
]

let planted: string
beforeAll(() => {
  planted = mkdtempSync(join(tmpdir(), 'tenantpilot-imports-'))
  cpSync(SOURCE, planted, { recursive: true })
  for (const [file, text] of [...PLANTED.map(([, file, text]) => [file, text] as const), ...HARMLESS]) {
    mkdirSync(dirname(join(planted, file)), { recursive: true })
    writeFileSync(join(planted, file), text)
  }
})
afterAll(() => rmSync(planted, { recursive: true, force: true }))

const runTool = (source: string) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'tools/check-imports.ts', source], {
    cwd: ROOT,
    encoding: 'utf8',
  })

describe('the floors of the house', () => {
  test('every module imports only what it may', () => {
    const { modules, violations } = checkImports(SOURCE)

    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(50)
  })

  describe('with violations planted', () => {
    let found: Violation[]
    beforeAll(() => {
      found = checkImports(planted).violations
    })

    test.each(PLANTED)('%s: %s is found', (rule, file) => {
      expect(found.filter((violation) => violation.file === file)).toMatchObject([{ file, rule }])
    })

    test.each(HARMLESS)('%s is none', (file) => {
      expect(found.filter((violation) => violation.file === file)).toEqual([])
    })
  })

  test('the check ends red, naming file and rule', () => {
    const { status, stderr } = runTool(planted)

    expect(status).toBe(1)
    for (const [rule, file] of PLANTED) expect(stderr).toMatch(new RegExp(`${file} \\[${rule}\\]`))
  })

  test('a check that read next to nothing ends red', () => {
    const nearlyEmpty = join(planted, 'kernel')

    const { status, stderr } = runTool(nearlyEmpty)

    expect(status).toBe(1)
    expect(stderr).toMatch(/Only \d+ modules were read/)
  })
})
