import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const BENCH = fileURLToPath(new URL('sync.ts', import.meta.url))

/** What is measured is nobody's concern here, only that it still can be. */
test('the benchmark of the sync measures both databases, and reads unchanged groups with one request', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    BENCH,
    '--quick',
    '--sizes=300',
  ])

  const [postgres = '', embedded = ''] = stdout.split('## ').slice(1)
  for (const part of [postgres, embedded]) {
    expect(part).toMatch(/^\| median( \| [\d.]+){5} \|$/m)
    expect(part).toMatch(/^\| 300 \| [\d.]+( \| \d+){3} \| 1 \| \d+ \| 3 \| \d+ \|$/m)
  }
})
