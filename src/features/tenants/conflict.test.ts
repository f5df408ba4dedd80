import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORM, type InProcess, JSON_BODY, openInProcess } from '../../../tests/http/in-process.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import type { PersonalActor } from '../../access/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { cloudProfile, createTokenCache } from '../../graph/index.ts'
import { contoso, type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { checkConnection } from '../connections/index.ts'

const CHECK = 'provider.connection.check'
const SYNC = 'directory.role_definitions.sync'
const THERE = contoso()
const APP = { clientId: THERE.apps[0]?.clientId ?? '', secret: THERE.apps[0]?.secrets[0]?.value ?? '' }

interface Side {
  readonly owner: PersonalActor
  readonly cookie: string
  readonly workspaceId: number
}

let product: InProcess
let sandbox: Sandbox
let first: Side
let second: Side

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, directories: [THERE] })
  product = await openInProcess({}, { supported: new Set([CHECK, SYNC]) })
  first = await side('Contoso MSP')
  second = await side('Fabrikam IT')
})
afterAll(async () => {
  await product?.world.close()
  await sandbox?.stop()
})

async function side(name: string): Promise<Side> {
  const { world } = product
  const workspaceId = await world.workspace(name)
  const owner = await world.person(workspaceId, 'owner', `Owner of ${name}`)
  return { owner, workspaceId, cookie: await product.signIn(owner) }
}

const ask = (of: Side, method: string, path: string, body?: object, accept = 'application/json') =>
  product.ask(method, path, { cookie: of.cookie, accept, ...JSON_BODY }, body && JSON.stringify(body))

/** A workspace adds the directory with a working app, as a person would. */
async function addTenant(of: Side, directoryId = THERE.id) {
  const added = await ask(of, 'POST', '/admin/tenants', { name: `${of.owner.name}'s`, directoryId })
  expect(added.status).toBe(201)
  await connect(of, directoryId)
}

async function connect(of: Side, tenant: string, appOf = tenant) {
  const connection = {
    tenant,
    label: 'App',
    directoryId: appOf,
    clientId: APP.clientId,
    clientSecret: APP.secret,
  }
  const made = await ask(of, 'POST', '/admin/provider-connections', connection)
  expect(made.status).toBe(201)
}

async function start(of: Side, operation: string, directoryId = THERE.id) {
  const path = `/admin/t/${directoryId}/provider-actions/${operation}/start`
  return (await (await ask(of, 'POST', path)).json()) as {
    status: string
    reasonCode?: string
    run: { id: number; url: string }
  }
}

async function check(of: Side, directoryId = THERE.id): Promise<string> {
  const started = await start(of, CHECK, directoryId)
  expect(started.status).toBe('accepted')
  const runId = Number(started.run.id)
  const access = {
    profile: cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url }),
    vault: product.vault,
    tokens: createTokenCache(),
    platform: null,
  }
  await workOn(workerOf(product.world, checkConnection(access, [SYNC])), runId)
  return started.run.url
}

const tenantOf = async (of: Side, directoryId = THERE.id) =>
  (await ask(of, 'GET', `/admin/t/${directoryId}`)).json() as Promise<Record<string, unknown>>
const pageOf = async (of: Side, path: string, language = 'en') =>
  (await product.ask('GET', path, { cookie: of.cookie, 'accept-language': language })).text()

describe('a directory that two workspaces look after', () => {
  test('looks the same to the second as one that nobody has, until its check got in', async () => {
    await addTenant(first)
    await check(first)
    expect(await tenantOf(first)).toMatchObject({ isProven: true })

    await addTenant(second)
    const unknown = randomUUID()
    await addTenant(second, unknown)
    const { name: _, id: __, href: ___, ...claimed } = await tenantOf(second)
    const { name: ____, id: _____, href: ______, ...free } = await tenantOf(second, unknown)
    expect(claimed).toEqual(free)
  })

  test('is told to the second after its own check, without a word about whose it is', async () => {
    const url = await check(second)

    expect(await tenantOf(second)).toMatchObject({
      isProven: false,
      readiness: 'not_ready',
      reasonCode: 'tenant_directory_claimed',
      conflictedAt: expect.any(String),
    })
    const report = await pageOf(second, url)
    expect(report).toMatch(/Directory managed here only.*already managed in another workspace/s)
    const page = await pageOf(second, `/admin/t/${THERE.id}`)
    expect(page).toContain('managed in another workspace')
    expect(page).toContain('Ask the installation’s administrator')
    expect(await pageOf(second, '/admin')).toContain('Directory managed in another workspace')
    const german = await pageOf(second, `/admin/t/${THERE.id}`, 'de')
    expect(german).toContain('in einem anderen Arbeitsbereich verwaltet')
    for (const text of [report, page, german]) expect(text).not.toContain('Contoso MSP')
    expect(await tenantOf(first)).toMatchObject({ isProven: true, readiness: 'ready' })
  })

  test('lets the second only check, and each check of the same says nothing new', async () => {
    expect(await start(second, SYNC)).toMatchObject({
      status: 'blocked',
      reasonCode: 'tenant_directory_claimed',
    })
    const told = () =>
      product.world.database.db
        .selectFrom('audit_records')
        .select(['workspace_id', 'outcome'])
        .where('action', '=', 'tenant.prove')
        .orderBy('id')
        .execute()
    const before = await told()
    await check(second)
    expect(await told()).toEqual(before)
    expect(before).toEqual([
      { workspace_id: first.workspaceId, outcome: 'done' },
      { workspace_id: second.workspaceId, outcome: 'conflict' },
    ])
  })

  test('becomes the second one’s by the next check, once the first has archived it and works there no more', async () => {
    const atWork = await start(first, SYNC)
    expect(atWork.status).toBe('accepted')
    expect((await ask(first, 'POST', `/admin/t/${THERE.id}/archive`)).status).toBe(200)

    await check(second)
    expect(await tenantOf(second)).toMatchObject({ isProven: false })
    expect(await start(second, SYNC)).toMatchObject({ status: 'blocked' })

    await workOn(
      workerOf(product.world, () => expect.fail('it was carried out')),
      Number(atWork.run.id),
    )
    await check(second)
    const now = await tenantOf(second)
    expect(now).toMatchObject({ isProven: true, readiness: 'ready' })
    expect(now).not.toHaveProperty('conflictedAt')
    expect(await start(second, SYNC)).toMatchObject({ status: 'accepted' })
  })

  test('is not the first one’s any more when that returns, and what goes on there stays unseen', async () => {
    expect((await ask(first, 'POST', `/admin/t/${THERE.id}/reactivate`)).status).toBe(200)
    expect(await tenantOf(first)).toMatchObject({ state: 'active', isProven: false })
    expect(await tenantOf(first)).not.toHaveProperty('conflictedAt')
    expect(await start(first, CHECK)).toMatchObject({ status: 'accepted' })
  })
})

test('a check proves the directory that it got into, and no other', async () => {
  const theirs = randomUUID()
  const of = await side('Proseware')
  const added = await ask(of, 'POST', '/admin/tenants', { name: 'Not ours', directoryId: theirs })
  expect(added.status).toBe(201)
  await connect(of, theirs, THERE.id)

  await check(of, theirs)

  expect(await tenantOf(of, theirs)).toMatchObject({ isProven: false })
})

test('two proofs of one directory at once: one tenant has it, the other is told', async () => {
  const { world } = product
  const { db } = world.database
  const directoryId = randomUUID()
  const tenants = [first, second].map(({ workspaceId }) =>
    world.tenant(workspaceId, { directoryId, proven: false }),
  )
  const runs = await Promise.all(
    (await Promise.all(tenants)).map(async (tenant, place) => {
      await world.connection(tenant)
      const answer = await world.start((place === 0 ? first : second).owner, tenant, CHECK)
      return answer.kind === 'decided' ? answer.outcome.run.id : 0
    }),
  )
  const ending = { outcome: 'succeeded', counts: {}, finding: null } as const
  await Promise.all(
    runs.map((run) =>
      workOn(
        workerOf(world, async () => ({ observed: { provesDirectory: directoryId }, ending })),
        run,
      ),
    ),
  )
  const { rows } = await sql<{ proven: boolean; told: boolean }>`
    select proven_at is not null as proven, conflicted_at is not null as told from tenants
    where directory_id = ${directoryId}::uuid order by proven_at nulls last`.execute(db)
  expect(rows).toEqual([
    { proven: true, told: false },
    { proven: false, told: true },
  ])
})

test('a proof beside a run under the old scope does not come to pass', async () => {
  const { world } = product
  const tenant = await world.tenant(first.workspaceId, { proven: false })
  await world.connection(tenant)
  expect(await world.start(first.owner, tenant, SYNC)).toMatchObject({ outcome: { kind: 'accepted' } })
  const prove = sql`update tenants set proven_at = now() where id = ${tenant.id}`.execute(world.database.db)
  await expect(prove).rejects.toThrow(/being worked on/)
})

test('forms and people are not needed for a stray state: the database keeps the order', async () => {
  const { world } = product
  const tenant = await world.tenant(first.workspaceId, { state: 'draft', proven: false })
  const to = (change: ReturnType<typeof sql>) =>
    sql`update tenants set ${change} where id = ${tenant.id}`.execute(world.database.db)
  await expect(to(sql`state = 'active'`)).rejects.toThrow(/does not go from draft to active/)
  await to(sql`state = 'onboarding'`)
  await expect(to(sql`state = 'draft'`)).rejects.toThrow(/does not go/)
  await to(sql`state = 'archived', archived_at = now()`)
  await expect(to(sql`state = 'active', archived_at = null`)).rejects.toThrow(/returns to what it was/)
  await to(sql`state = 'onboarding', archived_at = null`)
  await to(sql`state = 'active'`)
  await expect(to(sql`directory_id = gen_random_uuid()`)).rejects.toThrow(/stays with its directory/)
})

test('a form is enough to archive and to return', async () => {
  const tenant = await product.world.readyTenant(first.workspaceId)
  const send = (deed: string) =>
    product.ask('POST', `/admin/t/${tenant.directoryId}/${deed}`, { cookie: first.cookie, ...FORM }, '')
  expect([(await send('archive')).status, (await send('reactivate')).status]).toEqual([303, 303])
})
