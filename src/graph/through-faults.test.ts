import { expect, test } from 'vitest'
import { graphScene } from '../../tests/world/graph-scene.ts'
import { setGranted } from '../sandbox/change-world.ts'
import type { SandboxFaults } from '../sandbox/faults.ts'
import type { GraphClientOptions } from './client.ts'
import { groupPages } from './groups.ts'

const GROUPS = 40

/** Microsoft on a clock that a client’s pauses move on. */
let ahead = 0
const clock = { now: () => new Date(1_795_411_463_500 + ahead), monotonic: () => 0 }
const scene = await graphScene({
  contoso: { groups: GROUPS, faults: { groupsPageSize: 5 } },
  granted: ['Group.Read.All'],
  clock,
})
const { directory } = scene
const breakWith = (faults: SandboxFaults) => {
  directory().faults = { groupsPageSize: 5, ...faults }
}
const clientOf = (changes: Partial<GraphClientOptions> = {}) =>
  scene.client({
    sleep: async (ms) => {
      ahead += ms
    },
    ...changes,
  })

/** Reads all groups to the end or to a failure: each one's name, how it ended, and from where it would go on. */
async function readAll(changes?: Partial<GraphClientOptions>, from: string | null = null) {
  const names = new Map<string, string>()
  let told = 0
  let link = from
  for await (const page of groupPages(clientOf(changes), from)) {
    if (!page.ok)
      return { groups: names.size, told, names, end: page.failure.kind, failure: page.failure, link }
    told += page.value.items.length
    link = page.value.link.url
    for (const { displayName, id } of page.value.items) names.set(id, displayName)
  }
  return { groups: names.size, told, names, end: 'whole', link }
}
const whole = { groups: GROUPS, told: GROUPS, end: 'whole' }

test('whoever waits as told never comes too early, and gets everything within its units', async () => {
  breakWith({ bucketUnits: 3, bucketSeconds: 30 })
  let told = 0
  let reading = await readAll()
  for (told += reading.told; reading.failure?.kind === 'throttled'; told += reading.told) {
    ahead += (reading.failure.retryAfterSeconds ?? 0) * 1000
    reading = await readAll({}, reading.link)
  }

  expect({ told, end: reading.end }).toEqual({ told: GROUPS, end: 'whole' })
  const { byStatus, tooEarly } = directory().traffic.counts
  expect(byStatus[429]).toBeGreaterThan(0)
  expect(tooEarly).toBe(0)
})

test('whoever does not wait is seen', async () => {
  breakWith({ busyNext: 2, retryAfterSeconds: 20 })
  await readAll()
  await readAll()

  expect(directory().traffic.counts.tooEarly).toBeGreaterThan(0)
})

test.each(['before_answer', 'in_body'] as const)(
  'answers that are lost %s are asked for again',
  async (dropWhere) => {
    breakWith({ dropEvery: 3, dropWhere })

    expect(await readAll()).toMatchObject(whole)
    expect(directory().traffic.lately.some(({ delivery }) => delivery !== 'delivered')).toBe(true)
  },
)

test('an answer that comes too late is asked for again', async () => {
  breakWith({ slowMs: 1_500, slowNext: 1 })

  expect(await readAll({ timeoutMs: 500 })).toMatchObject(whole)
  expect(directory().traffic.exchanges).toBe(GROUPS / 5 + 1)
})

test('tokens that end earlier than they promised are replaced on the way', async () => {
  breakWith({ tokenSeconds: 10, tokenEndsEarly: true })
  let signIns = 0
  const later: typeof fetch = (url, init) => {
    ahead += 4_000
    if (String(url).endsWith('/token')) signIns += 1
    return fetch(url, init)
  }

  expect(await readAll({ fetch: later })).toMatchObject(whole)
  expect(signIns).toBeGreaterThan(2)
})

test('a permission that is revoked on the way ends the reading, and comes back with the next one', async () => {
  breakWith({ revokePermission: 'Group.Read.All', revokeAfter: 3 })
  expect(await readAll()).toMatchObject({ groups: 15, end: 'permission_missing' })

  setGranted(scene.app(), ['Group.Read.All'])
  expect(await readAll()).toMatchObject(whole)
})

test('a page link that ended means that a reading of changes has to begin anew', async () => {
  breakWith({ pageLinkSeconds: 30 })
  const late: typeof fetch = (url, init) => {
    if (directory().graphRequests === 2) ahead += 31_000
    return fetch(url, init)
  }

  expect(await readAll({ fetch: late })).toMatchObject({ groups: 10, end: 'sync_state_lost' })
})

test('what is told twice ends as it was told last', async () => {
  breakWith({ repeatInPage: true, repeatAcrossPages: true, emptyPages: true })
  const { names, ...read } = await readAll()

  expect(read).toMatchObject({ groups: GROUPS, end: 'whole' })
  expect(read.told).toBeGreaterThan(GROUPS)
  expect([...names.values()].filter((name) => name.includes('before'))).toEqual([])
})
