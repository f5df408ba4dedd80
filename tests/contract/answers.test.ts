import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PersonalActor, ROLES } from '../../src/access/index.ts'
import { textArray } from '../../src/database/index.ts'
import { OPERATION_CODES } from '../../src/engine/catalog/index.ts'
import { REASON_CODES } from '../../src/engine/reasons/index.ts'
import { REASON_SAMPLES } from '../../src/engine/reasons/reasons.samples.ts'
import { endRun } from '../../src/engine/runs/index.ts'
import { type InProcess, JSON_BODY, openInProcess } from '../http/in-process.ts'
import { EVERY_READ, type SeededTenant } from '../world/world.ts'
import { validatorOf } from './contract.ts'

const START = 'application/vnd.tenantpilot.provider-start-outcome+json'
const RUN = 'application/vnd.tenantpilot.provider-backed-run-detail+json'
const CASES = 400

const isOutcome = validatorOf('ProviderStartOutcome')
const isDetail = validatorOf('ProviderBackedRunDetail')

let product: InProcess
let asker: PersonalActor
let cookie: string
beforeAll(async () => {
  const supported = new Set(OPERATION_CODES.filter((code) => code !== 'compliance.snapshot'))
  product = await openInProcess({}, { supported })
  const home = await product.world.workspace('Home')
  asker = await product.world.person(home, 'owner', 'Asker <One>')
  cookie = await product.signIn(asker)
})
afterAll(() => product?.world.close())

/** Everything that an answer at the gate depends on, and where and how it is asked for. */
const state = fc.record({
  role: fc.constantFrom(...ROLES),
  language: fc.constantFrom('en', 'de'),
  tenant: fc.constantFrom('active', 'active', 'active', 'onboarding', 'draft', 'archived'),
  proven: fc.boolean(),
  connection: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 6,
      arbitrary: fc.record({
        isEnabled: usually(true, false),
        isDefault: usually(true, false),
        type: usually('dedicated', 'platform'),
        consent: usually('granted', 'unknown', 'required', 'failed', 'revoked'),
        granted: usually<string[] | null>(EVERY_READ, [], null),
        evidenceAgeDays: usually(0, 8),
        credential: usually<string>('good', 'expired', 'rejected', 'missing'),
        ofTheTenant: usually(true, false),
        throttledForSeconds: usually<number | null>(null, 3600),
      }),
    },
  ),
  second: usually(false, true),
  active: usually<'same' | 'other' | null>(null, 'same', 'other'),
  running: fc.boolean(),
  halt: usually<'paused' | 'frozen' | null>(null, 'paused', 'frozen'),
  until: fc.boolean(),
  surface: fc.constantFrom('tenant', 'tenant', 'connection', 'role_definitions'),
  operation: usually<string>('directory.role_definitions.sync', ...OPERATION_CODES, 'no.such.operation'),
  asked: usually<unknown>(undefined, null, 'the connection', 999_999, 'seven', 1.5),
  explain: usually(false, true),
  accept: fc.constantFrom(START, 'application/json', `text/html;q=0.1, ${START}`),
})
type State = typeof state extends fc.Arbitrary<infer Each> ? Each : never

/** Mostly the first, so that the checks behind it are reached too. */
function usually<Value>(most: Value, ...others: Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(most) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  )
}

interface Place {
  readonly tenant: SeededTenant
  readonly connectionId: number
}

/** Builds the state in a workspace of its own, in which the asker has the role. */
async function built(of: State): Promise<Place> {
  const { world } = product
  const { db } = world.database
  const workspaceId = await world.workspace('Contoso "MSP" & Söhne')
  await db
    .insertInto('workspace_memberships')
    .values({ workspace_id: workspaceId, user_id: asker.userId, role: of.role })
    .execute()
  const born = of.tenant === 'archived' || of.active ? 'active' : of.tenant
  const tenant = await world.tenant(workspaceId, {
    name: 'Adventure <Works>',
    proven: of.proven,
    state: born,
  })
  const connectionId = of.connection || of.active ? await world.connection(tenant) : 0
  if (of.active) await occupy(of, tenant)
  if (of.connection) await spoil(of.connection, tenant, connectionId)
  if (of.second) await world.connection(tenant, { isDefault: false, label: 'Second app' })
  if (of.tenant === 'archived')
    await db
      .updateTable('tenants')
      .set({ state: 'archived', archived_at: new Date() })
      .where('id', '=', tenant.id)
      .execute()
  if (of.halt) await halt(of, tenant)
  return { tenant, connectionId }
}

/** Lets somebody else's run hold the scope. */
async function occupy({ active, operation, running }: State, tenant: SeededTenant): Promise<void> {
  const { world } = product
  const other = await world.person(tenant.workspaceId, 'owner', 'Somebody Else')
  const code = active === 'same' ? operation : 'directory.groups.sync'
  const answer = await world.start(other, tenant, code)
  if (running && answer.kind === 'decided' && answer.outcome.kind === 'accepted')
    await sql`update operation_runs set status = 'running', started_at = now(), heartbeat_at = now(),
      attempt = 1, fencing_token = 1, lease_until = now() + interval '1 hour' where id = ${answer.outcome.run.id}`.execute(
      world.database.db,
    )
}

async function spoil(
  wanted: NonNullable<State['connection']>,
  tenant: SeededTenant,
  id: number,
): Promise<void> {
  const { db } = product.world.database
  const { credential, granted, throttledForSeconds } = wanted
  const isPlatform = wanted.type === 'platform'
  if (credential === 'missing' || isPlatform)
    await db.deleteFrom('credentials').where('connection_id', '=', id).execute()
  const consent = isPlatform && wanted.consent === 'granted' ? await proofOf(id, wanted, tenant) : null
  await sql`update provider_connections set is_enabled = ${wanted.isEnabled}, is_default = ${wanted.isDefault},
    connection_type = ${wanted.type}, consent_status = ${wanted.consent}, consent_id = ${consent},
    directory_id = ${directoryOf(wanted, tenant)}::uuid,
    granted_permissions = ${granted ? textArray(granted) : sql`null`},
    evidence_at = ${granted ? sql`now() - ${wanted.evidenceAgeDays} * interval '1 day'` : sql`null`},
    throttled_until = ${throttledForSeconds === null ? sql`null` : sql`now() + interval '1 hour'`}
    where id = ${id}`.execute(db)
  if (credential === 'expired' || credential === 'rejected')
    await db
      .updateTable('credentials')
      .set(credential === 'expired' ? { expires_at: new Date('2020-01-01') } : { rejected_at: new Date() })
      .where('connection_id', '=', id)
      .execute()
}

const directoryOf = ({ ofTheTenant }: NonNullable<State['connection']>, { directoryId }: SeededTenant) =>
  ofTheTenant ? directoryId : '00000000-0000-4000-a000-000000000001'

/** The sign-in of an administrator that the consent of a platform connection stands on. */
async function proofOf(id: number, wanted: NonNullable<State['connection']>, tenant: SeededTenant) {
  const { rows } = await sql<{ id: number }>`
    insert into consents (connection_id, directory_id, client_id, administrator_id, administrator_name, directory_roles)
    select id, ${directoryOf(wanted, tenant)}::uuid, client_id, gen_random_uuid(), 'admin@contoso.example',
      array[gen_random_uuid()]
    from provider_connections where id = ${id} returning id`.execute(product.world.database.db)
  return rows[0]?.id ?? null
}

async function halt({ halt: which, operation, until }: State, tenant: SeededTenant): Promise<void> {
  const { db } = product.world.database
  const end = until ? sql`now() + interval '1 day'` : sql`null`
  if (which === 'paused')
    await sql`insert into operational_controls (operation, workspace_id, why, author_name, ends_at)
      values (${operation}, ${tenant.workspaceId}, 'Licences are being moved.', 'Owner One', ${end})`.execute(
      db,
    )
  else
    await sql`insert into freeze_windows (tenant_id, why, author_name, ends_at)
      values (${tenant.id}, 'Quarterly close.', 'Owner One', ${end})`.execute(db)
}

const PATHS: Record<State['surface'], (place: Place, operation: string) => string> = {
  tenant: ({ tenant }, operation) => `/admin/t/${tenant.directoryId}/provider-actions/${operation}/start`,
  connection: ({ connectionId }, operation) =>
    `/admin/provider-connections/${connectionId}/actions/${operation}/start`,
  role_definitions: ({ tenant }) => `/admin/t/${tenant.directoryId}/directory/role-definitions/sync`,
}

async function ask(of: State, place: Place): Promise<Response> {
  const path = PATHS[of.surface](place, of.operation)
  const headers = { cookie, accept: of.accept, 'accept-language': of.language }
  const asked = of.asked === 'the connection' ? place.connectionId : of.asked
  if (of.explain) {
    const query = asked === undefined || asked === null ? '' : `?providerConnectionId=${asked}`
    return product.ask('GET', path.replace(/(start|sync)$/, 'explain') + query, headers)
  }
  const body = JSON.stringify({ providerConnectionId: asked, sourceSurface: 'somewhere', more: [null] })
  return product.ask('POST', path, { ...headers, ...JSON_BODY }, body)
}

const PROBLEM = {
  type: 'about:blank',
  title: expect.any(String),
  status: expect.any(Number),
  detail: expect.any(String),
}

/** What no schema says: nothing is null, links stay here, and closed lists are closed. */
function expectWireManners(text: string): void {
  const members: [string, unknown][] = []
  JSON.parse(text, (name, value) => {
    members.push([name, value])
    return value
  })
  for (const [name, value] of members) {
    expect(value, name).not.toBeNull()
    if (name === 'href' || name === 'url') expect(value).toMatch(/^\/admin\/[^\\]*$/)
    if (name === 'actionType') expect(['open', 'consent', 'ask', 'wait']).toContain(value)
    if (name === 'kind')
      expect(['operation', 'operations', 'connection', 'tenant', 'directory']).toContain(value)
    if (name === 'executionStatus') expect(['queued', 'running', 'completed']).toContain(value)
    if (name === 'reasonCode') expect(REASON_CODES).toContain(value)
  }
}

async function expectDetail(id: number, language: string): Promise<string> {
  const answer = await product.ask('GET', `/admin/operations/${id}`, {
    cookie,
    accept: RUN,
    'accept-language': language,
  })
  const text = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, RUN])
  expect(isDetail(JSON.parse(text)) || isDetail.errors).toBe(true)
  expectWireManners(text)
  return text
}

test(`what ${CASES} states of the gate are answered is what the contract says, and so is each operation`, async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(state, async (of) => {
      const answer = await ask(of, await built(of))
      const text = await answer.text()
      expectWireManners(text)
      if (answer.status !== 200) {
        expect([403, 404, 422]).toContain(answer.status)
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
        const { errors, ...problem } = JSON.parse(text)
        expect(problem).toEqual({ ...PROBLEM, status: answer.status })
        expect(errors !== undefined).toBe(answer.status === 422)
        seen.add(String(answer.status))
        return
      }
      expect(answer.headers.get('content-type')).toBe(START)
      const outcome = JSON.parse(text)
      expect(isOutcome(outcome) || isOutcome.errors).toBe(true)
      expect(outcome.reasonCode === undefined).toBe(outcome.status === 'accepted')
      seen.add(outcome.status).add(outcome.reasonCode)
      if (of.explain) return
      expect(outcome.run.url).toBe(`/admin/operations/${outcome.run.id}`)
      await expectDetail(outcome.run.id, of.language)
    }),
    { numRuns: CASES, seed: 216 },
  )
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...['accepted', 'deduped', 'scope_busy', 'blocked', '403', '404', '422'],
      ...['tenant_not_operable', 'operation_paused', 'tenant_frozen', 'provider_connection_missing'],
      ...['provider_connection_default_missing', 'provider_connection_disabled', 'provider_scope_mismatch'],
      ...['provider_consent_missing', 'provider_consent_revoked', 'provider_consent_failed'],
      ...['provider_credential_missing', 'provider_credential_expired', 'provider_credential_rejected'],
      ...['platform_identity_missing', 'provider_permission_missing', 'provider_evidence_missing'],
      ...['provider_evidence_stale', 'provider_throttled', 'provider_binding_unsupported'],
    ]),
  )
}, 60_000)

test('an operation that ended for any reason there is stays within the contract', async () => {
  const { world } = product
  const workspaceId = await world.workspace()
  await world.database.db
    .insertInto('workspace_memberships')
    .values({ workspace_id: workspaceId, user_id: asker.userId, role: 'readonly' })
    .execute()
  const tenant = await world.readyTenant(workspaceId)
  const other = await world.person(workspaceId, 'operator')
  for (const [code, reason] of Object.entries(REASON_SAMPLES)) {
    const started = await world.start(other, tenant, 'directory.role_definitions.sync')
    const id = started.kind === 'decided' ? started.outcome.run.id : 0
    const ending = { outcome: 'failed', counts: { seen: 3, failed: 1 }, reason, failures: [] } as const
    expect(await endRun(world.database.db, id, { status: 'queued' }, ending)).toBe(true)
    for (const language of ['en', 'de'])
      expect(JSON.parse(await expectDetail(id, language))).toMatchObject({
        outcome: 'failed',
        reasonCode: code,
      })
  }
})
