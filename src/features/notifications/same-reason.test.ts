import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import type { PersonalActor } from '../../access/index.ts'
import { REASON_CODES, type ReasonCode, sayer, wordsFor } from '../../engine/reasons/index.ts'
import { REASON_SAMPLES } from '../../engine/reasons/reasons.samples.ts'
import { LANGUAGES, type Language } from '../../kernel/index.ts'
import { letterAbout } from './letter.ts'
import { letterOf } from './outbox.sql.ts'

const SYNC = 'directory.groups.sync'
const START = 'application/vnd.tenantpilot.provider-start-outcome+json'

let product: InProcess
let person: PersonalActor
let cookie: string
let tenant: Awaited<ReturnType<InProcess['world']['readyTenant']>>
/** A run that ended for each reason, and told it. */
const runs = new Map<ReasonCode, { id: number; notificationId: number }>()
beforeAll(async () => {
  product = await openInProcess()
  const { world } = product
  const { db } = world.database
  const workspaceId = await world.workspace()
  person = await world.person(workspaceId, 'owner')
  await db.updateTable('users').set({ letters: 'always' }).where('id', '=', person.userId).execute()
  cookie = await product.signIn(person)
  tenant = await world.readyTenant(workspaceId)
  const started = await world.start(person, tenant, SYNC)
  const first = started.kind === 'decided' ? started.outcome.run.id : 0
  await product.ask('POST', `/admin/operations/${first}/cancel`, { cookie })
  for (const code of REASON_CODES) {
    const { rows } = await sql<{ id: number; notificationId: number }>`
      with run as (
        insert into operation_runs (workspace_id, tenant_id, initiator_id, initiator_name, operation, status, outcome,
          reason, directory_id, scope_key, identity, provider_connection_id, admitted_at, finished_at)
        select workspace_id, tenant_id, initiator_id, initiator_name, operation, 'completed', 'failed',
          ${JSON.stringify(REASON_SAMPLES[code])}::text::jsonb, directory_id, scope_key, identity,
          provider_connection_id, admitted_at, now()
        from operation_runs where id = ${first} returning id, initiator_id
      )
      insert into notifications (user_id, run_id) select initiator_id, id from run
      returning id as "notificationId", run_id as id`.execute(db)
    if (rows[0]) runs.set(code, rows[0])
  }
})
afterAll(() => product.world.abandon())

/** Text as a reader has it: without tags, entities and the breaks of lines. */
const readable = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')

const get = async (path: string, language: Language, headers = {}) =>
  (await product.ask('GET', path, { cookie, 'accept-language': language, ...headers })).text()

test.each(LANGUAGES.flatMap((language) => REASON_CODES.map((code) => [code, language] as const)))(
  '%s reads the same wherever an ended operation is told of (%s)',
  async (code, language) => {
    const run = runs.get(code) ?? { id: 0, notificationId: 0 }
    const said = wordsFor(REASON_SAMPLES[code], language, sayer(language, 'UTC'))

    const page = readable(await get(`/admin/operations/${run.id}`, language))
    expect(page).toContain(said.label)
    expect(page).toContain(`${said.explanation} ${said.cause}`)
    const wire = JSON.parse(
      await get(`/admin/operations/${run.id}`, language, { accept: 'application/json' }),
    )
    expect(wire).toMatchObject({ shortReason: said.label, reasonCode: code })
    const around = { before: run.id + 1, told: run.notificationId + 1 }
    const listed = readable(await get(`/admin/operations?before=${around.before}`, language))
    expect(listed).toContain(`#${run.id}`)
    expect(listed).toContain(said.label)
    expect(readable(await get(`/admin/notifications?before=${around.told}`, language))).toContain(said.label)

    const facts = await letterOf(product.world.database.db, run.notificationId, person.userId)
    if (!facts) throw new Error('nothing to tell')
    const { text } = letterAbout({ ...facts, language }, 'https://pilot.example')
    expect(text).toContain(said.label)
    expect(text).toContain(`${said.explanation} ${said.cause}`)
  },
)

test.each(LANGUAGES)(
  'and the answer to a start says it as the run that it leaves does (%s)',
  async (language) => {
    await product.world.archive(tenant)
    const path = `/admin/t/${tenant.directoryId}/provider-actions/${SYNC}/start`
    const answer = await product.ask('POST', path, { cookie, accept: START, 'accept-language': language })
    const outcome = (await answer.json()) as {
      shortReason: string
      operatorMessage: string
      run: { id: number }
    }

    const page = readable(await get(`/admin/operations/${outcome.run.id}`, language))

    expect(outcome.shortReason.length).toBeGreaterThan(0)
    expect(page).toContain(outcome.shortReason)
    const listed = readable(await get('/admin/operations', language))
    expect(listed).toContain(outcome.shortReason)
  },
)
