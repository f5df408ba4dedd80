import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url))
const GATE = 'engine/gate/commit.sql.ts'

/** Tests make what they need, migrations make tables, and the demo plays years of history. */
const ELSEWHERE = /\.test\.tsx?$|^database\/migrations\/|^main\/demo\//
const INSERT = /insert\s+into\s+(?:"?operation_runs"?|\$\{[^}]*operation_runs[^}]*\})[^`]*/gi
const BUILT = /insertInto\(\s*['"`]operation_runs['"`]/g

/** Every place that can bring a run into being which is not over at birth, by its file. */
function placesThatAdmit(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !ELSEWHERE.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), 'utf8')
      const written = [...text.matchAll(INSERT)].filter(([statement]) => !isOverAtBirth(statement))
      return [...written, ...text.matchAll(BUILT)].map(() => file)
    })
    .sort()
}

const isOverAtBirth = (statement: string) =>
  statement.includes(`'completed'`) && !/'(queued|running)'/.test(statement)

describe('the way to a run', () => {
  let copy: string
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'tenantpilot-inserts-'))
    cpSync(SOURCE, copy, { recursive: true })
  })
  afterEach(() => rmSync(copy, { recursive: true, force: true }))

  test('leads through the gate and nowhere else', () => {
    expect(placesThatAdmit(SOURCE)).toEqual([GATE])
  })

  test.each([
    ['a statement', "sql`insert into operation_runs (tenant_id, status) values (1, 'queued')`"],
    ['a running one', "sql`\n  INSERT INTO\n    operation_runs (tenant_id, status) select 1, 'running'`"],
    [
      'a status that is filled in',
      `sql\`insert into operation_runs (tenant_id, status) values (1, \${status})\``,
    ],
    ['a table that is filled in', `sql\`insert into \${sql.table('operation_runs')} values (1, 'queued')\``],
    ['a built statement', "db.insertInto('operation_runs').values(run)"],
  ])('a second one is found: %s', (_what, statement) => {
    writeFileSync(join(copy, 'providers', 'planted.sql.ts'), `export const planted = ${statement}\n`)

    expect(placesThatAdmit(copy)).toEqual([GATE, 'providers/planted.sql.ts'])
  })
})
