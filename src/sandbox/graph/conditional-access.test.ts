import { afterAll, beforeEach, expect, test } from 'vitest'
import { groupIdOf } from '../made-up-groups.ts'
import { askingIntune } from './asking-intune.ts'

const scene = await askingIntune({ intune: { conditionalAccessPolicies: 8, managedDevices: 3 }, faults: {} })
const { ask, directory, readAll, setFaults, time } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const PATH = '/v1.0/identity/conditionalAccess/policies'
const statusOf = async (path = PATH) => (await ask(path)).status
const users = { includeUsers: ['All'] }
const policy = (changes: object = {}) => ({
  displayName: 'Require MFA',
  state: 'disabled',
  conditions: { users, applications: { includeApplications: ['All'] } },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  ...changes,
})

test('one request a second is taken, of a list or a policy, and nobody is told how long to wait', async () => {
  expect(await statusOf()).toBe(200)
  time.ahead = 999
  const refused = await ask(PATH)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null])
  expect(await statusOf('/v1.0/deviceManagement/managedDevices')).toBe(200)
  time.ahead = 1_000
  expect(await statusOf()).toBe(200)
  expect(await statusOf()).toBe(429)
})

test('the limit can be lifted', async () => {
  await setFaults({ conditionalAccessSeconds: 0 })

  expect([await statusOf(), await statusOf()]).toEqual([200, 200])
})

test('a policy is created, changed and deleted', async () => {
  await setFaults({ conditionalAccessSeconds: 0 })
  const made = await ask(PATH, { method: 'POST', body: policy() })
  expect([made.status, made.body.displayName, made.body.templateId]).toEqual([201, 'Require MFA', null])

  const one = `${PATH}/${made.body.id}`
  expect((await ask(one, { method: 'PATCH', body: { state: 'enabled' } })).status).toBe(204)
  expect((await ask(one)).body).toMatchObject({ state: 'enabled', displayName: 'Require MFA' })
  expect((await ask(one, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(one)).status).toBe(404)
})

test.each([
  ['no users', policy({ conditions: {} }), /^1004:/],
  [
    'user actions beside an empty list of applications',
    policy({
      conditions: {
        users,
        applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
      },
    }),
    /^1012:/,
  ],
  [
    'a group of another directory',
    policy({
      conditions: { users: { includeGroups: [groupIdOf('5c0de000-0000-4000-a000-00000000beef', 0)] } },
    }),
    /^1020: Group/,
  ],
  ['a state of its own', policy({ state: 'on' }), /^1003:/],
])('a policy with %s is refused, with the reason inside', async (_, body, reason) => {
  await setFaults({ conditionalAccessSeconds: 0 })
  const before = (await readAll(PATH)).items.length
  const answer = await ask(PATH, { method: 'POST', body })

  expect(answer.status).toBe(400)
  expect(answer.body.error.message).toBe(
    'The server could not process the request because it is malformed or incorrect.',
  )
  expect(answer.body.error.innerError.message).toMatch(reason)
  expect((await readAll(PATH)).items).toHaveLength(before)
})

test('writing needs both permissions', async () => {
  await setFaults({ conditionalAccessSeconds: 0 })
  for (const granted of [['Policy.Read.All'], ['Policy.ReadWrite.ConditionalAccess']]) {
    const [app] = directory().apps
    if (app) app.granted = granted
    const token = (await scene.signIn()).access_token
    expect((await ask(PATH, { method: 'POST', body: policy(), token })).status).toBe(403)
  }
})
