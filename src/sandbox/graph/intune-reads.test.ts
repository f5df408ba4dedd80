import { afterAll, beforeEach, expect, test } from 'vitest'
import { KIND_NAMES } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'
import { idOf } from '../intune/objects.ts'
import { intuneOf } from '../intune/sizes.ts'
import { partOf, truthOf } from '../intune/truth.ts'
import { askingIntune } from './asking-intune.ts'

const scene = await askingIntune({ intune: { ...intuneOf(120, 60), managedDevices: 60 } })
const { ask, directory, readAll } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const idAt = (kind: (typeof KIND_NAMES)[number], index: number) =>
  idOf(directory().intune.objects[kind], index)
const everyKind = KIND_NAMES.map((name) => [name, KINDS[name]] as const)
const setGrants = (granted: string[]) => {
  const [app] = directory().apps
  if (app) app.granted = granted
}

test.each(everyKind)('%s are read as they are, and each by its id', async (name, { path }) => {
  const { items } = await readAll(`/${path}`)
  const [first] = items

  expect(items).toEqual(truthOf(directory(), name))
  expect(items.length).toBeGreaterThan(0)
  expect((await ask(`/${path}/${first?.id}`)).body).toMatchObject({ id: first?.id })
  expect((await ask(`/${path}/${first?.id}?$select=id`)).body).not.toHaveProperty('displayName')
})

test.each(everyKind)('%s are answered on the versions that know them, and nowhere else', async (_, kind) => {
  for (const version of ['v1.0', 'beta'] as const) {
    const { body, status } = await ask(`/${version}/${kind.path}`)
    if (kind.versions.includes(version)) expect(status).toBe(200)
    else
      expect([status, body.error.message]).toEqual([
        400,
        `Resource not found for the segment '${kind.path.split('/')[1]}'.`,
      ])
  }
})

test.each(everyKind)(
  '%s are read with each permission of their own, and refused in their dialect without',
  async (_, kind) => {
    for (const permission of kind.read) {
      setGrants([permission])
      const token = (await scene.signIn()).access_token
      expect((await ask(`/${kind.path}`, { token })).status).toBe(200)
    }
    setGrants(['Directory.Read.All'])
    const { body, status } = await ask(`/${kind.path}`, { token: (await scene.signIn()).access_token })
    const { code, message } = body.error

    if (kind.dialect === 'conditional_access') return expect([status, code]).toEqual([403, 'AccessDenied'])
    const told = kind.dialect === 'device' ? JSON.parse(message).Message : message
    expect([status, code]).toEqual(kind.dialect === 'device' ? [401, 'UnknownError'] : [403, 'Forbidden'])
    expect(JSON.parse(told).Message).toContain(
      `must have one of the following scopes: ${kind.read.join(', ')} - Operation ID`,
    )
  },
)

test.each(everyKind)('%s without a licence', async (_, { dialect, path }) => {
  directory().faults.notLicensed = true
  const { body, status } = await ask(`/${path}`)

  if (dialect === 'conditional_access') expect(status).toBe(200)
  else
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining('Request not applicable to target tenant.'),
    ])
})

test.each(everyKind)('one of %s that is not there is 404', async (_, { path }) => {
  expect((await ask(`/${path}/7c5b7f38-0000-4000-a000-5f6f1f0e9d3c`)).status).toBe(404)
})

test('custom profiles mask what is encrypted; version 1.0 does not even say what is', async () => {
  const id = idAt('deviceConfigurations', 1)
  const beta = (await ask(`/deviceManagement/deviceConfigurations/${id}`)).body
  expect(beta.omaSettings).toMatchObject([
    { isEncrypted: true, value: '****', secretReferenceValueId: expect.stringMatching(/./) },
    { isEncrypted: false, value: 6, secretReferenceValueId: null },
    { isEncrypted: true, value: 'PGEvPg==' },
  ])

  const old = (await ask(`/v1.0/deviceManagement/deviceConfigurations/${id}`)).body
  expect(old.omaSettings[0]).not.toHaveProperty('isEncrypted')
  expect(old).not.toHaveProperty('roleScopeTagIds')
  expect(JSON.stringify((await ask('/deviceManagement/deviceConfigurations')).body)).not.toContain(
    'made-up-key',
  )
})

test('an encrypted value is told to whoever may write it', async () => {
  const profile = `/deviceManagement/deviceConfigurations/${idAt('deviceConfigurations', 1)}`
  const { body } = await ask(profile)
  const question = `${profile}/getOmaSettingPlainTextValue(secretReferenceValueId='${body.omaSettings[0].secretReferenceValueId}')`

  expect((await ask(question)).body.value).toMatch(/^made-up-key-\d+$/)
  expect((await ask(question.replace(/'[^']+'/, "'elsewhere'"))).status).toBe(404)
  setGrants(['DeviceManagementConfiguration.Read.All'])
  expect((await ask(question, { token: (await scene.signIn()).access_token })).status).toBe(403)
})

test('a list of scripts leaves out what they do, and one script tells it in base64', async () => {
  const { items } = await readAll('/deviceManagement/deviceManagementScripts')
  expect(items.map(({ scriptContent }) => scriptContent)).toEqual(items.map(() => null))

  const { body } = await ask(`/deviceManagement/deviceManagementScripts/${items[0]?.id}`)
  expect(Buffer.from(body.scriptContent, 'base64').toString()).toContain('# Remove bloatware, number 0')
})

test('assignments are expanded in a list, and have an address of their own', async () => {
  const { items } = await readAll('/deviceManagement/configurationPolicies?$expand=assignments')
  const targets = new Set(
    items.flatMap(({ assignments }) => JSON.stringify(assignments).match(/#microsoft\.graph\.\w+/g) ?? []),
  )

  expect([...targets].toSorted()).toEqual([
    '#microsoft.graph.allDevicesAssignmentTarget',
    '#microsoft.graph.allLicensedUsersAssignmentTarget',
    '#microsoft.graph.exclusionGroupAssignmentTarget',
    '#microsoft.graph.groupAssignmentTarget',
  ])
  for (const { assignments, id, isAssigned } of items.slice(0, 9)) {
    expect(assignments).toEqual(partOf(directory(), 'configurationPolicies', id, 'assignments'))
    expect(isAssigned).toBe((assignments as object[]).length > 0)
    const own = await ask(`/deviceManagement/configurationPolicies/${id}/assignments`)
    expect(own.body.value).toEqual(assignments)
  }
})

test('assignments name groups and filters of this very directory', async () => {
  const { items } = await readAll('/deviceManagement/configurationPolicies?$expand=assignments')
  const assigned = items.flatMap(
    ({ assignments }) => assignments as { target: Record<string, string | null> }[],
  )
  const groups = new Set(assigned.flatMap(({ target }) => target.groupId ?? []))
  const filters = new Set(
    assigned.flatMap(({ target }) => target.deviceAndAppManagementAssignmentFilterId ?? []),
  )
  const known = (await readAll('/deviceManagement/assignmentFilters')).items.map(({ id }) => id)
  setGrants(['Group.Read.All'])
  const token = (await scene.signIn()).access_token

  expect([groups.size > 5, filters.size > 1]).toEqual([true, true])
  expect([...filters].filter((id) => !known.includes(id))).toEqual([])
  for (const id of groups) expect((await ask(`/v1.0/groups/${id}`, { token })).status).toBe(200)
})

test('scheduled actions come only with the expansion that names what is inside of them', async () => {
  const path = '/deviceManagement/deviceCompliancePolicies'
  const whole = `$expand=scheduledActionsForRule($expand=scheduledActionConfigurations),assignments`
  expect((await ask(path)).body.value[0]).not.toHaveProperty('scheduledActionsForRule')

  const [first] = (await ask(`${path}?${whole}`)).body.value
  expect(first.scheduledActionsForRule[0].scheduledActionConfigurations.at(-1)).toMatchObject({
    actionType: 'block',
  })
  expect(first).toHaveProperty('assignments')
  const [bare] = (await ask(`${path}?$expand=scheduledActionsForRule`)).body.value
  expect(bare.scheduledActionsForRule[0]).not.toHaveProperty('scheduledActionConfigurations')
  expect((await ask(`${path}/${first.id}/scheduledActionsForRule`)).body.error.code).toBe(
    'No method match route template',
  )
})

test.each([
  ['configurationPolicies?$expand=settings', 'settings'],
  ['configurationPolicies?$select=id,displayName', 'displayName'],
  ['deviceConfigurations?$select=omaSettings', 'omaSettings'],
  ['managedDevices?$expand=assignments', 'assignments'],
])('%s is refused', async (path, name) => {
  const { body, status } = await ask(`/deviceManagement/${path}`)

  expect(status).toBe(400)
  expect(body.error.message).toContain(`Could not find a property named '${name}' on type 'microsoft.graph.`)
})

test('one policy may be read with its settings, all of them', async () => {
  const id = idAt('configurationPolicies', 12)

  expect(
    (await ask(`/deviceManagement/configurationPolicies/${id}?$expand=settings`)).body.settings,
  ).toHaveLength(26)
})

test('times have seven digits, and policies begin with the default scope tag', async () => {
  const { items } = await readAll(
    '/deviceManagement/deviceConfigurations?$select=createdDateTime,lastModifiedDateTime,roleScopeTagIds',
  )

  for (const { createdDateTime, lastModifiedDateTime, roleScopeTagIds } of items) {
    expect([createdDateTime, lastModifiedDateTime].join(' ')).toMatch(
      /^\S+T[\d:]{8}\.\d{7}Z \S+T[\d:]{8}\.\d{7}Z$/,
    )
    expect((roleScopeTagIds as string[])[0]).toBe('0')
  }
  expect((await ask('/deviceManagement/roleScopeTags/0')).body).toMatchObject({
    displayName: 'Default',
    isBuiltIn: true,
  })
})
