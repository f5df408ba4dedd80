import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import { CATALOG, OPERATION_CODES, type OperationCode } from '../../engine/catalog/index.ts'
import { grantState, permissionNeeds } from './permission-needs.ts'

const AT = new Date('2026-03-01T12:00:00Z')
const LIMIT = { at: AT, maxAgeDays: 7 }
const allOf = (code: OperationCode) =>
  [...CATALOG[code].required, ...Object.values(CATALOG[code].perType)].map(({ permission }) => permission)
const GROUPS = permissionNeeds(['directory.groups.sync'])[0]

describe('what is needed', () => {
  test('names each permission once, with every operation that is blocked without it', () => {
    const needs = permissionNeeds(OPERATION_CODES)

    expect(new Set(needs.map(({ permission }) => permission)).size).toBe(needs.length)
    const configuration = needs.find(
      ({ permission }) => permission === 'DeviceManagementConfiguration.Read.All',
    )
    expect(configuration?.requiredBy).toEqual(
      expect.arrayContaining(['inventory.sync', 'compliance.snapshot', 'policy.backup']),
    )
    expect(configuration?.wider).toEqual(['DeviceManagementConfiguration.ReadWrite.All'])
    const policies = needs.find(({ permission }) => permission === 'Policy.Read.All')
    expect(policies?.requiredBy).toEqual([])
    expect(policies?.partsOf).toContainEqual({ operation: 'inventory.sync', part: 'conditional_access' })
  })

  test.each([
    ['nothing seen', null, { kind: 'unknown', wasGranted: null }],
    ['granted', ['Group.Read.All'], { kind: 'granted', through: 'Group.Read.All' }],
    ['granted widely', ['Directory.Read.All'], { kind: 'granted', through: 'Directory.Read.All' }],
    [
      'the least of several',
      ['Directory.Read.All', 'Group.Read.All'],
      { kind: 'granted', through: 'Group.Read.All' },
    ],
    ['not granted', ['Policy.Read.All'], { kind: 'missing' }],
  ])('%s', (_what, permissions, expected) => {
    const evidence = permissions && { permissions, seenAt: '2026-02-28T12:00:00Z' }
    expect(GROUPS && grantState(GROUPS, evidence, LIMIT)).toEqual(expected)
  })

  test('what was seen too long ago counts as unknown, as at a start', () => {
    const seenAt = '2026-02-22T11:59:59Z'
    const state = (permissions: string[]) => GROUPS && grantState(GROUPS, { permissions, seenAt }, LIMIT)
    expect(state(['Group.Read.All'])).toEqual({ kind: 'unknown', wasGranted: true })
    expect(state([])).toEqual({ kind: 'unknown', wasGranted: false })
  })
})

describe('the page', () => {
  let product: InProcess
  let cookie: string
  let workspaceId: number
  beforeAll(async () => {
    product = await openInProcess()
    workspaceId = await product.world.workspace()
    cookie = await product.signIn(await product.world.person(workspaceId, 'readonly'))
  })
  afterAll(() => product.world.close())

  const get = (id: number, accept: string) =>
    product.ask('GET', `/admin/provider-connections/${id}/permissions`, { cookie, accept })
  const connected = async (granted: string[] | null) => {
    const tenant = await product.world.tenant(workspaceId)
    return { tenant, id: await product.world.connection(tenant, { granted }) }
  }

  test('tells what is missing, how to grant it, and gives the names to copy', async () => {
    const { id } = await connected(['Directory.Read.All', 'DeviceManagementConfiguration.Read.All'])

    const text = await (await get(id, 'text/html')).text()

    expect(text).toContain('Granted through Directory.Read.All')
    expect(text).toMatch(/data-copy="[^"]*DeviceManagementManagedDevices\.Read\.All/)
    expect(text).not.toMatch(/data-copy="[^"]*Group\.Read\.All/)
    expect(text).toContain('App registrations → All applications')
    expect(text).toContain('Also accepted: DeviceManagementManagedDevices.ReadWrite.All.')
    expect(text).toContain('conditional access policies')
  })

  test('names what the check can read with, without holding it against the app', async () => {
    const { id } = await connected(OPERATION_CODES.flatMap((code) => allOf(code)))

    const text = await (await get(id, 'text/html')).text()

    expect(text).toContain('Everything required is granted')
    expect(text).toMatch(/data-copy="Organization\.Read\.All"/)
    expect(text).toContain('Not granted, optional')
    expect(text).toContain('Optional for: Check connection')
  })

  test('says that nothing is known before the first check', async () => {
    const { id } = await connected(null)

    const answer = (await (await get(id, 'application/json')).json()) as { permissions: { state: string }[] }
    expect(new Set(answer.permissions.map(({ state }) => state))).toEqual(new Set(['unknown']))
    expect(await (await get(id, 'text/html')).text()).toContain('Nobody has seen yet')
  })

  test('remembers when a check last saw a permission granted', async () => {
    const { id, tenant } = await connected([])
    const { db } = product.world.database
    const report = (runId: number, status: string, days: number) =>
      sql`
      with run as (
        insert into operation_runs (workspace_id, tenant_id, operation, status, outcome, directory_id, scope_key,
          identity, provider_connection_id, admitted_at, finished_at)
        select t.workspace_id, t.id, 'provider.connection.check', 'completed', 'succeeded', t.directory_id,
          t.scope_key, 'past', ${id}, now(), now() from tenants t where t.id = ${tenant.id} returning id
      )
      insert into verification_reports (run_id, tenant_id, connection_id, checks, fingerprint, created_at)
      select id, ${tenant.id}, ${id},
        jsonb_build_array(jsonb_build_object('subject', 'permission', 'permission', 'Group.Read.All', 'status', ${status}::text)),
        ${`f${runId}`}, now() - ${days} * interval '1 day' from run`.execute(db)
    await report(1, 'passed', 5)
    await report(2, 'failed', 1)

    const text = await (await get(id, 'text/html')).text()
    expect(text).toContain('Last seen granted 5 days ago.')
    expect(text).toContain('Never seen granted by a check.')
    await product.world.database.db.deleteFrom('operation_runs').execute()
  })
})
