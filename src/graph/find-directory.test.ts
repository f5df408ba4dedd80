import { afterAll, beforeAll, expect, test } from 'vitest'
import { contoso, type Sandbox, startSandbox } from '../sandbox/index.ts'
import { cloudProfile } from './cloud-profile.ts'
import { findDirectory } from './find-directory.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, directories: [contoso()] })
})
afterAll(() => sandbox.stop())

const find = (text: string) =>
  findDirectory(cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url }), text)

test('a directory is found by its id and by its domain', async () => {
  const { id, domain } = contoso()
  expect(await find(id)).toEqual({ kind: 'found', directoryId: id })
  expect(await find(id.toUpperCase())).toEqual({ kind: 'found', directoryId: id })
  expect(await find(domain)).toEqual({ kind: 'found', directoryId: id })
})

test.each(['nobody.example', '00000000-0000-4000-a000-000000000000', '../control', 'a/b', '?x=1'])(
  'nothing is found for %s',
  async (text) => {
    expect(await find(text)).toEqual({ kind: 'unknown' })
  },
)

test('no answer is told from an answer', async () => {
  sandbox.world.directory(contoso().id).faults.unreachable = true
  expect(await find(contoso().id)).toEqual({ kind: 'unreachable' })
})

test.each([
  ['a page of somebody else', '<html></html>'],
  ['no issuer', '{}'],
  ['an issuer without a directory', '{"issuer":"https://login.example/common/v2.0"}'],
])('an answer that is %s says nothing', async (_what, text) => {
  const fetch = async () => new Response(text)
  expect(await findDirectory(cloudProfile('global'), 'contoso.com', fetch)).toEqual({ kind: 'unreachable' })
})
