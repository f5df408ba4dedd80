import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseReason, type ReasonCode, sayer, wordsFor } from '../../src/engine/reasons/index.ts'
import { faultsChange } from '../../src/sandbox/faults.ts'
import { REFUSALS } from '../../src/sandbox/sign-in/refusals.ts'
import {
  CHECK,
  type FaultScene,
  type FaultyTenant,
  faultScene,
  SYNC,
  type ToldRun,
} from '../world/faulty-tenant.ts'
import { changeGroups, FAULTS, type Row, type Told } from './faults.table.ts'

const LANGUAGES = ['en', 'de'] as const

let scene: FaultScene
beforeAll(async () => {
  scene = await faultScene(Object.keys(FAULTS).length + 3)
})
afterAll(() => scene?.close())

test('every fault of the sandbox and every refusal of a sign-in has its row', () => {
  const rows = Object.values(FAULTS)
  const struck = new Set(rows.flatMap(({ faults }) => Object.keys(faults)))
  const refused = new Set(rows.map(({ faults }) => faults.tokenFault))

  expect(Object.keys(faultsChange.shape).filter((name) => !struck.has(name))).toEqual([])
  expect(Object.keys(REFUSALS).filter((name) => !refused.has(name as never))).toEqual([])
})

describe.each(Object.entries(FAULTS))('%s', (_, row) => {
  test(`an operator who syncs groups sees that it ${sentenceOf(row.told)}`, async () => {
    const tenant = await scene.tenant()
    if (row.changesOnly) await syncedBefore(tenant)
    const runId = await started(tenant)

    await struckWhile(row, tenant, runId)
    if (row.told.kind === 'waits') await expectWaiting(tenant, runId, row.told)
    if (row.told.kind === 'waits' && row.told.ends) await losePatience(tenant, runId)
    if (row.told.kind === 'waits' && !row.told.ends) await waitedToTheEnd(row, tenant, runId)

    const reason = reasonOf(row.told)
    if (reason) await expectFailed(runId, tenant, reason)
    const last = reason ? await wayOut(row, tenant, runId) : runId
    expect(await scene.told(last)).toMatchObject({ executionStatus: 'completed', outcome: 'succeeded' })
    expect(await scene.present(tenant)).toEqual(scene.truth(tenant.directory))
  })
})

function sentenceOf(told: Told): string {
  if (told.kind === 'transparent') return 'goes through'
  const reason = reasonOf(told)
  return `${told.kind === 'waits' ? `waits (${told.for})` : ''}${reason ? ` ends with ${reason}` : ''}`.trim()
}

const reasonOf = (told: Told): ReasonCode | null =>
  told.kind === 'fails' ? told.reason : told.kind === 'waits' ? (told.ends ?? null) : null

async function started(tenant: FaultyTenant, operation = SYNC): Promise<number> {
  const answer = await scene.start(tenant, operation)
  expect(answer).toMatchObject({ status: 'accepted' })
  return answer.run.id
}

async function syncedBefore(tenant: FaultyTenant): Promise<void> {
  await scene.work(await started(tenant))
  changeGroups(tenant.directory)
}

async function struckWhile(row: Row, tenant: FaultyTenant, runId: number): Promise<void> {
  const strike = () => {
    Object.assign(tenant.directory.faults, row.faults)
    row.breaks?.(tenant)
  }
  if (!row.midway) strike()
  await scene.work(runId, (page) => row.midway && page === 3 && strike())
}

async function mended(row: Row, tenant: FaultyTenant): Promise<void> {
  tenant.directory.faults = { groupsPageSize: 7 }
  await row.mends?.(tenant)
}

async function waitedToTheEnd(row: Row, tenant: FaultyTenant, runId: number): Promise<void> {
  await mended(row, tenant)
  await scene.passTime(tenant)
  await scene.work(runId)
}

async function losePatience(tenant: FaultyTenant, runId: number): Promise<void> {
  await scene.loseTime(runId)
  await scene.passTime(tenant)
  await scene.work(runId)
}

const UNTIL = { en: /Waits for Microsoft until \d\d:\d\d/, de: /Wartet auf Microsoft bis \d\d:\d\d/ }
const WHY = {
  throttle_window: { en: 'asked for a pause', de: 'um eine Pause' },
  unasked: { en: 'did not say for how long', de: 'nicht gesagt, für wie lange' },
  answer: { en: 'could not be reached', de: 'nicht erreichbar' },
}
const HOLDER = {
  en: (runId: number) => `Held by Operation #${runId} `,
  de: (runId: number) => `Belegt durch Vorgang #${runId} `,
}
const LISTED = { en: /for Microsoft until \d\d:\d\d/, de: /auf Microsoft bis \d\d:\d\d/ }

async function expectWaiting(
  tenant: FaultyTenant,
  runId: number,
  told: Extract<Told, { kind: 'waits' }>,
): Promise<void> {
  for (const language of LANGUAGES) {
    const page = await scene.read(`/admin/operations/${runId}`, language)
    expect(page).toMatch(UNTIL[language])
    expect(page).toContain(WHY[told.isUnasked ? 'unasked' : told.for][language])
    expectOperatorWords(page)
    expect(await scene.read(`/admin/t/${tenant.directoryId}/directory/groups`, language)).toContain(
      HOLDER[language](runId),
    )
    expect(await scene.read('/admin/operations?show=active', language)).toMatch(LISTED[language])
    const run = await scene.told(runId, language)
    expect(run).toMatchObject({ executionStatus: 'queued', nextSteps: [{ actionType: 'wait' }] })
    expect(run.nextSteps?.[0]?.label).toMatch(UNTIL[language])
    expect(run.reasonCode).toBe(
      told.for === 'throttle_window' ? 'provider_throttled' : 'provider_unreachable',
    )
    expect(page).toContain(run.nextSteps?.[0]?.label)
  }
}

/** What Microsoft or a program calls things stands in diagnostics, which an operator does not have. */
const expectOperatorWords = (page: string) =>
  expect(page).not.toMatch(/AADSTS|invalid_|unauthorized_client|Request_|Directory_|InvalidAuth|provider_/)

async function expectFailed(runId: number, tenant: FaultyTenant, code: ReasonCode): Promise<void> {
  for (const language of LANGUAGES) {
    const run = await scene.told(runId, language)
    expect(run).toMatchObject({ executionStatus: 'completed', outcome: 'failed', reasonCode: code })
    const page = await scene.read(`/admin/operations/${runId}`, language)
    expectOperatorWords(page)
    expect(page).toContain(await explanationOf(runId, language))
    for (const path of ['/admin/operations', '/admin/notifications', `/admin/t/${tenant.directoryId}`])
      expect(await scene.read(path, language)).toContain(run.shortReason)
    expect(run.nextSteps?.length).toBeGreaterThan(0)
    for (const { label } of run.nextSteps ?? []) expect(page).toContain(label)
  }
  for (const role of ['operator', 'owner'] as const) {
    const { nextSteps = [] } = await scene.told(runId, 'en', role)
    const places = nextSteps.flatMap(({ href }) => (href ? [href] : []))
    for (const place of places) expect(await scene.status(place, role), place).toBe(200)
  }
}

async function explanationOf(runId: number, language: (typeof LANGUAGES)[number]): Promise<string> {
  const { reason: kept } = await scene.product.world.database.db
    .selectFrom('operation_runs')
    .select('reason')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  const reason = parseReason(kept)
  if (!reason) throw new Error('The run has no reason.')
  return wordsFor(reason, language, sayer(language, 'UTC')).explanation
}

/** Takes the steps that the run's page offers once the fault is mended; the answer is the sync that came of it. */
async function wayOut(row: Row, tenant: FaultyTenant, runId: number): Promise<number> {
  const { nextSteps = [] } = await scene.told(runId)
  if (isToWait(nextSteps)) await expectHeldBack(tenant)
  await mended(row, tenant)
  if (isToWait(nextSteps)) await scene.passTime(tenant)
  if (nextSteps.some(({ href }) => href?.endsWith('#check'))) await checkedWell(tenant)
  const again = await started(tenant)
  await scene.work(again)
  return again
}

const isToWait = (steps: NonNullable<ToldRun['nextSteps']>) =>
  steps.length === 1 && steps[0]?.actionType === 'wait'

async function expectHeldBack(tenant: FaultyTenant): Promise<void> {
  expect(await scene.start(tenant, SYNC)).toMatchObject({
    status: 'blocked',
    reasonCode: 'provider_throttled',
  })
}

async function checkedWell(tenant: FaultyTenant): Promise<void> {
  const check = await started(tenant, CHECK)
  await scene.work(check)
  const run = await scene.told(check)
  expect(run).toMatchObject({ executionStatus: 'completed', outcome: 'succeeded' })
}

test('a sync that waits for Microsoft says until when wherever it is shown, and goes on joining starts', async () => {
  const tenant = await scene.tenant()
  tenant.directory.faults.serverError = 503
  const runId = await started(tenant)
  await scene.work(runId)

  const state = `/admin/operations/${runId}?part=state`
  const answers = [await scene.start(tenant, SYNC), await scene.start(tenant, CHECK)]
  expect(answers.map(({ run, status }) => [status, run.id])).toEqual([
    ['deduped', runId],
    ['scope_busy', runId],
  ])
  for (const { operatorMessage } of answers)
    expect(operatorMessage).toMatch(/It waits for Microsoft until .*UTC and then goes on by itself\./)
  for (const language of LANGUAGES) {
    expect(await scene.read(state, language, 'operator', true)).toMatch(LISTED[language])
    expect(await scene.read('/admin/activity', language)).toMatch(STRIP[language])
    for (const list of ['/admin/operations', `/admin/t/${tenant.directoryId}`])
      expect(await scene.read(list, language)).toMatch(LISTED[language])
  }
})

const STRIP = { en: /waits until \d\d:\d\d:\d\d UTC/, de: /wartet bis \d\d:\d\d:\d\d UTC/ }

test('a permission that Microsoft refused counts as missing until a check sees it again', async () => {
  const tenant = await scene.tenant()
  Object.assign(tenant.directory.faults, { revokePermission: 'Group.Read.All' })
  await scene.work(await started(tenant))

  expect(await scene.start(tenant, SYNC)).toMatchObject({
    status: 'blocked',
    reasonCode: 'provider_permission_missing',
  })
  expect(await scene.read(`/admin/t/${tenant.directoryId}`)).toContain('Group.Read.All')
})

test('what support at Microsoft asks for stands in the diagnostics, and only there', async () => {
  const tenant = await scene.tenant()
  tenant.directory.faults.tokenFault = 'scope_invalid'
  const runId = await started(tenant)
  await scene.work(runId)

  const page = await scene.read(`/admin/operations/${runId}`, 'en', 'owner')
  const [before = '', diagnostics = ''] = page.split(' Diagnostics reason code,')
  expect(before).not.toContain('AADSTS')
  expect(diagnostics).toMatch(
    /From Microsoft AADSTS70011 HTTP 400, .*client-request-id [0-9a-f-]{36}, trace /,
  )
  expect(page).not.toContain(tenant.secret)
})
