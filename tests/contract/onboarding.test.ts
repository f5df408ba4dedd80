import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import { type InProcess, JSON_BODY, openInProcess } from '../http/in-process.ts'
import { GROUPS, INVENTORY, ROLES, verifiedSession } from '../world/bootstrap-scene.ts'
import type { SeededTenant } from '../world/world.ts'
import { validatorOf } from './contract.ts'

const START = 'application/vnd.tenantpilot.provider-start-outcome+json'
const BOOTSTRAP = 'application/vnd.tenantpilot.onboarding-bootstrap-start-outcome+json'
const isOutcome = validatorOf('ProviderStartOutcome')
const isBootstrap = validatorOf('OnboardingBootstrapStartOutcome')

let product: InProcess
let manager: PersonalActor
let cookie: string
let workspace: number
beforeAll(async () => {
  product = await openInProcess()
  workspace = await product.world.workspace()
  manager = await product.world.person(workspace, 'manager')
  cookie = await product.signIn(manager)
})
afterAll(() => product?.world.close())

interface Scene {
  readonly tenant: SeededTenant
  readonly connectionId: number
  readonly session: number
}

async function scene(): Promise<Scene> {
  const tenant = await product.world.tenant(workspace, { state: 'onboarding' })
  const connectionId = await product.world.connection(tenant)
  return {
    tenant,
    connectionId,
    session: await verifiedSession(product.world, { ...tenant, connectionId }, manager),
  }
}

const post = (path: string, accept: string, body: object = {}): Promise<Response> =>
  product.ask('POST', path, { cookie, accept, ...JSON_BODY }, JSON.stringify(body))

const bootstrap = ({ connectionId, session }: Scene, operations: unknown, change: object = {}) =>
  post(`/admin/onboarding/${session}/provider-bootstrap/start`, BOOTSTRAP, {
    providerConnectionId: connectionId,
    selectedOperations: operations,
    ...change,
  })

async function disable({ connectionId }: Scene): Promise<void> {
  await product.world.database.db
    .updateTable('provider_connections')
    .set({ is_enabled: false })
    .where('id', '=', connectionId)
    .execute()
}

/** What is so before the verification is started. */
const BEFORE_CHECK: Record<string, (at: Scene) => Promise<unknown>> = {
  accepted: async () => {},
  deduped: ({ session }) => check(session),
  scope_busy: ({ tenant }) => product.world.start(manager, tenant, GROUPS),
  blocked: disable,
}

test.each(Object.keys(BEFORE_CHECK))(
  'the verification of a session is answered %s as the contract has it',
  async (status) => {
    const at = await scene()
    await makeDefault(at)
    await BEFORE_CHECK[status]?.(at)

    const answer = await check(at.session)

    expect(answer.headers.get('content-type')).toBe(START)
    const body = await answer.json()
    expect(isOutcome(body) || isOutcome.errors).toBe(true)
    expect(body).toMatchObject({ status, operationType: 'provider.connection.check', run: {} })
  },
)

const check = (session: number): Promise<Response> =>
  post(`/admin/onboarding/${session}/provider-actions/provider.connection.check/start`, START, {
    providerConnectionId: null,
    step: 'verify',
  })

async function makeDefault({ connectionId }: Scene): Promise<void> {
  await product.world.database.db
    .updateTable('provider_connections')
    .set({ is_default: true })
    .where('id', '=', connectionId)
    .execute()
}

/** What is so before a bootstrap is started. */
const BEFORE_BOOTSTRAP: Record<string, (at: Scene) => Promise<unknown>> = {
  accepted: async () => {},
  deduped: ({ tenant }) => product.world.start(manager, tenant, ROLES),
  scope_busy: ({ session }) => check(session),
  blocked: disable,
}

test.each([
  ['accepted', ROLES, [GROUPS, INVENTORY]],
  ['deduped', ROLES, [GROUPS, INVENTORY]],
  ['scope_busy', null, [ROLES, GROUPS, INVENTORY]],
  ['blocked', null, [ROLES, GROUPS, INVENTORY]],
] as const)('a bootstrap is answered %s as the contract has it', async (status, accepted, pending) => {
  const at = await scene()
  await makeDefault(at)
  await BEFORE_BOOTSTRAP[status]?.(at)

  const answer = await bootstrap(at, [INVENTORY, ROLES, GROUPS])

  expect(answer.headers.get('content-type')).toBe(BOOTSTRAP)
  const body = await answer.json()
  expect(isBootstrap(body) || isBootstrap.errors).toBe(true)
  expect(body).toMatchObject({ status, acceptedOperation: accepted, pendingOperations: pending })
  expect(body.run.id).toBeGreaterThan(0)
})

test('what a bootstrap would be answered is told beforehand, and changes nothing', async () => {
  const at = await scene()
  const query = `providerConnectionId=${at.connectionId}&selectedOperations=${GROUPS}&selectedOperations=${ROLES}`
  const before = await product.contents()

  const path = `/admin/onboarding/${at.session}/provider-bootstrap/explain?${query}`
  const told = await (await product.ask('GET', path, { cookie, accept: BOOTSTRAP })).json()

  expect(isBootstrap(told) || isBootstrap.errors).toBe(true)
  expect(told).toMatchObject({ status: 'accepted', acceptedOperation: ROLES, pendingOperations: [GROUPS] })
  expect(await product.contents()).toEqual(before)
})

test('the same request with the same Idempotency-Key gets the same answer', async () => {
  const at = await scene()
  const once = () =>
    product.ask(
      'POST',
      `/admin/onboarding/${at.session}/provider-bootstrap/start`,
      { cookie, accept: BOOTSTRAP, ...JSON_BODY, 'idempotency-key': `key of ${at.session}` },
      JSON.stringify({ providerConnectionId: at.connectionId, selectedOperations: [ROLES, GROUPS] }),
    )
  const first = await (await once()).text()
  expect(await (await once()).text()).toBe(first)
})

const NONE = [] as const
test.each([
  ['empty', NONE, '/selectedOperations'],
  ['no list', ROLES, '/selectedOperations'],
  ['missing', undefined, '/selectedOperations'],
  ['unknown', [ROLES, 'no.such.operation'], '/selectedOperations/1'],
  ['duplicated', [ROLES, GROUPS, ROLES], '/selectedOperations/2'],
  ['not of a bootstrap', ['policy.backup'], '/selectedOperations/0'],
  ['the check', ['provider.connection.check'], '/selectedOperations/0'],
  ['a near miss', [`${ROLES} `], '/selectedOperations/0'],
])('a selection that is %s is 422, and starts nothing', async (_what, operations, pointer) => {
  const at = await scene()
  const before = await product.contents()

  const answer = await bootstrap(at, operations)

  expect(answer.status).toBe(422)
  expect((await answer.json()).errors).toMatchObject([{ pointer }])
  expect(await product.contents()).toEqual(before)
})

test.each([
  ['null', null],
  ['missing', undefined],
  ['a text', '7'],
  ['a fraction', 1.5],
])('a connection that is %s is 422', async (_what, providerConnectionId) => {
  const at = await scene()
  const answer = await bootstrap(at, [ROLES], { providerConnectionId })
  expect(answer.status).toBe(422)
  expect((await answer.json()).errors).toMatchObject([{ pointer: '/providerConnectionId' }])
})

test('another tenant’s connection is not found, just as one that is not there', async () => {
  const at = await scene()
  const other = await scene()
  const before = await product.contents()

  const foreign = await bootstrap(at, [ROLES], { providerConnectionId: other.connectionId })
  const absent = await bootstrap(at, [ROLES], { providerConnectionId: 999_999 })

  expect([foreign.status, absent.status]).toEqual([404, 404])
  expect(await foreign.text()).toBe(await absent.text())
  expect(await product.contents()).toEqual(before)
})

test('a connection of the tenant that the session has not chosen is 422', async () => {
  const at = await scene()
  const second = await product.world.connection(at.tenant, { isDefault: false, label: 'Second app' })
  expect((await bootstrap(at, [ROLES], { providerConnectionId: second })).status).toBe(422)
})
