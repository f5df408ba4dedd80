import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PersonalActor, ROLES, type Role, roleMay } from '../../src/access/index.ts'
import { startWhenFree } from '../../src/engine/waiting/index.ts'
import { asWorkspaceId } from '../../src/kernel/index.ts'
import { verifiedSession } from '../world/bootstrap-scene.ts'
import { type SeededTenant, startAsk } from '../world/world.ts'
import { FORM, type InProcess, openInProcess } from './in-process.ts'
import { MATRIX, type Row } from './matrix.table.ts'

type Headers = Record<string, string>

/** What stands in the paths: a tenant with everything that has a page of its own. */
interface Things {
  readonly tenant: string
  readonly connection: string
  readonly run: string
  readonly waiting: string
  readonly id: string
  readonly key: string
  readonly session: string
  readonly onboarding: string
  /** The connection that the onboarding has chosen. */
  readonly chosen: string
  readonly member: string
  readonly invitation: string
  readonly workspace: number
}

const FORMS = [
  ['page', 'text/html'],
  ['program', 'application/json'],
] as const

let product: InProcess
let ours: Things
let theirs: Things
const askers = new Map<string, Headers>()

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const workspaceId = await world.workspace()
  const people = new Map<Role, PersonalActor>()
  for (const role of ROLES) people.set(role, await world.person(workspaceId, role))
  const owner = people.get('owner') as PersonalActor
  const fabrikam = await world.workspace('Fabrikam IT')
  const outsider = await world.person(fabrikam, 'owner', 'Fabrikam Owner')
  const selected = await world.person(workspaceId, 'owner', 'Owner of Little')
  await world.database.db
    .updateTable('workspace_memberships')
    .set({ reach: 'selected' })
    .where('user_id', '=', selected.userId)
    .execute()
  const both = await world.person(workspaceId, 'owner', 'Owner of Both')
  await world.database.db
    .insertInto('workspace_memberships')
    .values({ workspace_id: fabrikam, user_id: both.userId, role: 'owner' })
    .execute()

  for (const [role, person] of people) askers.set(role, { cookie: await product.signIn(person) })
  askers.set('outsider', { cookie: await product.signIn(outsider) })
  askers.set('selected', { cookie: await product.signIn(selected) })
  askers.set('key', { authorization: await product.key(owner, workspaceId) })
  askers.set('key of both', { authorization: await product.key(both, fabrikam) })
  askers.set('nobody', {})
  ours = await things(workspaceId, owner)
  theirs = await things(fabrikam, outsider)
})
afterAll(() => product?.world.close())

async function things(workspace: number, owner: PersonalActor): Promise<Things> {
  const { world } = product
  const tenant = await world.readyTenant(workspace)
  const started = await world.start(owner, tenant, 'directory.role_definitions.sync')
  const run = started.kind === 'decided' ? started.outcome.run.id : 0
  const policy = randomUUID()
  const id = `scripts.${policy}`
  await world.database.db
    .insertInto('inventory_items')
    .values({
      tenant_id: tenant.id,
      type: 'scripts',
      policy_id: policy,
      display_name: 'Map drives',
      raw: sql`'{}'::jsonb`,
      last_seen_run_id: run,
    })
    .execute()
  await world.database.db
    .insertInto('compliance_devices')
    .values({
      tenant_id: tenant.id,
      device_id: id,
      display_name: 'CON-LT-00001',
      system: 'windows',
      compliance_state: 'compliant',
      raw: sql`'{}'::jsonb`,
      last_seen_run_id: run,
    })
    .execute()
  await world.database.db
    .insertInto('directory_role_definitions')
    .values({
      tenant_id: tenant.id,
      role_definition_id: id,
      display_name: 'Helpdesk Administrator',
      is_built_in: true,
      is_enabled: true,
      raw: sql`'{}'::jsonb`,
      content_hash: 'x',
      last_seen_run_id: run,
    })
    .execute()
  await world.database.db
    .insertInto('directory_groups')
    .values({
      tenant_id: tenant.id,
      group_id: id,
      display_name: 'Sales',
      kind: 'security',
      raw: sql`'{}'::jsonb`,
      full_sync: 1,
      last_seen_run_id: run,
    })
    .execute()
  return {
    tenant: tenant.directoryId,
    connection: String(tenant.connectionId),
    run: String(run),
    waiting: await waitingOf(owner, tenant),
    id,
    key: await keyOf(owner, workspace),
    session: await sessionOf(owner),
    ...(await onboardingOf(owner, workspace)),
    member: await memberOf(workspace),
    invitation: await invitationOf(workspace),
    workspace,
  }
}

/** The number of a start that waits for the run that holds a tenant. */
async function waitingOf(actor: PersonalActor, tenant: SeededTenant): Promise<string> {
  const ask = { ...startAsk(actor, tenant, 'directory.groups.sync'), actor }
  const answer = await startWhenFree(product.world.gate, ask)
  return answer.kind === 'waits' ? String(answer.waitingStartId) : ''
}

/** The id of a key made for this. */
async function keyOf(owner: PersonalActor, workspace: number): Promise<string> {
  await product.key(owner, asWorkspaceId(workspace))
  const query = product.world.database.db.selectFrom('api_keys').select('id').orderBy('created_at', 'desc')
  return (await query.where('reference_id', '=', owner.userId).executeTakeFirstOrThrow()).id
}

/** A tenant that is being onboarded, connected and verified; with its connection. */
async function onboardingOf(owner: PersonalActor, workspaceId: number) {
  const { database, connection, tenant } = product.world
  const onboarded = await tenant(workspaceId, { state: 'onboarding' })
  const connectionId = await connection(onboarded)
  const session = await verifiedSession(product.world, { ...onboarded, connectionId }, owner)
  await database.db
    .updateTable('provider_connections')
    .set({ is_default: true })
    .where('id', '=', connectionId)
    .execute()
  return { onboarding: String(session), chosen: String(connectionId) }
}

/** Another session of a person, beside the one that asks. */
async function sessionOf({ userId }: PersonalActor): Promise<string> {
  const id = randomUUID()
  const row = { id, user_id: userId, token: id, expires_at: new Date(Date.now() + 86_400_000) }
  await product.world.database.db.insertInto('sessions').values(row).execute()
  return id
}

/** Somebody in a workspace who may be changed by each of its owners. */
async function memberOf(workspace: number): Promise<string> {
  const { database, person } = product.world
  const { userId } = await person(workspace, 'readonly', 'Member')
  const { id } = await database.db
    .updateTable('workspace_memberships')
    .set({ reach: 'selected' })
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirstOrThrow()
  return String(id)
}

/** An invitation that waits to be accepted. */
async function invitationOf(workspace: number): Promise<string> {
  const { id } = await product.world.database.db
    .insertInto('invitations')
    .values({
      workspace_id: workspace,
      email: `${randomUUID()}@contoso.example`,
      role: 'readonly',
      reach: 'selected',
      token_hash: randomUUID(),
      inviter_name: 'Owner',
      expires_at: new Date(Date.now() + 86_400_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return String(id)
}

/** The request of a row, with some of its ids taken from elsewhere. */
function request(row: Row, change: Partial<Things & { operation: string }> = {}) {
  const [method = '', pattern = ''] = row.route.split(' ')
  const known: Record<string, string> = { operation: row.operation ?? '', file: 'x.css', token: 'x' }
  const named = { ...known, ...ours, ...change }
  const path = pattern.replace(/:(\w+)/g, (_, name: keyof typeof named) => String(named[name]))
  const query = row.tenantInQuery && method === 'GET' ? `?tenant=${named.tenant}` : ''
  const body = method === 'POST' ? `${new URLSearchParams(row.body?.(named) ?? {})}` : undefined
  return { method, path: path + query, body }
}

async function answerTo(row: Row, asker: string, accept: string, change?: Parameters<typeof request>[1]) {
  const { body, method, path } = request(row, change)
  const headers = { accept, ...askers.get(asker), ...(body !== undefined && FORM) }
  return product.ask(method, path, headers, body)
}

/** Everything of an answer that must not tell one request from another. */
const told = async (answer: Response) => ({
  status: answer.status,
  headers: [...answer.headers].filter(([name]) => name !== 'x-correlation-id' && name !== 'date'),
  body: await answer.text(),
})

/** Whether a role, or somebody without one here, gets past the door of a row. */
function isLetIn({ allTenants, door, noKeys }: Row, asker: string): boolean {
  if (door === 'everybody') return true
  if (noKeys && asker.startsWith('key')) return false
  if (allTenants && asker === 'selected') return false
  if (asker === 'nobody') return false
  if (door === 'signed in') return true
  if (door === 'a person') return !asker.startsWith('key')
  return roleMay(ROLES.find((role) => role === asker) ?? 'owner', door)
}

const namesAnId = ({ route }: Row) =>
  /:(tenant|connection|run|waiting|member|invitation|onboarding)\b/.test(route)
/** Selected tenants narrow what is seen of tenants, not who else is in the workspace. */
const ofWorkspace = (route: string) => /:(member|invitation)\b/.test(route)
const strangersTo = (route: string) =>
  ofWorkspace(route) ? ['outsider', 'key of both'] : ['outsider', 'selected', 'key of both']

function expected(row: Row, asker: string, form: 'page' | 'program'): number {
  if (row.door === 'everybody') return asker === 'nobody' ? row[form] : (row.known ?? row[form])
  if (asker === 'nobody') return form === 'page' ? 303 : 401
  if (isUnseen(row, asker)) return 404
  return isLetIn(row, asker) ? row[form] : 403
}

/** Whether what a request names is not there as far as the asker can see. */
function isUnseen(row: Row, asker: string): boolean {
  if (/:(key|session)\b/.test(row.route)) return asker !== 'owner' && !asker.startsWith('key')
  if (row.workspaceInBody) return asker === 'outsider'
  return (namesAnId(row) || row.tenantInQuery === true) && strangersTo(row.route).includes(asker)
}

const forbiddenRecords = async () =>
  product.world.database.db
    .selectFrom('audit_records')
    .select(['actor_id', 'action', 'workspace_id', 'correlation_id'])
    .where('outcome', '=', 'forbidden')
    .orderBy('id')
    .execute()

test('every route has a row, and every row a route', () => {
  const routes = product.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  const rows = MATRIX.map(({ route }) => route)
  expect([...rows].sort()).toEqual([...new Set(routes)].sort())
  expect(new Set(rows).size).toBe(rows.length)
})

const WHO = ['nobody', 'outsider', 'selected', ...ROLES, 'key', 'key of both'] as const
const LEAVES = /sign-out/

describe.each(MATRIX.map((row) => [row.route, row] as const))('%s', (_, row) => {
  const asked = LEAVES.test(row.route) ? (['nobody'] as const) : WHO
  test.each(asked)(
    'answers %s as the table says, and changes nothing for those it refuses',
    async (asker) => {
      const refuses = FORMS.every(([form]) => expected(row, asker, form) >= 400) || asker === 'nobody'
      const before = refuses ? await product.contents() : {}
      for (const [form, accept] of FORMS) {
        const change = await freshThings(row, asker)
        const records = (await forbiddenRecords()).length
        const answer = await answerTo(row, asker, accept, change)
        const status = expected(row, asker, form)
        expect(`${form} ${answer.status}`).toBe(`${form} ${status}`)
        expectRecord((await forbiddenRecords()).slice(records), answer, asker)
        if (row.door !== 'everybody' && status >= 400) expectProblem(answer, form)
      }
      if (refuses) expect(await product.contents()).toEqual(before)
    },
  )
})

type Recorded = Awaited<ReturnType<typeof forbiddenRecords>>

/** A 403 leaves one record in the workspace it is about, and nothing else leaves any. */
function expectRecord(recorded: Recorded, answer: Response, asker: string): void {
  const workspace_id = asker === 'key of both' ? theirs.workspace : ours.workspace
  const correlation_id = answer.headers.get('x-correlation-id')
  expect(recorded).toMatchObject(answer.status === 403 ? [{ workspace_id, correlation_id }] : [])
}

/** Some things are gone once they were asked for; each request that is let in gets one of its own. */
async function freshThings(row: Row, asker: string): Promise<Partial<Things>> {
  if (!isLetIn(row, asker)) return {}
  const { route } = row
  if (route.includes(':onboarding') && row.page < 400 && !isUnseen(row, asker))
    return onboardingOf(await theOwner(), ours.workspace)
  if (route.includes(':key') && asker === 'owner') return { key: await ownersKey() }
  if (route.includes(':session') && asker === 'owner') return { session: await sessionOf(await theOwner()) }
  if (isUnseen(row, asker)) return {}
  if (route.endsWith('/remove')) return { member: await memberOf(ours.workspace) }
  return route.endsWith(':invitation/revoke') ? { invitation: await invitationOf(ours.workspace) } : {}
}

const ownersKey = async () => keyOf(await theOwner(), ours.workspace)

async function theOwner(): Promise<PersonalActor> {
  const owner = await product.world.database.db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('name', '=', 'owner One')
    .executeTakeFirstOrThrow()
  return { kind: 'user', userId: owner.id as PersonalActor['userId'], name: owner.name }
}

function expectProblem(answer: Response, form: 'page' | 'program'): void {
  const type = answer.headers.get('content-type')
  expect(type).toBe(form === 'page' ? 'text/html; charset=UTF-8' : 'application/problem+json')
}

const NO_GUID = ['not-an-id', '%00', '..%2f..%2fsign-in', '1', '%E0%A4%A', `${'0'.repeat(8)}-0000-0000-0000-`]
const NO_NUMBER = ['0', '-1', '1.5', '1e3', '0x10', '%00', '%20', '99999999999999999999', 'new%00']
const TOO_LONG = ['x'.repeat(5000), '9'.repeat(5000)]

/** What may stand where an id stands and leads nowhere: absent, malformed, oversized. */
const NOWHERE: Record<string, { absent: string; malformed: readonly string[] }> = {
  tenant: { absent: '00000000-0000-4000-a000-000000000000', malformed: NO_GUID },
  connection: { absent: '999999', malformed: NO_NUMBER },
  run: { absent: '999999', malformed: NO_NUMBER },
  waiting: { absent: '999999', malformed: NO_NUMBER },
  onboarding: { absent: '999999', malformed: NO_NUMBER },
  key: { absent: randomUUID(), malformed: ['%00', '%0a', '%E2%80%AE'] },
  session: { absent: randomUUID(), malformed: ['%00', '%0a', '%E2%80%AE'] },
  member: { absent: '999999', malformed: NO_NUMBER },
  invitation: { absent: '999999', malformed: NO_NUMBER },
}

const WITH_IDS = MATRIX.flatMap((row) =>
  [...row.route.matchAll(/:(tenant|connection|run|waiting|key|session|member|invitation|onboarding)\b/g)].map(
    ([, name = '']) => [row.route, name, row] as const,
  ),
)

describe.each(WITH_IDS)('%s', (_, name, row) => {
  const { absent, malformed } = NOWHERE[name] ?? { absent: '', malformed: [] }
  const from = (value: string) => ({ [name]: value })

  test.each(FORMS)(`tells nobody whether a ${name} is there (%s)`, async (_form, accept) => {
    const before = await product.contents()
    product.statements()
    const nowhere = await told(await answerTo(row, 'owner', accept, from(absent)))
    const asked = product.statements()
    const foreign = await told(
      await answerTo(row, 'owner', accept, from(String(theirs[name as keyof Things]))),
    )
    expect(product.statements()).toEqual(asked)
    expect(nowhere.status).toBe(404)
    expect(foreign).toEqual(nowhere)
    for (const value of [...malformed, ...TOO_LONG]) {
      expect(await told(await answerTo(row, 'owner', accept, from(value))), value.slice(0, 40)).toEqual(
        nowhere,
      )
      const sent = product.statements()
      expect(asked.slice(0, sent.length), value.slice(0, 40)).toEqual(sent)
    }
    expect(await product.contents()).toEqual(before)
  })

  test('tells nothing to those who are strangers to it either', async () => {
    if (name === 'key' || name === 'session') return
    for (const asker of strangersTo(row.route)) {
      product.statements()
      const nowhere = await told(await answerTo(row, asker, 'application/json', from(absent)))
      const asked = product.statements()
      const unseen = await told(
        await answerTo(row, asker, 'application/json', from(String(ours[name as keyof Things]))),
      )
      expect(unseen, asker).toEqual(nowhere)
      if (asker !== 'key of both') expect(product.statements(), asker).toEqual(asked)
    }
  })
})

describe('where a field names a tenant', () => {
  const rows = MATRIX.filter(({ tenantInQuery }) => tenantInQuery)
  test.each(rows.map((row) => [row.route, row] as const))('%s tells nothing either', async (_, row) => {
    product.statements()
    const absent = NOWHERE.tenant?.absent ?? ''
    const nowhere = await told(await answerTo(row, 'owner', 'application/json', { tenant: absent }))
    const asked = product.statements()
    const foreign = await told(await answerTo(row, 'owner', 'application/json', { tenant: theirs.tenant }))
    expect(product.statements()).toEqual(asked)
    expect(foreign).toEqual(nowhere)
    expect(nowhere.status).toBe(404)
  })
})

describe('an operation', () => {
  const rows = MATRIX.filter(({ route }) => route.includes(':operation'))
  const strange = [
    'no.such.operation',
    'restore.execute',
    'policy.backup ',
    '%00',
    'x'.repeat(5000),
    '__proto__',
  ]
  test.each(rows.map((row) => [row.route, row] as const))(
    'that nobody knows is not found: %s',
    async (_, row) => {
      product.statements()
      const nowhere = await told(
        await answerTo(row, 'owner', 'application/json', {
          tenant: NOWHERE.tenant?.absent,
          connection: '999999',
          onboarding: '999999',
        } as Partial<Things>),
      )
      const asked = product.statements()
      for (const operation of strange) {
        for (const asker of ['owner', 'readonly'])
          expect(
            await told(await answerTo(row, asker, 'application/json', { operation })),
            operation,
          ).toEqual(nowhere)
        product.statements()
      }
      await answerTo(row, 'owner', 'application/json', { operation: 'no.such.operation' })
      expect(product.statements()).toEqual(asked)
    },
  )
})

test.each(FORMS)(
  'a body that names no tenant is judged after what its sender may do (%s)',
  async (_form, accept) => {
    const before = (await forbiddenRecords()).length
    const send = (asker: string) =>
      product.ask('POST', '/admin/provider-connections', { ...askers.get(asker), accept, ...FORM }, 'label=x')
    expect([(await send('readonly')).status, (await send('owner')).status]).toEqual([403, 422])
    expect((await forbiddenRecords()).slice(before)).toMatchObject([{ action: 'connection.create' }])
  },
)

test('a refusal is recorded where there is no tenant yet either', async () => {
  const empty = await product.world.workspace('Empty')
  const cookie = await product.signIn(await product.world.person(empty, 'operator', 'Early'))
  const before = (await forbiddenRecords()).length
  const answer = await product.ask('GET', '/admin/provider-connections/new', { cookie })
  expect(answer.status).toBe(403)
  expect((await forbiddenRecords()).slice(before)).toMatchObject([
    { action: 'connection.create', workspace_id: empty },
  ])
})

describe('a known path asked in another way', () => {
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  const paths = [...new Set(MATRIX.map(({ route }) => route.split(' ')[1] ?? ''))]
  const takenAt = (path: string) => {
    const fits = (pattern: string) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path)
    const methods = MATRIX.flatMap(({ route }) => {
      const [method = '', pattern = ''] = route.split(' ')
      return fits(pattern) ? [method] : []
    })
    return METHODS.filter((method) => methods.includes(method))
  }

  test.each(paths)('%s', async (pattern) => {
    const path = request({
      route: `X ${pattern}`,
      door: 'everybody',
      page: 0,
      program: 0,
      operation: 'x',
    }).path
    const taken = takenAt(path)
    const before = await product.contents()
    for (const method of METHODS.filter((each) => !taken.includes(each)))
      for (const [form, accept] of FORMS) {
        const signedIn = await product.ask(method, path, { accept, ...askers.get('owner') })
        expect([method, form, signedIn.status]).toEqual([method, form, 405])
        expect(signedIn.headers.get('allow')).toBe(taken.join(', ').replace('GET', 'GET, HEAD'))
        expectProblem(signedIn, form)
        const nobody = await product.ask(method, path, { accept })
        const turnedAway = form === 'page' ? 303 : 401
        expect([method, form, nobody.status]).toEqual([
          method,
          form,
          path.startsWith('/admin') ? turnedAway : 405,
        ])
      }
    expect(await product.contents()).toEqual(before)
  })

  test('HEAD is GET without a body', async () => {
    const answer = await product.ask('HEAD', '/admin/tenants', askers.get('owner'))
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  test('an unknown path is not found, however it is asked', async () => {
    for (const method of METHODS)
      expect((await product.ask(method, '/admin/nothing/here', askers.get('owner'))).status).toBe(404)
  })
})
