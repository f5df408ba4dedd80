import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { definitionOf, OPERATION_CODES } from '../../engine/catalog/index.ts'

const INVENTORY = 'inventory.sync'
const GROUPS = 'directory.groups.sync'

let product: InProcess
let workspaceId: number
let cookie: string
beforeAll(async () => {
  product = await openInProcess({}, { supported: new Set(OPERATION_CODES) })
  workspaceId = await product.world.workspace()
  cookie = await product.signIn(await product.world.person(workspaceId, 'operator', 'Ada'))
})
afterAll(() => product?.world.close())

/** A tenant in which starts are asked for, by name of the operation and the types it is to read. */
async function tenantAsked() {
  const { directoryId } = await product.world.readyTenant(workspaceId)
  return async (operation: string, types?: readonly string[], accept = 'application/json') => {
    const path = `/admin/t/${directoryId}/provider-actions/${operation}/start`
    const body = JSON.stringify(types ? { targetContext: { types } } : {})
    const answer = await product.ask('POST', path, { ...JSON_BODY, cookie, accept }, body)
    if (accept === 'text/html') return { status: answer.status, body: await answer.text() }
    return { status: answer.status, body: await answer.json() }
  }
}

test.each([
  [INVENTORY, GROUPS],
  [GROUPS, INVENTORY],
] as const)('while %s holds the directory, %s is told what does, and for whom', async (first, second) => {
  const ask = await tenantAsked()
  const { body: holding } = await ask(first)
  expect(holding).toMatchObject({ status: 'accepted' })

  const { body } = await ask(second)

  expect(body).toMatchObject({
    status: 'scope_busy',
    reasonCode: 'scope_busy',
    run: { id: holding.run.id },
  })
  const where = [definitionOf(first).words.en.title, `/admin/operations/${holding.run.id}`]
  for (const part of where) expect(JSON.stringify(body)).toContain(part)
  const { body: page } = await ask(second, undefined, 'text/html')
  for (const part of [...where, 'Ada']) expect(page).toContain(part)
})

test('the same types in another order and spacing are the same work; others are other work', async () => {
  const ask = await tenantAsked()
  const { body: first } = await ask(INVENTORY, ['scripts', 'scope_tags'])

  const { body: same } = await ask(INVENTORY, [' scope_tags', 'scripts\t', 'scripts'])
  expect(same).toMatchObject({ status: 'deduped', run: { id: first.run.id } })

  for (const types of [['scripts'], ['scripts', 'scope_tags', 'conditional_access'], undefined])
    expect(await ask(INVENTORY, types)).toMatchObject({
      body: { status: 'scope_busy', run: { id: first.run.id } },
    })
})

test.each([
  [[], '/targetContext/types'],
  [['scripts', 'printers'], '/targetContext/types/1'],
])('a start that chooses %j is refused by field, and starts nothing', async (types, pointer) => {
  const ask = await tenantAsked()

  expect(await ask(INVENTORY, types)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })

  expect((await ask(GROUPS)).body).toMatchObject({ status: 'accepted' })
})
