import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { bootstrapScene } from '../../../tests/world/bootstrap-scene.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { advance, cancelWaiting } from '../../engine/waiting/index.ts'
import { workOn } from '../../engine/worker/index.ts'

const CHECK = 'provider.connection.check'
const ROLES = 'directory.role_definitions.sync'
const GROUPS = 'directory.groups.sync'
const HTML = { accept: 'text/html' }
const JSON_ACCEPT = { accept: 'application/json' }

let product: InProcess
let workspace: number
let ada: PersonalActor
let ben: PersonalActor
let reader: PersonalActor
const cookies = new Map<PersonalActor, string>()
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  workspace = await world.workspace()
  ada = await world.person(workspace, 'operator', 'Ada Lovelace')
  ben = await world.person(workspace, 'operator', 'Ben Bitdiddle')
  reader = await world.person(workspace, 'readonly', 'Reader One')
  for (const person of [ada, ben, reader]) cookies.set(person, await product.signIn(person))
})
afterAll(() => product?.world.close())

const as = (person: PersonalActor) => ({ cookie: cookies.get(person) ?? '' })

/** A tenant that Ada's check is working on, and the number of that. */
async function busy() {
  const tenant = await product.world.readyTenant(workspace)
  const answer = await product.world.start(ada, tenant, CHECK)
  return { tenant, holder: answer.kind === 'decided' ? answer.outcome.run.id : 0 }
}

const path = ({ directoryId }: SeededTenant, operation: string, last = 'start-when-free') =>
  `/admin/t/${directoryId}/provider-actions/${operation}/${last}`

const text = async (answer: Response | Promise<Response>) => (await answer).text()

/** Gets in line as a program of that person would. */
async function waits(person: PersonalActor, tenant: SeededTenant, operation: string) {
  const answer = await product.ask('POST', path(tenant, operation), { ...as(person), ...JSON_ACCEPT })
  return (await answer.json()) as {
    outcome: { status: string; run: { id: number } }
    waitingStart?: { id: number; state: string; place?: number; href: string }
  }
}

/** Brings the work in the way to its end, and lets the line move on. */
async function finishAndAdvance(tenant: SeededTenant, runId: number): Promise<void> {
  await workOn(
    workerOf(product.world, async () => SUCCEEDED),
    runId,
  )
  const { rows } = await sql<{ scope: string }>`
    select scope_key as scope from tenants where id = ${tenant.id}`.execute(product.world.database.db)
  await advance(product.world.gate, rows[0]?.scope ?? '')
}

describe('the answer of a busy directory', () => {
  test('names the work in the way, how it gets on, and offers to start when free; without a script', async () => {
    const { holder, tenant } = await busy()
    await sql`update operation_runs set status = 'running', started_at = now(), attempt = 1, fencing_token = 1, heartbeat_at = now(),
      lease_until = now() + interval '1 hour', progress_done = 31240, progress_total = 51204 where id = ${holder}`.execute(
      product.world.database.db,
    )

    const page = await text(product.ask('POST', path(tenant, GROUPS, 'start'), { ...as(ben), ...HTML }))

    expect(page).toContain(`Held by Operation #${holder} · Ada Lovelace, since`)
    expect(page).toMatch(/31,240 of 51,204 · last sign of life/)
    expect(page).toContain(`action="${path(tenant, GROUPS)}"`)
    expect(page).toContain('Start when free')
    await sql`update operation_runs set status = 'queued', lease_until = null where id = ${holder}`.execute(
      product.world.database.db,
    )
  })

  test('sends the chosen connection along', async () => {
    const { tenant } = await busy()
    const spare = await product.world.connection(tenant, { isDefault: false, label: 'Spare app' })
    const start = `/admin/provider-connections/${spare}/actions/${CHECK}/start`

    const page = await text(product.ask('POST', start, { ...as(ben), ...HTML }))

    expect(page).toContain(`name="providerConnectionId" value="${spare}"`)
    const body = new URLSearchParams({ providerConnectionId: String(spare) })
    await product.ask('POST', path(tenant, CHECK), { ...as(ben), ...HTML, ...FORM }, body)
    const kept = await product.world.database.db
      .selectFrom('waiting_starts')
      .select('provider_connection_id')
      .where('tenant_id', '=', tenant.id)
      .execute()
    expect(kept).toEqual([{ provider_connection_id: spare }])
  })
})

describe('a start that waits', () => {
  test('has a page of its own, in either language, and stands beside its operation and in the list', async () => {
    const { tenant } = await busy()
    const answer = await product.ask('POST', path(tenant, GROUPS), { ...as(ben), ...HTML, ...FORM }, '')
    expect(answer.status).toBe(303)
    const href = answer.headers.get('location') ?? ''

    const english = await text(product.ask('GET', href, { ...as(ben), ...HTML }))
    expect(english).toContain('Waiting to start.')
    expect(english).toContain('starts by itself as soon as the directory is free')
    expect(english).toContain('Next in line')
    expect(english).toContain(`action="${href}/cancel"`)
    const german = await text(product.ask('GET', href, { ...as(ben), ...HTML, 'accept-language': 'de' }))
    expect(german).toContain('Wartet auf den Start.')
    expect(german).toContain('Als Nächstes an der Reihe')
    expect(german).toContain('Warten abbrechen')

    for (const place of [`/admin/t/${tenant.directoryId}`, '/admin/operations', '/admin/waiting-starts'])
      expect(await text(product.ask('GET', place, { ...as(ada), ...HTML })), place).toContain(
        `href="${href}"`,
      )
  })

  test('tells programs its place, and what it came to', async () => {
    const { holder, tenant } = await busy()
    const first = await waits(ben, tenant, GROUPS)
    const second = await waits(ada, tenant, ROLES)
    const get = async (id = 0) =>
      (await product.ask('GET', `/admin/waiting-starts/${id}`, { ...as(ben), ...JSON_ACCEPT })).json()

    expect(first).toMatchObject({
      outcome: { status: 'scope_busy', run: { id: holder } },
      waitingStart: { state: 'waiting', place: 1, askedBy: 'Ben Bitdiddle' },
    })
    expect(second.waitingStart).toMatchObject({ place: 2 })
    expect(await waits(ada, tenant, GROUPS)).toMatchObject({ waitingStart: { id: first.waitingStart?.id } })

    await finishAndAdvance(tenant, holder)
    const started = await get(first.waitingStart?.id)
    expect(started).toMatchObject({ state: 'started', run: { status: 'queued' } })
    expect(started).not.toHaveProperty('place')
    expect(await get(second.waitingStart?.id)).toMatchObject({ state: 'waiting', place: 1 })
  })

  test('is tried at once where nothing is in the way', async () => {
    const tenant = await product.world.readyTenant(workspace)

    const answer = await waits(ben, tenant, GROUPS)

    expect(answer).toMatchObject({ outcome: { status: 'accepted' } })
    expect(answer).not.toHaveProperty('waitingStart')
  })

  test('renews its place inside an answer, and is replaced once it was started', async () => {
    const { holder, tenant } = await busy()
    const { waitingStart } = await waits(ben, tenant, GROUPS)
    const part = () =>
      product.ask('GET', `${waitingStart?.href}?part=answer`, { ...as(ben), ...HTML, 'hx-request': 'true' })

    const waiting = await part()
    expect(waiting.headers.get('hx-retarget')).toBeNull()
    expect(await waiting.text()).toMatch(/^<span class="state-now".*Next in line · Held by Operation #/s)

    await finishAndAdvance(tenant, holder)
    const over = await part()
    expect(over.headers.get('hx-retarget')).toBe('closest .answer')
    expect(await over.text()).toContain('Started.')
  })

  test('says why it was not started, with the way out, and its person is told', async () => {
    const { holder, tenant } = await busy()
    const { waitingStart } = await waits(ben, tenant, GROUPS)
    const { db } = product.world.database
    await workOn(
      workerOf(product.world, async () => SUCCEEDED),
      holder,
    )
    await sql`update provider_connections set is_enabled = false where id = ${tenant.connectionId}`.execute(
      db,
    )
    const { rows } = await sql<{ scope: string }>`
      select scope_key as scope from tenants where id = ${tenant.id}`.execute(db)
    await advance(product.world.gate, rows[0]?.scope ?? '')

    const page = await text(product.ask('GET', waitingStart?.href ?? '', { ...as(ben), ...HTML }))
    expect(page).toContain('Not started: ')
    expect(page).toContain('Its turn came, and it could not be started.')
    const told = await product.ask('GET', '/admin/notifications', { ...as(ben), ...JSON_ACCEPT })
    const { notifications } = (await told.json()) as { notifications: { runId: number; outcome: string }[] }
    const wire = await product.ask('GET', waitingStart?.href ?? '', { ...as(ben), ...JSON_ACCEPT })
    const { reasonCode, run } = (await wire.json()) as { reasonCode: string; run: { id: number } }
    expect(reasonCode).toBe('provider_connection_disabled')
    expect(notifications.filter(({ runId }) => runId === run.id)).toMatchObject([{ outcome: 'blocked' }])
  })
})

describe('leaving the line', () => {
  test('is for its person and for whoever may cancel there; nobody else', async () => {
    const { tenant } = await busy()
    const { waitingStart } = await waits(ben, tenant, GROUPS)
    const cancel = (person: PersonalActor) =>
      product.ask(
        'POST',
        `${waitingStart?.href}/cancel`,
        { ...as(person), ...JSON_ACCEPT, ...JSON_BODY },
        '{}',
      )

    expect((await cancel(reader)).status).toBe(403)
    const page = await text(product.ask('GET', waitingStart?.href ?? '', { ...as(reader), ...HTML }))
    expect(page).not.toContain('/cancel"')
    expect(await (await cancel(ada)).json()).toMatchObject({
      state: 'cancelled',
      cancelledBy: 'Ada Lovelace',
    })
    expect(await (await cancel(ben)).json()).toMatchObject({ cancelledBy: 'Ada Lovelace' })

    const records = await product.world.database.db
      .selectFrom('audit_records')
      .select(['action', 'outcome', 'actor_name'])
      .where('target_kind', '=', 'waiting_start')
      .where('target_id', '=', String(waitingStart?.id))
      .orderBy('id')
      .execute()
    expect(records.map(({ action, actor_name, outcome }) => [action, outcome, actor_name])).toEqual([
      ['waiting_start.ask', 'done', 'Ben Bitdiddle'],
      ['waiting_start.cancel', 'forbidden', 'Reader One'],
      ['waiting_start.cancel', 'done', 'Ada Lovelace'],
    ])
  })

  test('is one’s own right, also for who may only look by now', async () => {
    const { tenant } = await busy()
    const { waitingStart } = await waits(ben, tenant, GROUPS)
    const { db } = product.world.database
    const role = (name: string) =>
      sql`update workspace_memberships set role = ${name} where user_id = ${ben.userId}`.execute(db)

    await role('readonly')
    const answer = await product.ask('POST', `${waitingStart?.href}/cancel`, { ...as(ben), ...JSON_ACCEPT })
    await role('operator')

    expect(await answer.json()).toMatchObject({ state: 'cancelled', cancelledBy: 'Ben Bitdiddle' })
  })
})

test('a step of a bootstrap is not taken out of its line past its session, which its page leads to', async () => {
  const { ada: manager, ask, db, sessionId, steps } = await bootstrapScene(product.world)
  await ask(manager, [ROLES, GROUPS])
  const { id } = await db
    .selectFrom('waiting_starts')
    .select('id')
    .where('onboarding_session_id', '=', sessionId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  const cookie = await product.signIn(manager)
  const href = `/admin/waiting-starts/${id}`

  const page = await text(product.ask('GET', href, { cookie, ...HTML }))
  expect(page).toContain(`href="/admin/onboarding/${sessionId}"`)
  expect(page).not.toContain('/cancel"')
  const answer = await product.ask('POST', `${href}/cancel`, { cookie, ...JSON_ACCEPT, ...JSON_BODY }, '{}')
  expect(answer.status).toBe(403)
  expect(await cancelWaiting(db, id, manager, 'c')).toBe(false)
  expect(await steps()).toEqual([`${ROLES} active`, `${GROUPS} pending`])
})

describe('who is told when somebody ends a waiting', () => {
  const notifications = '/admin/notifications'
  const toldNow = async (person: PersonalActor) =>
    (
      (await (await product.ask('GET', notifications, { ...as(person), ...JSON_ACCEPT })).json()) as {
        notifications: { id: number; waitingStartId?: number; outcome: string; href: string; read: boolean }[]
      }
    ).notifications.filter(({ waitingStartId }) => waitingStartId !== undefined)

  test('is its person: on the bell, the page and for programs, once; it is marked as read like all', async () => {
    const { tenant } = await busy()
    const { waitingStart } = await waits(ben, tenant, GROUPS)
    const href = `/admin/waiting-starts/${waitingStart?.id}`
    const bell = () => text(product.ask('GET', `${notifications}/bell`, { ...as(ben), ...HTML }))
    const before = await bell()

    await product.ask('POST', `${href}/cancel`, { ...as(ada), ...HTML })

    expect(await bell()).not.toBe(before)
    const told = (await toldNow(ben)).filter((one) => one.href === href)
    expect(told).toMatchObject([{ waitingStartId: waitingStart?.id, outcome: 'cancelled', read: false }])
    expect((await toldNow(ada)).filter((one) => one.href === href)).toEqual([])
    const page = await text(product.ask('GET', notifications, { ...as(ben), ...HTML }))
    expect(page).toContain(`href="${href}"`)
    expect(page).toContain('Ada Lovelace cancelled the waiting. Nothing was started.')

    const body = new URLSearchParams({ id: String(told[0]?.id) })
    await product.ask('POST', `${notifications}/read`, { ...as(ben), ...HTML, ...FORM }, body)
    expect(await bell()).toBe(before)
    await product.ask('POST', `${notifications}/unread`, { ...as(ben), ...HTML, ...FORM }, body)
    expect(await bell()).not.toBe(before)
  })

  test('is also whoever asked for the same, who reads beforehand that they will be', async () => {
    const { tenant } = await busy()
    const { waitingStart } = await waits(ben, tenant, GROUPS)
    const second = await waits(ada, tenant, GROUPS)
    expect(second.waitingStart?.id).toBe(waitingStart?.id)
    const href = `/admin/waiting-starts/${waitingStart?.id}`
    const said = 'You asked for the same work that Ben Bitdiddle is waiting for'
    expect(await text(product.ask('GET', href, { ...as(ada), ...HTML }))).toContain(said)
    expect(await text(product.ask('GET', href, { ...as(ben), ...HTML }))).not.toContain(said)

    await product.ask('POST', `${href}/cancel`, { ...as(ben), ...HTML })

    expect((await toldNow(ada)).map((one) => one.href)).toContain(href)
    expect((await toldNow(ben)).map((one) => one.href)).not.toContain(href)
  })
})

test('a full line says so, and starts nothing', async () => {
  const { tenant } = await busy()
  await waits(ben, tenant, GROUPS)
  const { db } = product.world.database
  await sql`insert into waiting_starts (workspace_id, tenant_id, person_name, operation, selection, scope_key)
    select workspace_id, tenant_id, person_name, operation, jsonb_build_object('number', generate_series), scope_key
    from waiting_starts, generate_series(2, 20) where tenant_id = ${tenant.id}`.execute(db)

  const program = await product.ask('POST', path(tenant, ROLES), { ...as(ben), ...JSON_ACCEPT })
  expect(program.status).toBe(409)
  expect(await program.json()).toMatchObject({ title: 'Too many starts wait already' })
  const german = { ...as(ben), ...HTML, 'accept-language': 'de' }
  expect(await text(product.ask('POST', path(tenant, ROLES), german))).toContain(
    'Es warten schon zu viele Starts',
  )
  await sql`delete from waiting_starts where tenant_id = ${tenant.id}`.execute(db)
})

test('the list hands out what waits in parts', async () => {
  const { tenant } = await busy()
  await waits(ben, tenant, GROUPS)
  await waits(ben, tenant, ROLES)
  const list = async (address: string) =>
    (await (await product.ask('GET', address, { ...as(ada), ...JSON_ACCEPT })).json()) as {
      waitingStarts: { operationType: string; tenant: { id: string } }[]
      next?: string
    }

  const everything = await list('/admin/waiting-starts')
  const first = await list('/admin/waiting-starts?limit=1')
  const second = await list(first.next ?? '')

  expect([...first.waitingStarts, ...second.waitingStarts]).toEqual(everything.waitingStarts.slice(0, 2))
})

test('a program whose key may only look does not end what its owner waits for', async () => {
  const { tenant } = await busy()
  const { waitingStart } = await waits(ben, tenant, ROLES)
  const key = await product.key(ben, workspace)
  await sql`update api_key_workspaces set most_role = 'readonly'`.execute(product.world.database.db)
  const cancel = `${waitingStart?.href}/cancel`

  const refused = await product.ask('POST', cancel, { authorization: key, ...JSON_ACCEPT })

  expect(refused.status).toBe(403)
  expect((await product.ask('POST', cancel, { ...as(ben), ...JSON_ACCEPT })).status).toBe(200)
})
