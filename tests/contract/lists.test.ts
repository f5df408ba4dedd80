import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApiDocument } from '../../src/features/api-description/openapi.ts'
import { type InProcess, openInProcess } from '../http/in-process.ts'
import type { Api, Schema } from './contract.ts'

const api = openApiDocument('https://pilot.example') as Api
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** Judges the JSON answer of a described path; a field that nobody described is a fault. */
function validatorOf(path: string): ValidateFunction {
  const schema = api.paths[path]?.get?.responses['200']?.content?.['application/json']?.schema
  if (!schema) throw new Error(`${path} is not described`)
  const $defs = Object.fromEntries(
    Object.entries(api.components.schemas).map(([name, each]) => [name, strict(each)]),
  )
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': INSTANT } })
  return ajv.compile({ ...strict(schema), $defs })
}

function strict({ $ref, ...schema }: Schema): Schema {
  if ($ref) return { $ref: $ref.replace('#/components/schemas/', '#/$defs/') }
  const { items, properties, ...rest } = schema
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, strict(each)])),
      unevaluatedProperties: false,
    }),
    ...(items && { items: strict(items) }),
  }
}

const LISTS = [
  { path: '/admin/tenants', name: 'tenants', id: 'id', all: 7 },
  { path: '/admin/provider-connections', name: 'connections', id: 'id', all: 8 },
  { path: '/admin/operations', name: 'operations', id: 'runId', all: 6 },
] as const

let product: InProcess
let authorization: string
let directoryId: string

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  authorization = await product.key(owner, workspaceId)
  const ready = await Promise.all(Array.from({ length: 5 }, () => world.readyTenant(workspaceId)))
  for (const tenant of ready) await world.start(owner, tenant, 'directory.role_definitions.sync')
  const [first, second] = ready
  directoryId = first?.directoryId ?? ''
  for (const granted of [null, []])
    if (first) await world.connection(first, { isDefault: false, label: 'Another app', granted })
  const bare = await world.tenant(workspaceId, { proven: false })
  await world.start(owner, bare, 'directory.groups.sync')
  const late = await world.tenant(workspaceId, { state: 'draft', proven: false })
  await world.connection(late)
  if (second) await world.archive(second)
  await world.readyTenant(await world.workspace('Fabrikam IT'))
})
afterAll(() => product?.world.close())

interface Part {
  readonly status: number
  readonly body: Record<string, unknown> & { readonly next?: string }
}
async function get(path: string): Promise<Part> {
  const answer = await product.ask('GET', path, { authorization })
  return { status: answer.status, body: await answer.json() }
}

/** Every part of a list, following `next` from its first. */
async function walk(path: string): Promise<Part['body'][]> {
  const parts: Part['body'][] = []
  for (let at: string | undefined = path; at; at = parts.at(-1)?.next) {
    const { body, status } = await get(at)
    expect(status).toBe(200)
    parts.push(body)
  }
  return parts
}

describe.each(LISTS)('$path', ({ all, id, name, path }) => {
  const listed = (body: Part['body']) => body[name] as Record<string, unknown>[]

  test('answers as it is described, and leaves empty fields out', async () => {
    const isList = validatorOf(path)
    const { body } = await get(path)
    isList(body)
    expect(isList.errors).toBeNull()
    expect(listed(body)).toHaveLength(all)
    expect(JSON.stringify(body)).not.toMatch(/:null|:""|:\[\]/)
    expect(body).not.toHaveProperty('next')
  })

  test('is read part by part: everything once, in one order, whatever the size', async () => {
    const whole = listed((await get(path)).body).map((each) => each[id])
    for (const limit of [1, 2, 3, all - 1, all, 200]) {
      const parts = await walk(`${path}?limit=${limit}`)
      expect(parts.flatMap((part) => listed(part).map((each) => each[id]))).toEqual(whole)
      expect(parts.every((part) => listed(part).length <= limit)).toBe(true)
      expect(parts).toHaveLength(Math.ceil(all / limit))
    }
  })

  test.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=x', '/limit'],
    ['limit=1e2', '/limit'],
    [`${name === 'operations' ? 'before' : 'after'}=x`, name === 'operations' ? '/before' : '/after'],
    ['show=everything', '/show'],
  ])('says what is wrong with %s', async (query, pointer) => {
    const { body, status } = await get(`${path}?${query}`)
    expect([status, body]).toMatchObject([422, { errors: [{ pointer }] }])
  })

  test('keeps its filter from part to part', async () => {
    const show = { tenants: 'blocked', connections: 'attention', operations: 'active' }[name]
    const whole = listed((await get(`${path}?show=${show}`)).body)
    const parts = await walk(`${path}?show=${show}&limit=1`)
    expect(whole.length).toBeGreaterThan(1)
    expect(parts.flatMap(listed)).toEqual(whole)
  })
})

test('one tenant is answered as its entry in the list', async () => {
  const { body } = await get('/admin/tenants')
  const entry = (body.tenants as { id: string }[]).find(({ id }) => id === directoryId)
  const one = await get(`/admin/t/${directoryId}`)
  const isTenant = validatorOf('/admin/t/{tenant}')
  isTenant(one.body)
  expect(isTenant.errors).toBeNull()
  expect(one.body).toEqual(entry)
})

test('the connections of one tenant are a list of their own, and those of no tenant are not there', async () => {
  const parts = await walk(`/admin/provider-connections?tenant=${directoryId}&limit=2`)
  expect(parts.map((part) => (part.connections as unknown[]).length)).toEqual([2, 1])
  for (const strange of ['x', '00000000-0000-4000-a000-000000000000'])
    expect((await get(`/admin/provider-connections?tenant=${strange}`)).status).toBe(404)
})
