import { afterAll, beforeEach, expect, test } from 'vitest'
import { contoso } from '../contoso.ts'
import { faultsChange, type SandboxFaults } from '../faults.ts'
import { askingAs } from '../graph/asking.ts'
import { startSandbox } from '../start-sandbox.ts'

const [app] = contoso().apps
if (!app) throw new Error('The test needs an application.')
const sandbox = await startSandbox({ port: 0, directories: [contoso()] })
const { ask, signIn } = askingAs(sandbox, contoso().id, app)
beforeEach(() => sandbox.world.reset())
afterAll(() => sandbox.stop())

const page = `${sandbox.url}/directories/${contoso().id}`
const directory = () => sandbox.world.directory('contoso.example')
const textOf = async (url: string) => (await fetch(url)).text()
const post = (url: string, form: [string, string][]) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
/** The form with the faults, as the page has it. */
async function faultsForm() {
  const html = await textOf(page)
  return html.slice(html.indexOf('aria-labelledby="faults"'), html.indexOf('aria-labelledby="requests"'))
}

test('faults are set by a form, and taken away by an empty one', async () => {
  await post(`${page}/faults`, [
    ['throttleEvery', '3'],
    ['retryAfter', 'date'],
    ['retryAfterSeconds', '1.5'],
    ['serverError', '504'],
    ['tokenFault', 'secret_expired'],
    ['unreachable', 'yes'],
  ])
  expect(directory().faults).toEqual({
    throttleEvery: 3,
    retryAfter: 'date',
    retryAfterSeconds: 1.5,
    serverError: 504,
    tokenFault: 'secret_expired',
    unreachable: true,
  })

  await post(`${page}/faults`, [['throttleEvery', '']])
  expect(directory().faults).toEqual({})
})

test('a fault that makes no sense changes nothing, and is named', async () => {
  directory().faults = { slowMs: 5 }
  const answer = await post(`${page}/faults`, [
    ['tokenFault', 'bad mood'],
    ['dropEvery', '-1'],
    ['slowMs', '7'],
  ])

  expect([answer.status, await answer.text()]).toEqual([
    400,
    'Nothing was saved. Please look at: Lose every n-th answer, Sign-in is refused with',
  ])
  expect(directory().faults).toEqual({ slowMs: 5 })
})

test('the page has one labelled field for every fault, and a time only where one is set', async () => {
  const form = await faultsForm()
  const names = [...form.matchAll(/<label[^>]*>(?:(?!<\/label>).)*? name="(\w+)"/g)].map(([, name]) => name)

  expect(names.toSorted()).toEqual(
    Object.keys(faultsChange.shape)
      .filter((name) => name !== 'busyUntil')
      .toSorted(),
  )
})

test('what is shown of the faults is saved again as it is', async () => {
  const faults: SandboxFaults = {
    busyNext: 3,
    busyUntil: new Date(Date.now() + 60_000).toISOString(),
    busyStatus: 503,
    retryAfterSeconds: 0,
    bucketSeconds: 0.5,
    dropWhere: 'in_body',
    revokePermission: 'Group.Read.All',
    tokenEndsEarly: true,
    lostSyncState: 'gone',
  }
  directory().faults = { ...faults }
  const form = await faultsForm()
  const inputs = [...form.matchAll(/<input (?![^>]*type="checkbox")[^>]*name="(\w+)" value="([^"]*)"/g)]
  const ticks = [...form.matchAll(/<input type="checkbox" name="(\w+)" value="([^"]*)" checked/g)]
  const chosen = [
    ...form.matchAll(/<select name="(\w+)">(?:(?!<\/select>).)*?<option value="([^"]+)" selected/g),
  ]
  await post(
    `${page}/faults`,
    [...inputs, ...ticks, ...chosen].map(([, name = '', value = '']) => [name, value]),
  )

  expect(directory().faults).toEqual(faults)
})

test('the page shows who asked lately, and forgets it', async () => {
  expect(await textOf(page)).toContain('Nobody has asked Graph')
  const { access_token: token } = await signIn()
  await ask('/organization?$select=id', { token })

  const html = await textOf(page)
  expect(html).toContain('GET /v1.0/organization?$select=id')
  expect(html).not.toContain(token)
  await post(`${page}/requests/forget`, [])
  expect(await textOf(page)).toContain('Nobody has asked Graph')
})
