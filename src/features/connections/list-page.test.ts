import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'

const LIST = '/admin/provider-connections'

let product: InProcess
let cookie: string
let workspaceId: number
const names = Array.from({ length: 60 }, (_, place) => `Tenant ${String(place).padStart(2, '0')}`)

beforeAll(async () => {
  const supported = new Set(['provider.connection.check', 'directory.role_definitions.sync'] as const)
  product = await openInProcess({}, { supported })
  const { world } = product
  workspaceId = await world.workspace()
  cookie = await product.signIn(await world.person(workspaceId, 'operator'))
  for (const name of names.toReversed()) {
    const consent = name.endsWith('9') ? 'required' : 'granted'
    await world.connection(await world.tenant(workspaceId, { name }), { consent })
  }
  await world.database.db
    .updateTable('provider_connections')
    .set({ verification_status: 'healthy' })
    .execute()
})
afterAll(() => product.world.close())

const page = async (path: string) => (await product.ask('GET', path, { cookie })).text()
const tenantsOn = (text: string) => [...text.matchAll(/>(Tenant \d\d)</g)].map(([, name]) => name)
const turn = (text: string, word: string) =>
  new RegExp(`<a class="btn btn-sm" href="([^"]*)">${word}</a>`).exec(text)?.[1]?.replaceAll('&amp;', '&')

test('a long list comes page by page, in its order, and leads back', async () => {
  const first = await page(LIST)
  expect(tenantsOn(first)).toEqual(names.slice(0, 50))
  expect(first).toContain('1 to 50 of 60')
  expect(turn(first, 'Previous')).toBeUndefined()

  const second = await page(turn(first, 'Next') ?? '')
  expect(tenantsOn(second)).toEqual(names.slice(50))
  expect(second).toContain('54 of 60 connections are ready')
  expect(turn(second, 'Next')).toBeUndefined()
  expect(tenantsOn(await page(turn(second, 'Previous') ?? ''))).toEqual(names.slice(0, 50))
})

test('a connection that is added meanwhile shifts nothing', async () => {
  const next = turn(await page(LIST), 'Next') ?? ''
  const { world } = product
  await world.connection(await world.tenant(workspaceId, { name: 'Tenant 0' }))
  expect(tenantsOn(await page(next))).toEqual(names.slice(50))
})

test('a short list has no pages', async () => {
  const text = await page(`${LIST}?show=attention`)
  expect(tenantsOn(text)).toEqual(names.filter((name) => name.endsWith('9')))
  expect(text).not.toContain('class="pages"')
})
