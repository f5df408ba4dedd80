import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import { workOn } from '../../engine/worker/index.ts'

const SYNC = 'directory.role_definitions.sync'

let product: InProcess
let page: string
let connectionId: number
let directoryId: string

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const workspaceId = await world.workspace('Contoso MSP')
  const owner = await world.person(workspaceId, 'owner')
  const tenant = await world.tenant(workspaceId)
  directoryId = tenant.directoryId
  connectionId = await world.connection(tenant, { credential: { expiresInDays: -3, rejected: false } })
  const answer = await world.start(owner, tenant, SYNC)
  if (answer.kind !== 'decided') throw new Error(answer.kind)
  const asked = await product.ask('GET', `/admin/operations/${answer.outcome.run.id}`, {
    cookie: await product.signIn(owner),
  })
  page = await asked.text()
})
afterAll(() => product.world.close())

test('the page of a blocked operation leads to every step that has a place', () => {
  const steps = page.slice(page.indexOf('<ol class="steps-do">'))

  expect(steps.slice(0, steps.indexOf('</ol>')).match(/href="\/admin[^"]*"/g)).toEqual([
    `href="/admin/provider-connections/${connectionId}/credential"`,
    `href="/admin/provider-connections/${connectionId}#check"`,
  ])
})

test('it says which directory it protects, by name and id', () => {
  const about = page.slice(page.indexOf('Protected scope'))

  expect(about.slice(0, about.indexOf('</dd>'))).toMatch(
    new RegExp(`Directory of Adventure Works.*<span class="mono block">${directoryId}</span>`, 's'),
  )
})

test('its trail begins with the workspace', () => {
  const trail = page.slice(page.indexOf('class="crumbs"'))

  expect(trail.slice(0, trail.indexOf('</nav>'))).toMatch(/href="\/admin"[^>]*>Contoso MSP<.*Operations</s)
})

test('the story of an operation that was asked to stop tells it, also when it then succeeded', async () => {
  const { world } = product
  const workspaceId = await world.workspace()
  const operator = await world.person(workspaceId, 'operator')
  const cookie = await product.signIn(operator)
  const answer = await world.start(operator, await world.readyTenant(workspaceId), SYNC)
  if (answer.kind !== 'decided') throw new Error(answer.kind)
  const path = `/admin/operations/${answer.outcome.run.id}`

  const ending = { outcome: 'succeeded', counts: { seen: 3 }, finding: null } as const
  const finishesAllTheSame = workerOf(world, async () => {
    await product.ask('POST', `${path}/cancel`, { cookie })
    return { ending }
  })
  await workOn(finishesAllTheSame, answer.outcome.run.id)

  const told = await (await product.ask('GET', path, { cookie })).text()
  const story = told.slice(told.indexOf('class="story"'))
  expect(story).toMatch(
    new RegExp(`Succeeded.*Cancellation requested.*${operator.name}.*Taken by a worker`, 's'),
  )
})

test('the row of a check names the connection that it is about', async () => {
  const { world } = product
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  const cookie = await product.signIn(owner)
  const begun = async (operation: typeof SYNC | 'provider.connection.check', label: string) => {
    const tenant = await world.readyTenant(workspaceId)
    await world.database.db
      .updateTable('provider_connections')
      .set({ label })
      .where('id', '=', tenant.connectionId)
      .execute()
    await world.start(owner, tenant, operation)
    return `/admin/t/${tenant.directoryId}`
  }
  const checked = await begun('provider.connection.check', 'The checked one')
  await begun(SYNC, 'The synced one')

  const rows = async (path: string) => (await product.ask('GET', path, { cookie })).text()
  for (const path of ['/admin/operations', checked])
    expect(await rows(path)).toContain('<span class="row-sub">The checked one</span>')
  expect(await rows('/admin/operations')).not.toContain('The synced one')
})
