import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const BENCH = fileURLToPath(new URL('sync.ts', import.meta.url))

/** What is measured is nobody's concern here, only that it still can be. */
test('the benchmark of the sync measures, and reads unchanged groups and few changes with one request', async () => {
  const arguments_ = ['--import', 'tsx', BENCH, '--quick', '--sizes=300', '--on=postgres']
  const { stdout } = await promisify(execFile)(process.execPath, arguments_)

  expect(stdout).toMatch(/^\| median( \| [\d.]+){5} \|$/m)
  expect(stdout.match(/^\| median( \| [\d.]+){7} \|$/gm)).toHaveLength(2)
  expect(stdout).toMatch(/^\| 300 \| [\d.]+( \| \d+){3} \| 1 \| \d+ \| 1 \| \d+ \|$/m)
})
