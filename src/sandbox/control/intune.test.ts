import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { countsOf } from '../intune/intune.ts'
import { KIND_NAMES, type KindName } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'
import { find, idOf } from '../intune/objects.ts'
import { intuneOf } from '../intune/sizes.ts'
import { truthOf } from '../intune/truth.ts'
import { groupIdOf } from '../made-up-groups.ts'
import { startSandbox } from '../start-sandbox.ts'

const sandbox = await startSandbox({ port: 0, directories: [contoso({ intune: intuneOf(130, 70) })] })
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const page = `${sandbox.url}/directories/${contoso().id}`
const control = `${sandbox.url}/control/directories/${contoso().id}/intune`
const directory = () => sandbox.world.directory('contoso.example')
const count = (kind: KindName) => countsOf(directory().intune)[kind]
const idAt = (kind: KindName, index: number) => idOf(directory().intune.objects[kind], index)
const textOf = async (url: string) => (await fetch(url)).text()
const post = (url: string, form: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
const send = (method: string, url: string, body?: unknown) =>
  fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

test('a directory’s page counts every kind and leads to its list', async () => {
  const html = await textOf(page)

  for (const kind of KIND_NAMES)
    expect(html).toMatch(
      new RegExp(`/intune/${kind}">${KINDS[kind].title}</a> <span class="quiet">${count(kind)}<`),
    )
  expect(await textOf(sandbox.url)).toContain('70 devices')
})

test.each(KIND_NAMES.filter((name) => KINDS[name].writes))(
  'of %s one is added, renamed and deleted by forms',
  async (kind) => {
    const list = `${page}/intune/${kind}`
    const before = count(kind)
    const answer = await post(list, { displayName: 'Night watch' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/directories/${contoso().id}/intune/${kind}`,
    ])

    const id = truthOf(directory(), kind).at(-1)?.id
    expect([count(kind), await textOf(`${list}?page=9`)]).toEqual([
      before + 1,
      expect.stringContaining('value="Night watch"'),
    ])
    await post(`${list}/${id}`, { displayName: 'Day watch' })
    expect(truthOf(directory(), kind).at(-1)?.[KINDS[kind].named]).toBe('Day watch')
    await post(`${list}/${id}/delete`)
    expect(count(kind)).toBe(before)
  },
)

test('long lists are shown fifty at a time, and an empty one says so', async () => {
  expect(await textOf(`${page}/intune/managedDevices?page=2`)).toContain('Page 2 of 2')
  expect(((await textOf(`${page}/intune/managedDevices?page=2`)).match(/>Rename</g) ?? []).length).toBe(20)
  for (let index = 0; index < 7; index += 1)
    await post(`${page}/intune/assignmentFilters/${idAt('assignmentFilters', index)}/delete`)
  expect(await textOf(`${page}/intune/assignmentFilters`)).toContain('There are none here.')
})

test('a device is put into another compliance state', async () => {
  const id = idAt('managedDevices', 3)
  await post(`${page}/intune/managedDevices/${id}/compliance`, { state: 'conflict' })
  expect(find(directory().intune.objects.managedDevices, id)?.properties.complianceState).toBe('conflict')

  await post(`${page}/intune/managedDevices/${id}/compliance`, { state: 'confused' })
  expect(find(directory().intune.objects.managedDevices, id)?.properties.complianceState).toBe('conflict')
})

test('the default scope tag has no button to delete it, and stays', async () => {
  expect(await textOf(`${page}/intune/roleScopeTags`)).not.toContain('Delete Default')
  await post(`${page}/intune/roleScopeTags/0/delete`)

  expect(truthOf(directory(), 'roleScopeTags')[0]).toMatchObject({ id: '0', displayName: 'Default' })
})

test('a round of changes is made from the page', async () => {
  await post(`${page}/intune/changes`, { times: '30' })
  const changed = KIND_NAMES.filter((kind) => directory().intune.objects[kind].version > 0)

  expect(changed.length).toBeGreaterThan(2)
})

test('what is not there is not found', async () => {
  expect((await fetch(`${page}/intune/printers`)).status).toBe(404)
  expect((await post(`${page}/intune/printers`, { displayName: 'x' })).status).toBe(404)
  expect((await send('PATCH', `${control}/configurationPolicies/nobody`, {})).status).toBe(404)
  expect((await send('POST', `${control}/managedDevices`, { name: 'x' })).status).toBe(404)
})

test('everything can be changed as JSON', async () => {
  const groupId = groupIdOf(contoso().id, 2)
  const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId }
  const made = await send('POST', `${control}/configurationPolicies`, {
    name: 'New',
    set: { platforms: 'linux' },
    assignments: [target],
  })
  const policy = await made.json()
  expect([made.status, policy]).toEqual([
    201,
    expect.objectContaining({
      name: 'New',
      platforms: 'linux',
      assignments: [expect.objectContaining({ target: expect.objectContaining(target) })],
    }),
  ])

  const one = `${control}/configurationPolicies/${policy.id}`
  const changed = await send('PATCH', one, { name: 'Newer', assignments: [] })
  expect(await changed.json()).toMatchObject({ name: 'Newer', isAssigned: false, assignments: [] })
  expect(await (await fetch(`${control}/configurationPolicies`)).json()).toEqual(
    truthOf(directory(), 'configurationPolicies'),
  )
  expect((await send('DELETE', one)).status).toBe(204)
  expect((await send('DELETE', one)).status).toBe(404)
  const device = `${control}/managedDevices/${idAt('managedDevices', 0)}`
  expect((await send('PATCH', device, { set: { complianceState: 'error' } })).status).toBe(200)
  expect((await send('PATCH', device, { set: { serialNumber: 'x' } })).status).toBe(400)
  expect(await (await fetch(control)).json()).toMatchObject({
    counts: countsOf(directory().intune),
    writes: [],
  })
})

test('a round of changes is told as JSON, the same for the same seed', async () => {
  const round = { seed: 5, times: 12, kinds: ['deviceConfigurations'] }
  const first = await (await send('POST', `${control}/changes`, round)).json()
  sandbox.world.reset()

  expect(first.length).toBeGreaterThan(5)
  expect(await (await send('POST', `${control}/changes`, round)).json()).toEqual(first)
  expect((await send('POST', `${control}/changes`, { seed: 5, times: 0 })).status).toBe(400)
})

test('a directory without a licence says so on its page', async () => {
  expect(await textOf(page)).not.toContain('no Intune licence:')
  directory().faults.notLicensed = true

  expect(await textOf(page)).toContain('This directory has no Intune licence')
})
