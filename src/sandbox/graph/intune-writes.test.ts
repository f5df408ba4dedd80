import { afterAll, beforeEach, expect, test } from 'vitest'
import { intuneOf } from '../intune/sizes.ts'
import { truthOf } from '../intune/truth.ts'
import { askingIntune } from './asking-intune.ts'
import { BODIES, block, made, rule, saidIn, setting, type WrittenKind } from './intune-bodies.ts'

const scene = await askingIntune({ intune: intuneOf(60, 5) })
const { ask, directory, readAll, setFaults } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const everyKind = Object.entries(BODIES) as [WrittenKind, (typeof BODIES)[WrittenKind]][]

test.each(everyKind)(
  '%s are created, changed and deleted with the codes Intune has for it',
  async (kind, [path, body, codes]) => {
    const answer = await ask(`/${path}`, { method: 'POST', body })
    const id = answer.body.id
    const nameIs = kind === 'configurationPolicies' ? 'name' : 'displayName'
    expect(answer).toMatchObject({ status: codes[0], body: { [nameIs]: 'Made' } })
    expect(truthOf(directory(), kind).at(-1)).toMatchObject({ id })

    const change = await ask(`/${path}/${id}`, { method: 'PATCH', body: { [nameIs]: 'Changed' } })
    expect(change.status).toBe(codes[1])
    expect((await ask(`/${path}/${id}`)).body).toMatchObject({ [nameIs]: 'Changed' })
    expect((await ask(`/${path}/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`/${path}/${id}`)).status).toBe(404)
    expect((await ask(`/${path}/${id}`, { method: 'DELETE' })).status).toBe(404)
  },
)

test('what only the server sets is set by the server', async () => {
  const one = await made(ask, 'deviceConfigurations', {
    id: 'mine',
    version: 77,
    createdDateTime: '2001-01-01T00:00:00Z',
  })
  const { body } = await ask(one)
  expect(body).toMatchObject({ version: 1, roleScopeTagIds: ['0'], description: null, usbBlocked: true })
  expect([body.createdDateTime, body.lastModifiedDateTime]).toEqual([
    expect.stringMatching(/^2026-11-23T05:24:23\.500\d{4}Z$/),
    expect.stringMatching(/^2026-11-23T05:24:23\.500\d{4}Z$/),
  ])
  scene.time.ahead = 60_000
  await ask(one, { method: 'PATCH', body: { description: 'Now described' } })

  expect((await ask(one)).body).toMatchObject({
    version: 2,
    createdDateTime: body.createdDateTime,
    lastModifiedDateTime: expect.stringMatching(/T05:25:23\.500/),
  })
})

test('settings are replaced by a whole policy, and not by a part of one', async () => {
  const one = await made(ask, 'configurationPolicies', { description: 'Goes with what is not sent again' })
  const patched = await ask(one, { method: 'PATCH', body: { settings: [setting, setting] } })
  expect(saidIn(patched)[2]).toBe(
    "Cannot apply PATCH to navigation property 'settings' on entity type 'microsoft.management.services.api.deviceManagementConfigurationPolicy'.",
  )
  const whole = { ...BODIES.configurationPolicies[1], settings: Array(26).fill(setting) }
  expect((await ask(one, { method: 'PUT', body: whole })).status).toBe(204)

  expect((await ask(one)).body).toMatchObject({ settingCount: 26, description: null })
  expect((await readAll(`${one}/settings`)).pages).toEqual([25, 1])
})

test('scheduled actions are kept, left alone by a change, and replaced at their own address', async () => {
  const one = await made(ask, 'deviceCompliancePolicies')
  const expanded = `${one}?$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)`
  const hours = async () =>
    (await ask(expanded)).body.scheduledActionsForRule[0].scheduledActionConfigurations[0].gracePeriodHours
  expect(await hours()).toBe(12)
  expect((await ask(one, { method: 'PATCH', body: { scheduledActionsForRule: rule(block) } })).status).toBe(
    400,
  )

  const send = (rules: object) =>
    ask(`${one}/scheduleActionsForRules`, {
      method: 'POST',
      body: { deviceComplianceScheduledActionForRules: rules },
    })
  expect((await send(rule())).status).toBe(400)
  expect((await send(rule({ ...block, gracePeriodHours: 48 }))).status).toBe(200)
  expect(await hours()).toBe(48)
})

test('texts of a new custom profile are encrypted', async () => {
  const one = await made(ask, 'deviceConfigurations', {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Key',
        omaUri: './x',
        value: 'in the clear',
      },
    ],
  })
  const { body } = await ask(one)
  const [{ secretReferenceValueId: reference, value }] = body.omaSettings

  expect(value).toBe('****')
  const question = `${one}/getOmaSettingPlainTextValue(secretReferenceValueId='${reference}')`
  expect((await ask(question)).body.value).toBe('in the clear')
})

test('every write is written down with its answer, and reads are not', async () => {
  const one = await made(ask, 'deviceManagementScripts')
  await ask(one)
  await ask(one, { method: 'PATCH', body: { runAsAccount: 'nobody' } })
  await ask(one, { method: 'DELETE' })

  expect(directory().intune.writes.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', 'deviceManagement/deviceManagementScripts', 201],
    ['PATCH', one.slice(1), 400],
    ['DELETE', one.slice(1), 204],
  ])
})

test('a create may be carried out and answered 504', async () => {
  await setFaults({ createThen504: 1 })
  const before = truthOf(directory(), 'configurationPolicies').length
  const [path, body] = BODIES.configurationPolicies

  expect((await ask(`/${path}`, { method: 'POST', body })).status).toBe(504)
  expect(truthOf(directory(), 'configurationPolicies')).toHaveLength(before + 1)
})
