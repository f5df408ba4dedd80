import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import { cloudProfile } from '../../src/graph/index.ts'
import { asWorkspaceId } from '../../src/kernel/index.ts'
import { contoso, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import type { SeededTenant } from '../world/start-ask.ts'
import { FORM, type InProcess, ORIGIN, openInProcess } from './in-process.ts'

/** Asking administrators for consent, over real HTTP to a sign-in service that plays Microsoft's. */

const CLIENT = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'
const HERE = '11111111-aaaa-4aaa-8aaa-111111111111'
const ELSEWHERE = '22222222-bbbb-4bbb-8bbb-222222222222'
const [ADMIN, APPS, USER] = [0, 1, 2]

let sandbox: Sandbox
let product: InProcess
let workspace: number
let manager: PersonalActor
let cookie: string
let tenant: SeededTenant
let connection: number

beforeAll(async () => {
  const secret = `central~${randomBytes(24).toString('base64url')}`
  sandbox = await startSandbox({
    port: 0,
    directories: [
      contoso({ id: HERE, domain: 'here.example' }),
      contoso({ id: ELSEWHERE, domain: 'elsewhere.example' }),
    ],
    centralApps: [
      {
        clientId: CLIENT,
        displayName: 'TenantPilot',
        secrets: [{ value: secret }],
        certificates: [],
        redirectUris: [`${ORIGIN}/admin/consent/callback`],
        asksFor: ['RoleManagement.Read.Directory'],
      },
    ],
  })
  const profile = cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url })
  const platform = { clientId: CLIENT, credential: { kind: 'client_secret', secret }, version: '1' } as const
  product = await openInProcess({ providers: { profile, platform } }, { platformClientId: CLIENT })
})
afterAll(async () => {
  await product?.world.close()
  await sandbox?.stop()
})

beforeEach(async () => {
  sandbox.world.reset()
  const { world } = product
  await sql`delete from consent_requests`.execute(world.database.db)
  workspace = await world.workspace()
  manager = await world.person(workspace, 'manager')
  cookie = await product.signIn(manager)
  tenant = await world.tenant(workspace, { directoryId: HERE, proven: false })
  connection = await central(tenant)
})

/** A connection with the central app, added as a person adds it. */
async function central(to: SeededTenant, by = cookie): Promise<number> {
  const body = new URLSearchParams({ tenant: to.directoryId, type: 'platform', label: 'Central app' })
  const headers = { cookie: by, accept: 'application/json', ...FORM }
  const answer = await product.ask('POST', '/admin/provider-connections', headers, `${body}`)
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: number }).id
}

const row = () =>
  product.world.database.db
    .selectFrom('provider_connections')
    .select(['consent_status', 'consent_id'])
    .where('id', '=', connection)
    .executeTakeFirstOrThrow()
const records = async () =>
  product.world.database.db
    .selectFrom('audit_records')
    .select(['action', 'outcome', 'facts', 'workspace_id', 'target_id'])
    .where('action', '=', 'connection.consent')
    .orderBy('id', 'desc')
    .execute()

/** What a browser is told to open at Microsoft. */
async function asked(as = cookie, id = connection): Promise<URL> {
  const answer = await product.ask('POST', `/admin/provider-connections/${id}/consent`, { cookie: as })
  expect(answer.status).toBe(200)
  return new URL(answer.headers.get('refresh')?.replace(/^0; url=/, '') ?? '')
}

/** Answers the page at Microsoft as one of the directory's people; what comes is where the browser is led. */
async function answeredThere(page: URL, person: number, answer: 'accept' | 'cancel' = 'accept') {
  const directory = sandbox.world.directory(page.pathname.split('/')[1] ?? '')
  const body = new URLSearchParams({ person: directory.people[person]?.id ?? '', answer })
  const led = await fetch(page, { method: 'POST', body, redirect: 'manual' })
  if (led.status === 302) return new URL(led.headers.get('location') ?? '')
  const [, href = ''] = /href="(http[^"]+callback[^"]+)"/.exec(await led.text()) ?? []
  return new URL(href.replaceAll('&amp;', '&'))
}

/** Brings an answer back, in the browser that has this cookie. */
const brought = (callback: URL, as = cookie) =>
  product.ask('GET', callback.pathname + callback.search, { cookie: as })
const ledTo = (answer: Response) => new URL(answer.headers.get('location') ?? '', ORIGIN)

/** From the question to the sign-in page, with consent given by somebody of the directory. */
async function consented(person = ADMIN): Promise<URL> {
  const answer = await brought(await answeredThere(await asked(), person as number))
  expect(answer.status).toBe(303)
  return ledTo(answer)
}

const nothingGranted = async (why: string) => {
  expect((await row()).consent_status).not.toBe('granted')
  const [last] = await records()
  expect(last).toMatchObject({ outcome: 'refused', facts: { why } })
}

test('an administrator consents, signs in, and the connection counts as consented', async () => {
  expect(await row()).toMatchObject({ consent_status: 'required', consent_id: null })
  const signIn = await consented()
  expect(signIn.pathname).toBe(`/${HERE}/oauth2/v2.0/authorize`)
  expect(signIn.searchParams.get('code_challenge_method')).toBe('S256')
  const done = await brought(await answeredThere(signIn, ADMIN as number))
  expect(ledTo(done).pathname).toBe(`/admin/provider-connections/${connection}/consent`)
  expect((await row()).consent_status).toBe('granted')
  const [last] = await records()
  expect(last).toMatchObject({
    outcome: 'done',
    target_id: String(connection),
    facts: { administrator: { name: 'admin@here.example', roles: ['Global Administrator'] } },
  })
  const page = await (
    await product.ask('GET', `/admin/provider-connections/${connection}/consent`, { cookie })
  ).text()
  expect(page).toContain('admin@here.example')
})

describe('nothing is granted', () => {
  test('by the word of the address that consent was given', async () => {
    const question = await asked()
    const forged = new URL(`${ORIGIN}/admin/consent/callback`)
    forged.search = `${new URLSearchParams({ admin_consent: 'True', tenant: HERE, state: question.searchParams.get('state') ?? '' })}`
    const answer = await brought(forged)
    expect(ledTo(answer).pathname).toContain('/oauth2/v2.0/authorize')
    expect((await row()).consent_status).toBe('required')
    // Without an administrator of the directory it ends there; one of another directory is not taken
    const elsewhere = new URL(ledTo(answer).href.replace(HERE, ELSEWHERE))
    await brought(await answeredThere(elsewhere, ADMIN as number))
    await nothingGranted('sign_in_refused')
  })

  test('when somebody declines, although Microsoft says admin_consent=True beside it', async () => {
    const callback = await answeredThere(await asked(), ADMIN as number, 'cancel')
    expect(callback.searchParams.get('admin_consent')).toBe('True')
    const answer = await brought(callback)
    expect(ledTo(answer).search).toBe('?why=declined')
    await nothingGranted('declined')
    expect((await row()).consent_status).toBe('failed')
    const page = await (
      await product.ask('GET', ledTo(answer).pathname + ledTo(answer).search, { cookie })
    ).text()
    expect(page).toContain('Consent was declined at Microsoft.')
  })

  test.each([
    ['an application administrator', APPS],
    ['a user', USER],
  ])('when %s signs in', async (_, person) => {
    const answer = await brought(await answeredThere(await consented(), person as number))
    expect(ledTo(answer).search).toBe('?why=not_an_administrator')
    await nothingGranted('not_an_administrator')
  })

  test('by a state that was used before', async () => {
    const callback = await answeredThere(await asked(), ADMIN as number)
    await brought(callback)
    const again = await brought(callback)
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('Nothing was granted')
    await nothingGranted('state_unknown')
  })

  test('by a code that is brought twice', async () => {
    const callback = await answeredThere(await consented(), USER as number)
    await brought(callback)
    expect((await brought(callback)).status).toBe(409)
    await nothingGranted('state_unknown')
  })

  test('by a state nobody has asked with, or none', async () => {
    for (const search of ['?state=made-up&admin_consent=True', '', '?error=x&state='])
      expect((await product.ask('GET', `/admin/consent/callback${search}`, { cookie })).status).toBe(409)
    await nothingGranted('state_unknown')
  })

  test('by a state that is too old', async () => {
    const callback = await answeredThere(await asked(), ADMIN as number)
    await sql`update consent_requests set expires_at = now() - interval '1 second'`.execute(
      product.world.database.db,
    )
    expect(ledTo(await brought(callback)).search).toBe('?why=state_expired')
    await nothingGranted('state_expired')
  })

  test('in another session, even of the same person, and the state is used up', async () => {
    const other = await product.world.person(workspace, 'manager')
    const otherCookie = await product.signIn(other)
    const callback = await answeredThere(await asked(), ADMIN as number)
    const answer = await brought(callback, otherCookie)
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toContain(`/admin/provider-connections/${connection}`)
    await nothingGranted('state_of_another_session')
    expect((await brought(callback)).status).toBe(409)
    await nothingGranted('state_unknown')
  })

  test('for a connection that was changed, moved to another app or given up since', async () => {
    const callback = await answeredThere(await asked(), ADMIN as number)
    await sql`update provider_connections set client_id = gen_random_uuid() where id = ${connection}`.execute(
      product.world.database.db,
    )
    expect(ledTo(await brought(callback)).search).toBe('?why=connection_changed')
    await nothingGranted('connection_changed')
  })

  test('once the person may not manage the connection any more', async () => {
    const callback = await answeredThere(await asked(), ADMIN as number)
    await sql`update workspace_memberships set role = 'operator' where user_id = ${manager.userId}`.execute(
      product.world.database.db,
    )
    expect(ledTo(await brought(callback)).search).toBe('?why=not_allowed')
    await nothingGranted('not_allowed')
  })

  test('once the person lost the right while the code was redeemed', async () => {
    const callback = await answeredThere(await consented(), ADMIN as number)
    const send = globalThis.fetch
    const during = vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, init) => {
      await sql`update workspace_memberships set role = 'operator' where user_id = ${manager.userId}`.execute(
        product.world.database.db,
      )
      return send(to, init)
    })
    const answer = await brought(callback)
    during.mockRestore()
    expect(ledTo(answer).search).toBe('?why=not_allowed')
    await nothingGranted('not_allowed')
  })

  test('while Microsoft does not answer', async () => {
    const signIn = await consented()
    const callback = await answeredThere(signIn, ADMIN as number)
    sandbox.world.directory(HERE).faults.unreachable = true
    expect(ledTo(await brought(callback)).search).toBe('?why=unreachable')
    await nothingGranted('unreachable')
  })

  test('for another connection than the one that was asked for', async () => {
    const second = await product.world.tenant(workspace, { directoryId: ELSEWHERE, proven: false })
    const other = await central(second)
    const done = await brought(await answeredThere(await consented(), ADMIN as number))
    expect(done.status).toBe(303)
    const { rows } = await sql<{ id: number; consent_status: string }>`
      select id, consent_status from provider_connections where id in (${connection}, ${other}) order by id`.execute(
      product.world.database.db,
    )
    expect(rows.map(({ consent_status }) => consent_status)).toEqual(['granted', 'required'])
  })
})

test('a directory that consented to the app for somebody else says and gives nothing to another workspace', async () => {
  await brought(await answeredThere(await consented(), ADMIN as number))
  const { world } = product
  const strange = await world.workspace('Fabrikam IT')
  const stranger = await world.person(strange, 'owner', 'Fabrikam Owner')
  const strangerCookie = await product.signIn(stranger)
  const claimed = await world.tenant(strange, { directoryId: HERE, proven: false })
  const theirs = await central(claimed, strangerCookie)
  const question = await asked(strangerCookie, theirs)
  const forged = new URL(`${ORIGIN}/admin/consent/callback`)
  forged.search = `${new URLSearchParams({ admin_consent: 'True', tenant: HERE, state: question.searchParams.get('state') ?? '' })}`
  const signIn = ledTo(await brought(forged, strangerCookie))
  // All that is left to them is somebody without a role there, or an administrator of their own directory
  await brought(await answeredThere(signIn, USER as number), strangerCookie)
  const after = await product.world.database.db
    .selectFrom('provider_connections')
    .select(['consent_status'])
    .where('id', '=', theirs)
    .executeTakeFirstOrThrow()
  expect(after.consent_status).toBe('failed')
  const [last] = await records()
  expect(last).toMatchObject({
    outcome: 'refused',
    workspace_id: strange,
    facts: { why: 'not_an_administrator' },
  })
})

test('a key asks for nothing and answers nothing', async () => {
  const authorization = await product.key(manager, asWorkspaceId(workspace))
  const path = `/admin/provider-connections/${connection}/consent`
  expect((await product.ask('POST', path, { authorization })).status).toBe(403)
  expect((await product.ask('GET', '/admin/consent/callback?state=x', { authorization })).status).toBe(403)
})

test('the database takes no consent without its proof', async () => {
  const { db } = product.world.database
  const granted = sql`update provider_connections set consent_status = 'granted' where id = ${connection}`
  await expect(granted.execute(db)).rejects.toThrow('connections_platform_consent_proven')
  await brought(await answeredThere(await consented(), ADMIN as number))
  const elsewhere = sql`update provider_connections set directory_id = ${ELSEWHERE}::uuid where id = ${connection}`
  await expect(elsewhere.execute(db)).rejects.toThrow('connections_consent_of_app')
  const own = sql`insert into credentials (connection_id, kind, key_id, nonce, ciphertext)
    values (${connection}, 'client_secret', 'k', '\\x00', '\\x00')`
  await expect(own.execute(db)).rejects.toThrow('credentials_of_type')
})

test('neither state, code, verifier nor secret is kept or told', async () => {
  const question = await asked()
  const signIn = ledTo(await brought(await answeredThere(question, ADMIN as number)))
  const callback = await answeredThere(signIn, ADMIN as number)
  await brought(callback)
  const told = JSON.stringify(await records()) + product.logged.join()
  const stored = JSON.stringify(
    (
      await sql`select c::text from consents c union all select r::text from consent_requests r`.execute(
        product.world.database.db,
      )
    ).rows,
  )
  for (const secret of [
    question.searchParams.get('state'),
    signIn.searchParams.get('state'),
    callback.searchParams.get('code'),
  ]) {
    expect(secret).toBeTruthy()
    expect(told + stored).not.toContain(secret)
  }
})
