import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { validatorOf } from '../../../tests/contract/validator.ts'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import type { SeededTenant } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { workOn } from '../../engine/worker/index.ts'

let product: InProcess
let cookie: string
let tenant: SeededTenant
let unread: SeededTenant
let troubled: SeededTenant
let owner: PersonalActor

/** Snapshots at an hour of so many days ago, or just now; each with so many devices that do not comply, of a hundred. */
async function observed(
  { id }: SeededTenant,
  snapshots: readonly (readonly [days: number, hour: number, not: number])[],
) {
  const { db } = product.world.database
  for (const [days, hour, not] of snapshots)
    await sql`insert into compliance_snapshots (tenant_id, observed_at, summary, compliant, noncompliant,
        in_grace_period, unknown, error, conflict, config_manager, other, silent)
      values (${id}, case when ${days}::int = 0 then now()
          else date_trunc('day', now(), 'UTC') - make_interval(days => ${days}::int, hours => -${hour}::int) end,
        jsonb_build_object('compliant', ${100 - not}::int, 'noncompliant', ${not}::int, 'in_grace_period', 0, 'unknown', 0,
          'error', 0, 'conflict', 0, 'config_manager', 0, 'not_applicable', 0, 'remediated', 0),
        ${100 - not}, ${not}, 0, 0, 0, 0, 0, 0, 3)`.execute(db)
}

beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const workspace = await world.workspace()
  owner = await world.person(workspace, 'owner')
  cookie = await product.signIn(owner)
  tenant = await world.readyTenant(workspace)
  unread = await world.readyTenant(workspace)
  troubled = await world.readyTenant(workspace)
  await observed(tenant, [
    [60, 12, 30],
    [20, 12, 22],
    [8, 6, 20],
    [8, 7, 19],
    [2, 12, 14],
    [0, 0, 12],
  ])
  const { db } = world.database
  await sql`insert into compliance_devices (tenant_id, device_id, display_name, user_name, serial_number,
      operating_system, os_version, system, compliance_state, last_contact_at, raw, gone_since, gone_run_id)
    select ${tenant.id}, n::text, 'CON-LT-' || lpad(n::text, 5, '0'), 'user' || n || '@contoso.example', 'PF' || n,
      case when n % 4 = 0 then 'iOS' else 'Windows' end, '10', case when n % 4 = 0 then 'ios' else 'windows' end,
      case when n <= 12 then 'noncompliant' else 'compliant' end,
      now() - make_interval(days => case when n % 50 = 0 then 40 else 1 end), jsonb_build_object('id', n),
      case when n > 100 then now() end, case when n > 100 then 1 end
    from generate_series(1, 102) n`.execute(db)
  await sql`insert into compliance_changes (tenant_id, device_id, observed_at, state_before, state)
    values (${tenant.id}, '1', now() - interval '8 days', 'compliant', 'in_grace_period'),
      (${tenant.id}, '1', now() - interval '2 days', 'in_grace_period', 'noncompliant')`.execute(db)
})
afterAll(() => product?.world.close())

const page = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await product.ask('GET', path, { cookie, accept: 'text/html', ...headers })
  return { status: answer.status, text: await answer.text() }
}
const json = async (path: string) => {
  const answer = await product.ask('GET', path, { cookie, accept: 'application/json' })
  return { status: answer.status, body: await answer.json() }
}
const at = (path = '', { directoryId } = tenant) => `/admin/t/${directoryId}/compliance${path}`

describe('how the devices comply', () => {
  test('is told first as it is now, with how it was a week before', async () => {
    const { status, text } = await page(at())

    expect(status).toBe(200)
    expect(text).toContain('88 of 100 devices comply')
    expect(text).toMatch(/88%, 7 fewer with a problem than on/)
    expect(text).toContain('3 devices had not reached Intune for 30 days')
    expect(text).toContain('Take compliance snapshot')
    expect(text).toMatch(/Microsoft(’|&#39;|')s own summary says the same/)
  })

  test('is drawn with a title and a description, and stands beside it in numbers', async () => {
    const { text } = await page(at('?days=90'))

    const [svg] = /<svg[^>]*plot[^>]*>.*?<\/svg>/s.exec(text) ?? []
    expect(svg).toMatch(/role="img" aria-labelledby="chart-title chart-desc"/)
    expect(svg).toMatch(/<title id="chart-title">Devices that do not comply, by state, .+<\/title>/)
    expect(svg).toMatch(/<desc id="chart-desc">.+<\/desc>/)
    expect(text.match(/<title>/g)).toHaveLength(1)
    const rows = [...text.matchAll(/<tr><th scope="row"[^>]*><time[^>]*>[^<]+<\/time><\/th>(.*?)<\/tr>/g)]
    const numbers = rows.map(([, cells]) => [...(cells ?? '').matchAll(/>(\d+)</g)].map(([, n]) => Number(n)))
    expect(numbers).toEqual([
      [88, 12, 0, 0, 0],
      [86, 14, 0, 0, 0],
      [81, 19, 0, 0, 0],
      [78, 22, 0, 0, 0],
      [70, 30, 0, 0, 0],
    ])
  })

  test('is told for a week snapshot by snapshot', async () => {
    const { body } = await json(at('?days=7'))
    expect(
      body.snapshots.map(({ states }: { states: { noncompliant: number } }) => states.noncompliant),
    ).toEqual([14, 12])
  })

  test('speaks German', async () => {
    const { text } = await page(at(), { 'accept-language': 'de' })
    expect(text).toContain('88 von 100 Geräten sind konform')
    expect(text).toContain('Konformitätsstand erfassen')
  })

  test('is told to programs as it is described', async () => {
    const isCompliance = validatorOf('/admin/t/{tenant}/compliance')
    for (const query of ['', '?days=7', '?days=365']) {
      const { body, status } = await json(at(query))
      expect(status).toBe(200)
      isCompliance(body)
      expect(isCompliance.errors).toBeNull()
      expect(JSON.stringify(body)).not.toMatch(/:null|:""/)
    }
    expect((await json(at('', unread))).body).toEqual({ snapshots: [], devicesHref: at('/devices', unread) })
  })

  test('takes only the times that it offers', async () => {
    for (const days of ['', '8', 'x', '30 ', '-7']) {
      const { body, status } = await json(at(`?days=${encodeURIComponent(days)}`))
      expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/days' }] }])
      expect((await page(at(`?days=${encodeURIComponent(days)}`))).status).toBe(200)
    }
  })

  test('is told calmly where Microsoft counts otherwise', async () => {
    const { db } = product.world.database
    const newest = sql`(select max(id) from compliance_snapshots where tenant_id = ${tenant.id})`
    await sql`update compliance_snapshots set summary = summary || '{"compliant":90,"noncompliant":10}'
      where id = ${newest}`.execute(db)
    expect((await page(at())).text).toMatch(/counts its summary apart from the devices/)

    await sql`update compliance_snapshots set summary = null where id = ${newest}`.execute(db)
    const { text } = await page(at())
    expect(text).toMatch(/own summary could not be read/)
    expect(text).not.toMatch(/<th scope="col" class="num">Microsoft/)
  })

  test('that could not be looked at says why, and by which operation', async () => {
    const { db } = product.world.database
    const run = await product.world.start(owner, troubled, 'compliance.snapshot')
    const id = run.kind === 'decided' ? run.outcome.run.id : 0
    await workOn(
      workerOf(product.world, async () => ({
        ending: {
          outcome: 'failed',
          counts: {},
          reason: { code: 'provider_not_licensed' },
          failures: [],
        },
      })),
      id,
    )

    const { text } = await page(at('', troubled))

    expect(text).toMatch(/The last snapshot was not taken: [^<]*Intune/)
    expect(text).toContain(`/admin/operations/${id}`)
    expect(
      await db.selectFrom('compliance_snapshots').select('id').where('tenant_id', '=', troubled.id).execute(),
    ).toEqual([])
  })

  test('that was never looked at says so, and offers to', async () => {
    const { text } = await page(at('', unread))
    expect(text).toContain('No snapshot was taken yet')
    expect(text).toContain('Take compliance snapshot')
    expect(text).not.toContain('class="plot')
  })
})

describe('the devices', () => {
  const names = (body: { devices: { displayName: string }[] }) =>
    body.devices.map(({ displayName }) => displayName)

  test('are told to programs as they are described, and each with its history', async () => {
    const isList = validatorOf('/admin/t/{tenant}/compliance/devices')
    for (const show of ['present', 'noncompliant', 'ios', 'silent', 'gone']) {
      const { body } = await json(at(`/devices?show=${show}&limit=200`))
      isList(body)
      expect(isList.errors).toBeNull()
    }
    const isDevice = validatorOf('/admin/t/{tenant}/compliance/devices/{id}')
    const { body } = await json(at('/devices/1'))
    isDevice(body)
    expect(isDevice.errors).toBeNull()
    expect(body.changes).toMatchObject([
      { from: 'in_grace_period', to: 'noncompliant' },
      { from: 'compliant', to: 'in_grace_period' },
    ])
  })

  test.each([
    ['present', 100],
    ['noncompliant', 12],
    ['compliant', 88],
    ['windows', 75],
    ['ios', 25],
    ['android', 0],
    ['silent', 2],
    ['gone', 2],
  ])('that are %s are counted and found', async (show, expected) => {
    const { body } = await json(at(`/devices?show=${show}&limit=200`))
    expect(body.devices).toHaveLength(expected)
    const { text } = await page(at(`/devices?show=${show}`))
    expect(text).toMatch(new RegExp(`data-on=""[^>]*><b>[^<]+</b> ${expected}<`))
  })

  test('are searched by name, user and serial number, within a filter', async () => {
    const search = async (q: string, show = 'present') =>
      names((await json(at(`/devices?q=${encodeURIComponent(q)}&show=${show}&limit=200`))).body)
    expect(await search('LT-00007')).toEqual(['CON-LT-00007'])
    expect(await search('user42@')).toEqual(['CON-LT-00042'])
    expect(await search('PF99')).toEqual(['CON-LT-00099'])
    expect(await search('LT-0000', 'noncompliant')).toHaveLength(9)
    expect(await search('%')).toEqual([])
  })

  test('are read part by part, in every order, there and back', async () => {
    for (const sort of ['name', '-name', 'changed', '-first_seen'])
      for (const show of ['present', 'ios']) {
        const path = at(`/devices?sort=${sort}&show=${show}`)
        const whole = names((await json(`${path}&limit=200`)).body)
        const parts: string[][] = []
        let back = ''
        for (let next = `${path}&limit=30`; next; ) {
          const { body } = await json(next)
          parts.push(names(body))
          back = body.previous ?? back
          next = body.next
        }
        expect(parts.flat()).toEqual(whole)
        if (parts.length > 1) expect(names((await json(back)).body)).toEqual(parts.at(-2))
      }
  })

  test('have a page each, with what became of their state', async () => {
    const { text } = await page(at('/devices/1'))
    expect(text).toMatch(/CON-LT-00001.*Not compliant.*user1@contoso\.example/s)
    expect(text).toMatch(/In grace period.*Not compliant.*Compliant.*In grace period/s)
    expect((await page(at('/devices/2'))).text).toContain('Its state has not changed')
    expect((await page(at('/devices/nobody'))).status).toBe(404)
  })
})
