import { describe, expect, test } from 'vitest'
import { graphScene } from '../../tests/world/graph-scene.ts'
import { deleteGroup, renameGroup } from '../sandbox/groups.ts'
import { groupIdOf } from '../sandbox/made-up-groups.ts'
import type { DeltaPage } from './delta.ts'
import type { Result } from './failure.ts'
import { type Group, groupPages } from './groups.ts'

const { client, directory, directoryId, sandbox } = await graphScene({
  contoso: { groups: 25, faults: { groupsPageSize: 10 } },
  granted: ['Group.Read.All'],
})

type Pages = Result<DeltaPage<Group>>[]

async function read(link: string | null, fetchIt?: typeof fetch): Promise<Pages> {
  const all: Pages = []
  for await (const page of groupPages(client(fetchIt && { fetch: fetchIt }), link)) all.push(page)
  return all
}

const told = (pages: Pages) =>
  pages.map((page) =>
    page.ok ? [page.value.items.length, page.value.removed.length, page.value.link.kind] : page.failure.kind,
  )

function linkOf(pages: Pages): string {
  const last = pages.at(-1)
  if (!last?.ok || last.value.link.kind !== 'delta') throw new Error('The reading did not come to its end.')
  return last.value.link.url
}

test('all groups come page by page, and the last page tells from where changes are read', async () => {
  expect(told(await read(null))).toEqual([
    [10, 0, 'next'],
    [10, 0, 'next'],
    [5, 0, 'delta'],
  ])
})

test('the link to changes leads to what has changed, and to what is gone and how', async () => {
  const link = linkOf(await read(null))
  renameGroup(directory(), groupIdOf(directoryId, 3), 'Renamed')
  deleteGroup(directory(), groupIdOf(directoryId, 4), 'soft_deleted')
  deleteGroup(directory(), groupIdOf(directoryId, 5), 'deleted')

  const pages = await read(link)

  expect(told(pages)).toEqual([[1, 2, 'delta']])
  expect(pages[0]?.ok && pages[0].value).toMatchObject({
    items: [{ id: groupIdOf(directoryId, 3), displayName: 'Renamed' }],
    removed: [
      { id: groupIdOf(directoryId, 4), how: 'soft_deleted' },
      { id: groupIdOf(directoryId, 5), how: 'deleted' },
    ],
  })
  expect(told(await read(linkOf(pages)))).toEqual([[0, 0, 'delta']])
})

test('only what is needed is asked for, links are followed as they were written, and others go first', async () => {
  const asked: { url: string; priority: string | null }[] = []
  const watching: typeof fetch = (url, init) => {
    const priority = new Headers(init?.headers).get('x-ms-throttle-priority')
    if (String(url).includes('/v1.0/')) asked.push({ url: String(url), priority })
    return fetch(url, init)
  }

  const pages = await read(null, watching)

  expect(asked[0]?.url).toContain('/v1.0/groups/delta?$select=id,displayName,')
  expect(asked.slice(1).map(({ url }) => url)).toEqual(
    pages.flatMap((page) => (page.ok && page.value.link.kind === 'next' ? [page.value.link.url] : [])),
  )
  expect(new Set(asked.map(({ priority }) => priority))).toEqual(new Set(['Low']))
})

describe('a link that is not taken any more', () => {
  test.each(['gone', 'not_found'] as const)('is a lost state when it is refused as %s', async (how) => {
    const link = linkOf(await read(null))
    directory().faults.lostSyncState = how

    const [failure] = await read(link)

    expect(failure).toMatchObject({
      ok: false,
      failure: {
        kind: 'sync_state_lost',
        diagnostics: {
          status: how === 'gone' ? 410 : 400,
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    })
  })

  test('is one after the service has begun anew', async () => {
    const link = linkOf(await read(null))
    sandbox.world.reset()

    expect(told(await read(link))).toEqual(['sync_state_lost'])
  })

  test('is none that leads to another host, and the token stays here', async () => {
    const asked: string[] = []
    const watching: typeof fetch = (url, init) => {
      asked.push(String(url))
      return fetch(url, init)
    }

    const link = 'https://graph.example.com/v1.0/groups/delta?$deltatoken=x'

    expect(told(await read(link, watching))).toEqual(['sync_state_lost'])
    expect(asked).toEqual([])
  })

  test('is not the same as being forbidden, throttled or broken', async () => {
    const link = linkOf(await read(null))
    directory().faults = { serverError: 500 }
    expect(told(await read(link))).toEqual(['unreachable'])
    directory().faults = {}
    directory().apps[0]?.granted.splice(0)
    expect(told(await read(link))).toEqual(['permission_missing'])
  })
})

test('a wrong first request is a wrong request, and nothing was lost', async () => {
  const refusing: typeof fetch = (url, init) =>
    fetch(String(url).replace('$select=id', '$select=shoeSize'), init)

  expect(told(await read(null, refusing))).toEqual(['rejected_request'])
})

test('what is told of twice on a page counts as it was told last', async () => {
  const playing: typeof fetch = (url, init) =>
    String(url).includes('/v1.0/')
      ? Promise.resolve(
          Response.json({
            '@odata.deltaLink': `${sandbox.url}/v1.0/groups/delta?$deltatoken=later`,
            value: [
              { id: 'a', displayName: 'First' },
              { id: 'b', '@removed': { reason: 'deleted' } },
              { id: 'a', displayName: 'Second' },
              { id: 'b', displayName: 'Back again' },
              { id: 'c', displayName: 'Short-lived' },
              { id: 'c', '@removed': { reason: 'changed' } },
            ],
          }),
        )
      : fetch(url, init)

  const [page] = await read(null, playing)

  expect(page).toMatchObject({
    ok: true,
    value: {
      items: [{ displayName: 'Second' }, { displayName: 'Back again' }],
      removed: [{ id: 'c', how: 'soft_deleted' }],
    },
  })
})

test('the kind follows from what Microsoft says of types, mail and security', async () => {
  const pages = await read(null)
  const kinds = pages.flatMap((page) => (page.ok ? page.value.items.map(({ kind }) => kind) : []))

  expect(new Set(kinds)).toEqual(
    new Set(['security', 'microsoft_365', 'mail_enabled_security', 'distribution']),
  )
})
