import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { openApiDocument } from './openapi.ts'

let product: InProcess
beforeAll(async () => {
  product = await openInProcess()
})
afterAll(() => product?.world.close())

const { paths } = openApiDocument('https://pilot.example') as {
  paths: Record<string, Record<string, { parameters: { name: string }[]; responses: object }>>
}

test('explaining claims nothing of bodies and keys, and every path says 405', () => {
  for (const [path, methods] of Object.entries(paths))
    for (const { parameters, responses } of Object.values(methods)) {
      expect(Object.keys(responses)).toContain('405')
      if (!path.endsWith('/explain')) continue
      const conflicts = path.startsWith('/admin/onboarding') ? ['409'] : []
      const refusals = ['401', '403', '404', '405', '406', ...conflicts, '422', '503']
      expect(Object.keys(responses)).toEqual(['200', ...refusals])
      expect(parameters.map(({ name }) => name)).not.toContain('Idempotency-Key')
    }
})

test('the page says all that a program needs to start something', async () => {
  const html = await (await product.ask('GET', '/docs/api', { accept: 'text/html' })).text()

  for (const word of [
    'curl -X POST',
    'Authorization: Bearer',
    'Idempotency-Key',
    'directory.role_definitions.sync',
    'provider.connection.check',
    'providerConnectionId',
    'sourceSurface',
    'GET /admin/tenants',
    'GET /admin/operations',
  ])
    expect(html).toContain(word)
})

test.each([
  ['/json', '{', '', 'Der Inhalt ist kein JSON.'],
  ['/object', '[]', '', 'Der Inhalt muss ein JSON-Objekt sein.'],
  [
    '/field',
    '{"providerConnectionId": "seven"}',
    '/providerConnectionId',
    'Bitte die Nummer einer Verbindung angeben oder das Feld weglassen.',
  ],
])('a wrong body (%s) is told to a German reader in German', async (_, body, pointer, detail) => {
  const { world } = product
  const workspaceId = await world.workspace()
  const person = await world.person(workspaceId, 'owner')
  const tenant = await world.readyTenant(workspaceId)
  const answer = await product.ask(
    'POST',
    `/admin/t/${tenant.directoryId}/provider-actions/directory.role_definitions.sync/start`,
    {
      authorization: await product.key(person, workspaceId),
      accept: 'application/json',
      'accept-language': 'de',
      'content-type': 'application/json',
    },
    body,
  )

  expect(answer.status).toBe(422)
  expect((await answer.json()).errors).toEqual([{ pointer, detail }])
})
