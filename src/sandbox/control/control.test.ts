import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { startSandbox } from '../start-sandbox.ts'

const clientId = contoso().apps[0]?.clientId ?? ''
const secret = contoso().apps[0]?.secrets[0]?.value ?? ''
const sandbox = await startSandbox({ port: 0, directories: [contoso({ roleDefinitions: 60 })] })
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const page = `${sandbox.url}/directories/${contoso().id}`
const control = `${sandbox.url}/control/directories/${contoso().id}`
const directory = () => sandbox.world.directory('contoso.example')
const app = () => sandbox.world.app('contoso.example', clientId)
const textOf = async (url: string) => (await fetch(url)).text()

const post = (url: string, form: [string, string][], headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers })

const send = (method: string, url: string, body?: unknown) =>
  fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

test('the start page lists every directory, and the style sheet is its own file', async () => {
  expect(await textOf(sandbox.url)).toContain(`href="/directories/${contoso().id}"`)
  expect((await fetch(`${sandbox.url}/sandbox.css`)).headers.get('content-type')).toContain('text/css')
})

test('a directory’s page ticks what is granted, and works without script', async () => {
  const html = await textOf(page)

  expect(html).toMatch(/name="granted" value="Organization.Read.All" checked/)
  expect(html).toMatch(/name="granted" value="Group.Read.All"\/>/)
  expect(html).not.toContain('<script')
})

test('saved grants replace what was granted, and lead back to the page', async () => {
  const answer = await post(`${page}/apps/${clientId}/grants`, [
    ['granted', 'Group.Read.All'],
    ['granted', 'Policy.Read.All'],
  ])

  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`/directories/${contoso().id}`)
  expect(app().granted).toEqual(['Group.Read.All', 'Policy.Read.All'])
})

test('saving without a tick takes every grant away', async () => {
  await post(`${page}/apps/${clientId}/grants`, [])

  expect(app().granted).toEqual([])
})

test('a grant the page does not know stays on it', async () => {
  app().granted = ['DeviceManagementRBAC.Read.All']

  expect(await textOf(page)).toMatch(/value="DeviceManagementRBAC.Read.All" checked/)
})

test('an application is uninstalled and disabled by a button, and comes back by another', async () => {
  await post(`${page}/apps/${clientId}/installed`, [['on', 'no']])
  await post(`${page}/apps/${clientId}/enabled`, [['on', 'no']])
  expect(app()).toMatchObject({ installed: false, enabled: false })

  await post(`${page}/apps/${clientId}/installed`, [['on', 'yes']])
  await post(`${page}/apps/${clientId}/enabled`, [['on', 'yes']])
  expect(app()).toMatchObject({ installed: true, enabled: true })
})

test.each(['rejected', 'expired', 'accepted'])(
  'a secret can be made %s, and never shows in full',
  async (state) => {
    await post(`${page}/apps/${clientId}/secrets/0`, [['state', state]])

    expect(await (await fetch(control)).json()).toMatchObject({
      apps: [{ secrets: [{ hint: 'Qx7', state }] }],
    })
    expect((await textOf(page)) + (await textOf(control))).not.toContain(secret)
  },
)

test('a secret made good again is accepted, whatever it was before', async () => {
  for (const state of ['expired', 'rejected', 'accepted']) {
    await post(`${page}/apps/${clientId}/secrets/0`, [['state', state]])
  }

  expect(await (await fetch(control)).json()).toMatchObject({ apps: [{ secrets: [{ state: 'accepted' }] }] })
})

const signIn = (to: string, client: string, clientSecret: string) =>
  fetch(`${sandbox.url}/${to}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: clientSecret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
const fieldIn = (html: string, label: string) =>
  html.match(new RegExp(`${label}<input[^>]*value="([^"]*)"`))?.[1] ?? ''

test('a client secret is added on the page, shown once, and signs in', async () => {
  await post(`${page}/apps/${clientId}/secrets/0`, [['state', 'expired']])
  const answer = await post(`${page}/apps/${clientId}/secrets`, [])
  expect(answer.status).toBe(303)

  const made = fieldIn(await textOf(page), 'Client secret')
  expect(made).toMatch(/^.{3}8Q~.{34}$/)
  expect(await textOf(page)).not.toContain(made)
  expect((await signIn('contoso.example', clientId, made)).status).toBe(200)
})

test('an application is registered on the page with a client id and a secret that signs in', async () => {
  await post(`${page}/apps`, [['displayName', 'Night shift']])

  const html = await textOf(page)
  expect(html).toContain('Night shift')
  expect(fieldIn(html, 'Directory id')).toBe(contoso().id)
  const [client, made] = [fieldIn(html, 'Client id'), fieldIn(html, 'Client secret')]
  expect((await signIn(contoso().id, client, made)).status).toBe(200)
})

test('a directory is added by its id on the page; one that is there already is refused', async () => {
  const id = '5d5f1f5e-7a0c-4a53-9f5c-0d8f6f6b7a55'
  const form: [string, string][] = [
    ['displayName', 'Added'],
    ['domain', 'added.example'],
    ['id', id],
  ]
  const answer = await post(`${sandbox.url}/directories`, form)

  expect(answer.headers.get('location')).toBe(`/directories/${id}`)
  expect((await post(`${sandbox.url}/directories`, form)).status).toBe(409)
  expect((await post(`${sandbox.url}/directories`, [['displayName', 'No domain']])).status).toBe(400)
})

test('the same is done in JSON, and only those answers carry the secret', async () => {
  const directories = `${sandbox.url}/control/directories`
  const wanted = { displayName: 'Bellows', domain: 'bellows.example' }
  const added = await (await send('POST', directories, wanted)).json()
  expect((await send('POST', directories, wanted)).status).toBe(409)

  const apps = `${directories}/${added.id}/apps`
  const app = await (await send('POST', apps, { displayName: 'Pilot' })).json()
  const again = await (await send('POST', `${apps}/${app.clientId}/secrets`)).json()
  expect(again).toMatchObject({ directoryId: added.id, clientId: app.clientId, displayName: 'Pilot' })

  for (const made of [app.secret, again.secret]) {
    expect((await signIn(added.id, app.clientId, made)).status).toBe(200)
    expect(await textOf(directories)).not.toContain(made)
  }
  expect((await send('POST', `${apps}/nobody/secrets`)).status).toBe(404)
  expect((await send('POST', apps, {})).status).toBe(400)
})

test('every page says that a restart undoes what was changed', async () => {
  for (const url of [sandbox.url, page]) expect(await textOf(url)).toContain('after a restart')
})

test('role definitions are added, renamed and deleted', async () => {
  await post(`${page}/role-definitions`, [['displayName', 'Night watch']])
  const added = directory().roleDefinitions.at(-1)
  expect(added).toMatchObject({ displayName: 'Night watch', isBuiltIn: false })

  await post(`${page}/role-definitions/${added?.id}`, [['displayName', 'Day watch']])
  expect(directory().roleDefinitions.at(-1)?.displayName).toBe('Day watch')

  await post(`${page}/role-definitions/${added?.id}/delete`, [])
  expect(directory().roleDefinitions).toHaveLength(60)
})

test('long lists of role definitions are shown fifty at a time', async () => {
  expect(await textOf(page)).toContain('Page 1 of 2, 60 roles')
  const second = await textOf(`${page}?page=2`)
  const roles = second.slice(
    second.indexOf('aria-labelledby="roles"'),
    second.indexOf('aria-labelledby="groups"'),
  )
  expect(roles.match(/>Rename</g)).toHaveLength(10)
  expect(await textOf(`${page}?page=99`)).toContain('Page 2 of 2')
})

test('names are shown as text, never as markup', async () => {
  directory().displayName = '<script>alert(1)</script>'
  app().displayName = '"><img src=x>'
  await post(`${page}/role-definitions/${directory().roleDefinitions[0]?.id}`, [
    ['displayName', '<b>"bold"</b>'],
  ])

  const html = (await textOf(page)) + (await textOf(sandbox.url))
  expect(html).not.toMatch(/<script|<img|<b>/)
  expect(html).toContain('&lt;b&gt;&quot;bold&quot;&lt;/b&gt;')
})

test('a page of another site cannot change anything', async () => {
  for (const headers of [{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await post(`${page}/apps/${clientId}/grants`, [], headers)
    expect(answer.status).toBe(403)
  }

  expect(app().granted).toHaveLength(2)
})

test('its own page can', async () => {
  expect((await post(`${page}/apps/${clientId}/grants`, [], { origin: sandbox.url })).status).toBe(303)
})

test('everything can be changed as JSON', async () => {
  const answer = await send('PATCH', control, {
    displayName: 'Contoso Ltd',
    granted: { [clientId]: ['Group.Read.All'] },
    installed: { [clientId]: false },
    enabled: { [clientId]: false },
    secrets: { [clientId]: 'expired' },
    faults: { slowMs: 1, throttleEvery: 2 },
  })

  expect(await answer.json()).toMatchObject({
    displayName: 'Contoso Ltd',
    apps: [
      { granted: ['Group.Read.All'], installed: false, enabled: false, secrets: [{ state: 'expired' }] },
    ],
    faults: { slowMs: 1, throttleEvery: 2 },
    roleDefinitions: 60,
  })
})

test('what a JSON change does not name stays as it is, and null takes a fault away', async () => {
  directory().faults = { slowMs: 1, throttleEvery: 2 }
  await send('PATCH', control, { faults: { slowMs: null } })

  expect(directory().faults).toEqual({ throttleEvery: 2 })
  expect(app()).toMatchObject({ granted: contoso().apps[0]?.granted, installed: true })
})

test('role definitions can be changed as JSON', async () => {
  const added = await (await send('POST', `${control}/role-definitions`, { displayName: 'Watch' })).json()
  expect(added).toMatchObject({ displayName: 'Watch', isEnabled: true })

  const role = `${control}/role-definitions/${added.id}`
  expect(await (await send('PATCH', role, { isEnabled: false })).json()).toMatchObject({ isEnabled: false })
  expect((await send('DELETE', role)).status).toBe(204)
  expect((await send('DELETE', role)).status).toBe(404)
  expect(await (await fetch(`${control}/role-definitions`)).json()).toHaveLength(60)
})

test.each<[string, string, unknown, number]>([
  ['an unknown field', '', { grants: {} }, 400],
  ['an unknown fault', '', { faults: { gremlins: 1 } }, 400],
  ['an unknown application', '', { installed: { nobody: true } }, 404],
  ['an unknown directory', '0', {}, 404],
])('a JSON change with %s is refused', async (_, suffix, body, status) => {
  expect((await send('PATCH', control + suffix, body)).status).toBe(status)
})

test('everything can be put back as it was', async () => {
  app().granted = []
  expect((await send('POST', `${sandbox.url}/control/reset`)).status).toBe(204)

  expect(app().granted).toHaveLength(2)
})
