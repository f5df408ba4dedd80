import { expect, test } from 'vitest'
import { z } from 'zod'
import { graphScene } from '../../tests/world/graph-scene.ts'
import { parseDirectoryId } from '../kernel/index.ts'
import { contoso } from '../sandbox/index.ts'
import type { Result } from './failure.ts'
import type { Page } from './pages.ts'
import { roleDefinitionPages } from './role-definitions.ts'

const fabrikam = contoso({
  id: '5c0de000-0000-4000-a000-00000000beef',
  displayName: 'Fabrikam',
  domain: 'fabrikam.example',
  roleDefinitions: 3,
})
const scene = await graphScene({
  contoso: { roleDefinitions: 25, faults: { roleDefinitionsPageSize: 10 } },
  others: [fabrikam],
})
const { directory, directoryId } = scene
const clientOf = (fetchIt: typeof fetch = fetch, id = directoryId) =>
  scene.client({ fetch: fetchIt, directoryId: id })

async function collect<T>(pages: AsyncGenerator<Result<Page<T>>>): Promise<Result<Page<T>>[]> {
  const all: Result<Page<T>>[] = []
  for await (const page of pages) all.push(page)
  return all
}

const sizes = <T>(pages: Result<Page<T>>[]) =>
  pages.map((page) => (page.ok ? page.value.items.length : page.failure.kind))

test('every role definition is read, each once', async () => {
  const pages = await collect(roleDefinitionPages(clientOf()))

  expect(sizes(pages)).toEqual([10, 10, 5])
  expect(pages.map((page) => page.ok && page.value.next !== null)).toEqual([true, true, false])
  const ids = pages.flatMap((page) => (page.ok ? page.value.items.map(({ id }) => id) : []))
  expect(new Set(ids)).toEqual(new Set(directory().roleDefinitions.map(({ id }) => id)))
})

test('a role definition is read with everything Microsoft says about it', async () => {
  const [page] = await collect(roleDefinitionPages(clientOf()))

  expect(page?.ok && page.value.items[0]).toMatchObject({
    id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    displayName: 'Global Reader',
    isBuiltIn: true,
    isEnabled: true,
    templateId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    version: '1',
    raw: { resourceScopes: ['/'], rolePermissions: [{ condition: null }] },
  })
})

test('an empty page in between ends nothing', async () => {
  directory().faults.emptyPages = true

  expect(sizes(await collect(roleDefinitionPages(clientOf())))).toEqual([10, 0, 10, 0, 5])
})

test('a directory without role definitions has one empty page', async () => {
  directory().roleDefinitions = []

  expect(sizes(await collect(roleDefinitionPages(clientOf())))).toEqual([0])
})

test('a next link to another host is not followed, and the token stays here', async () => {
  directory().faults.nextLinkOrigin = 'https://graph.example.com'
  const asked: string[] = []
  const watching: typeof fetch = (url, init) => {
    asked.push(new URL(String(url)).host)
    return fetch(url, init)
  }

  expect(sizes(await collect(roleDefinitionPages(clientOf(watching))))).toEqual([10, 'untrusted_link'])
  expect(new Set(asked)).toEqual(new Set([new URL(scene.sandbox.url).host]))
})

test.each([
  ['another port', (url: string) => url.replace(/:(\d+)/, ':1')],
  ['a name in front of the host', (url: string) => url.replace('://', '://someone@')],
  ['no address at all', () => 'next page please'],
  ['its own page', (url: string) => `${url}/v1.0/items`],
])('a next link with %s is not followed', async (_, linkFor) => {
  const playing: typeof fetch = (url, init) =>
    String(url).includes('/v1.0/')
      ? Promise.resolve(
          Response.json({ '@odata.nextLink': linkFor(scene.sandbox.url), value: [{ id: '1' }] }),
        )
      : fetch(url, init)
  const pages = clientOf(playing).pages({ kind: 'path', path: '/items' }, z.object({ id: z.string() }))

  expect(sizes(await collect(pages))).toEqual([1, 'untrusted_link'])
})

test('a failure ends the reading, after the pages read before', async () => {
  const pages = roleDefinitionPages(clientOf())
  const first = await pages.next()
  directory().faults = { serverError: 504 }

  expect(sizes([first.value, ...(await collect(pages))])).toEqual([10, 'unreachable'])
})

test('a link to a further page that was used too late ends the reading, as what it is', async () => {
  directory().faults.pageLinkSeconds = 0.001
  const pages = roleDefinitionPages(clientOf())
  const first = await pages.next()
  await new Promise((resolve) => setTimeout(resolve, 5))

  expect(sizes([first.value, ...(await collect(pages))])).toEqual([10, 'page_link_expired'])
})

test('a throttled page ends the reading after those read before', async () => {
  directory().faults.throttleEvery = 3

  expect(sizes(await collect(roleDefinitionPages(clientOf())))).toEqual([10, 10, 'throttled'])
})

test('two directories on one Microsoft never mix', async () => {
  const other = parseDirectoryId(fabrikam.id) ?? directoryId

  expect(sizes(await collect(roleDefinitionPages(clientOf(fetch, other))))).toEqual([3])
  expect(sizes(await collect(roleDefinitionPages(clientOf())))).toEqual([10, 10, 5])
})
