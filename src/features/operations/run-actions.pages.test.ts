import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { EVERY_READ, startAsk } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { start } from '../../engine/gate/index.ts'

const SYNC = 'directory.groups.sync'
const CHECK = 'provider.connection.check'
const JSON_ANSWER = { accept: 'application/json' }

let product: InProcess
let owner: PersonalActor
let cookies: Record<'owner' | 'operator' | 'readonly', string>
let tenant: Awaited<ReturnType<InProcess['world']['readyTenant']>>
let workspaceId: number
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner', 'Owner One')
  cookies = {
    owner: await product.signIn(owner),
    operator: await product.signIn(await world.person(workspaceId, 'operator')),
    readonly: await product.signIn(await world.person(workspaceId, 'readonly')),
  }
})
beforeEach(async () => {
  tenant = await product.world.readyTenant(workspaceId)
})
afterAll(() => product.world.close())

const started = async (operation = SYNC) => {
  const answer = await product.world.start(owner, tenant, operation)
  return answer.kind === 'decided' ? answer.outcome.run.id : 0
}
/** A run in a worker's hands, of which was heard so many seconds ago; it has read so much. */
const running = async (heardSecondsAgo = 0, done: number | null = null) => {
  const id = await started()
  await sql`
    update operation_runs set status = 'running', attempt = 1, fencing_token = 1, started_at = now(),
      lease_until = now() + interval '1 minute', heartbeat_at = now() - ${heardSecondsAgo} * interval '1s',
      progress_done = ${done}::bigint
    where id = ${id}`.execute(product.world.database.db)
  return id
}
const ended = async (operation = SYNC) => {
  const id = await started(operation)
  await product.ask('POST', at(id, 'cancel'), { cookie: cookies.owner })
  return id
}
const stopAskedAgo = (id: number, seconds: number) =>
  sql`
    update operation_runs set cancel_requested_at = now() - ${seconds} * interval '1s', cancelled_by = 'Ada'
    where id = ${id}`.execute(product.world.database.db)
const at = (id: number, deed = '') => `/admin/operations/${id}${deed && `/${deed}`}`
const get = async (path: string, who: keyof typeof cookies = 'owner', headers = {}) => {
  const answer = await product.ask('GET', path, { cookie: cookies[who], ...headers })
  return { status: answer.status, text: await answer.text() }
}
const release = (id: number, why: string | null, headers: Record<string, string> = JSON_ANSWER) =>
  product.ask(
    'POST',
    at(id, 'force-release'),
    { cookie: cookies.owner, ...FORM, ...headers },
    why === null ? '' : `${new URLSearchParams({ why })}`,
  )
const row = (id: number) =>
  product.world.database.db
    .selectFrom('operation_runs')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
const records = (id: number, action: string) =>
  product.world.database.db
    .selectFrom('audit_records')
    .selectAll()
    .where('run_id', '=', id)
    .where('action', '=', action)
    .execute()

describe('stopping', () => {
  test('what has read nothing is stopped by one press', async () => {
    const id = await running()

    expect((await get(at(id))).text).toContain(`<form method="post" action="${at(id, 'cancel')}"`)
    expect((await get(at(id, 'cancel'))).status).toBe(303)
  })

  test('what has read something asks first, and says what is lost', async () => {
    const id = await running(0, 1200)

    const page = await get(at(id))
    expect(page.text).not.toContain(`<form method="post" action="${at(id, 'cancel')}"`)
    expect(page.text).toContain(`href="${at(id, 'cancel')}"`)
    const confirmation = await get(at(id, 'cancel'))
    expect(confirmation.status).toBe(200)
    expect(confirmation.text).toMatch(/1,200[\s\S]+reads from the beginning/)
    expect((await row(id)).cancel_requested_at).toBeNull()
  })

  test('says since when it was asked for and by whom, and holds the directory until then', async () => {
    const id = await running(0, 1200)

    await product.ask('POST', at(id, 'cancel'), { cookie: cookies.operator })

    const page = await get(at(id))
    expect(page.text).toMatch(/Cancellation was requested by operator One at \d\d:\d\d:\d\d UTC/)
    expect((await get(at(id), 'owner', { 'accept-language': 'de' })).text).toContain(
      'operator One hat den Abbruch um',
    )
    expect(await product.world.start(owner, tenant, SYNC)).toMatchObject({ outcome: { kind: 'deduped' } })
  })
})

describe('releasing by force', () => {
  test('a silent run: page and form say how it stands, the reason is kept, the directory is free', async () => {
    const id = await running(600)
    expect((await get(at(id))).text).toContain(`href="${at(id, 'force-release')}"`)
    const page = await get(at(id, 'force-release'))
    expect(page.text).toMatch(/10 minutes ago[\s\S]+may still be on its way/)

    const answer = await release(id, '  The machine is gone. ', { accept: 'text/html' })

    expect([answer.status, answer.headers.get('location')]).toEqual([303, at(id)])
    expect(await row(id)).toMatchObject({
      outcome: 'failed',
      fencing_token: 2,
      reason: { code: 'run_force_released', by: 'Owner One', why: 'The machine is gone.' },
    })
    expect(await records(id, 'operation.force_release')).toMatchObject([
      { actor_name: 'Owner One', facts: { why: 'The machine is gone.', because: 'silent', fencingToken: 2 } },
    ])
    const text = (await get(at(id))).text
    expect(text).toContain('Released by force')
    expect(text).toContain('The reason given: “The machine is gone.”')
    expect((await get(at(id), 'owner', { 'accept-language': 'de' })).text).toContain(
      'Zwangsweise freigegeben',
    )
    expect(await product.world.start(owner, tenant, SYNC)).toMatchObject({ outcome: { kind: 'accepted' } })
  })

  test.each([
    ['alive', null, 'Cancel the operation first'],
    ['asked to stop just now', 5, 'cancellation was requested only just now'],
  ])('is refused while its worker is %s, with what to do instead', async (_what, askedAgo, sentence) => {
    const id = await running()
    if (askedAgo !== null) await stopAskedAgo(id, askedAgo)
    const before = await row(id)

    const answer = await release(id, 'It takes so long')

    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({
      title: 'Not possible now',
      errors: [{ detail: expect.stringContaining(sentence) }],
    })
    expect((await get(at(id, 'force-release'))).text).toContain(sentence)
    expect((await get(at(id, 'force-release'))).text).not.toContain('name="why"')
    expect(await row(id)).toEqual(before)
    expect(await records(id, 'operation.force_release')).toEqual([])
  })

  test('is open for one that beats and does not stop', async () => {
    const id = await running()
    await stopAskedAgo(id, 31)

    expect(await (await release(id, 'It hangs')).json()).toEqual({ result: 'released' })

    expect(await row(id)).toMatchObject({ outcome: 'cancelled', reason: { code: 'run_force_released' } })
  })

  test.each([
    ['nothing', null],
    ['too little', 'ab'],
    ['blanks', '     '],
    ['too much', 'x'.repeat(301)],
    ['two lines', 'one\ntwo'],
    ['NUL', 'one\0two'],
    ['a turned direction', 'one\u202etwo'],
  ])('takes no %s for a reason, and shows what was typed', async (_what, why) => {
    const id = await running(600)

    const answer = await release(id, why)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/why' }] })
    const page = await release(id, why, { accept: 'text/html' })
    expect(page.status).toBe(422)
    if (why?.startsWith('x')) expect(await page.text()).toContain(`value="${why}"`)
    expect((await row(id)).status).toBe('running')
  })

  test('is nothing for others: they read whom to ask, and are refused with a record', async () => {
    const id = await running(600)

    expect((await get(at(id), 'operator')).text).toContain('an owner can release the directory by force')
    expect((await get(at(id, 'force-release'), 'operator')).status).toBe(403)
    expect(await refusals()).toContain('operation.force_release')
  })

  test('a reason is only text', async () => {
    const id = await running(600)
    await release(id, '</title><script>alert("x")</script>')

    const { text } = await get(at(id))
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script&gt;alert')
  })
})

const refusals = async () => {
  const found = await product.world.database.db
    .selectFrom('audit_records')
    .select('action')
    .where('outcome', '=', 'forbidden')
    .execute()
  return found.map(({ action }) => action)
}

describe('starting again', () => {
  const again = async (id: number) => {
    const answer = await product.ask('POST', at(id, 'start-again'), { cookie: cookies.owner, ...JSON_ANSWER })
    return {
      status: answer.status,
      body: (await answer.json()) as { kind?: string; outcome?: string; run?: { id: number } },
    }
  }

  test('an ended run offers its work once more, with the answer before the click', async () => {
    const id = await ended()
    expect((await get(at(id))).text).toMatch(/id="start-again"[\s\S]+Queues now/)

    const { body, status } = await again(id)

    expect(status).toBe(200)
    expect(body.run?.id).toBeGreaterThan(id)
    expect(await row(body.run?.id ?? 0)).toMatchObject({
      status: 'queued',
      identity: (await row(id)).identity,
    })
    expect((await get(at(id))).text).toMatch(/id="start-again"[\s\S]+Already running/)
    expect((await again(id)).body.run?.id).toBe(body.run?.id)
  })

  test('a check is started again with its own connection', async () => {
    const spare = await product.world.connection(tenant, { label: 'Spare', isDefault: false })
    const parsed = {
      ok: true,
      input: { connectionId: spare, selection: {}, sourceSurface: null },
    } as const
    const answer = await start(product.world.gate, startAsk(owner, tenant, CHECK, { parsed }))
    const id = answer.kind === 'decided' ? answer.outcome.run.id : 0
    await product.ask('POST', at(id, 'cancel'), { cookie: cookies.owner })
    expect((await get(at(id))).text).toContain('with the connection Spare')

    const { body } = await again(id)

    expect(await row(body.run?.id ?? 0)).toMatchObject({ operation: CHECK, provider_connection_id: spare })
  })

  test('what would be blocked says why, and the click records it', async () => {
    const id = await ended()
    await product.world.archive(tenant)

    expect((await get(at(id))).text).toMatch(/id="start-again"[\s\S]+Blocked:/)
    const { body } = await again(id)
    expect(await row(body.run?.id ?? 0)).toMatchObject({ outcome: 'blocked', admitted_at: null })
  })

  test('what writes is never started again like that', async () => {
    const granted = [...EVERY_READ, 'DeviceManagementConfiguration.ReadWrite.All']
    await sql`update provider_connections set granted_permissions = ${sql.val(granted)}::text[]
      where id = ${tenant.connectionId}`.execute(product.world.database.db)
    const ask = startAsk(owner, tenant, 'restore.execute', { surface: 'restore' })
    const answer = await start(product.world.gate, ask)
    const id = answer.kind === 'decided' ? answer.outcome.run.id : 0
    await product.ask('POST', at(id, 'cancel'), { cookie: cookies.owner })

    expect((await get(at(id))).text).not.toContain('id="start-again"')
    expect((await again(id)).status).toBe(404)
  })

  test('a reader sees it, and who may do it', async () => {
    const id = await ended()
    const before = (await refusals()).length

    const { text } = await get(at(id), 'readonly')

    expect(text).toMatch(/id="start-again"[\s\S]+may start it/)
    expect(text).not.toContain(`action="${at(id, 'start-again')}"`)
    expect((await refusals()).length).toBe(before)
  })
})
