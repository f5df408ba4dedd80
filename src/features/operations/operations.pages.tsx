import { roleMay } from '../../access/index.ts'
import { definitionOf, isOperationCode } from '../../engine/catalog/index.ts'
import { parseDirectoryId, parseRecordId } from '../../kernel/index.ts'
import { Also } from '../../web/components/index.ts'
import {
  activityOf,
  frameFacts,
  frameFor,
  navigation,
  nextHref,
  partAsked,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  webWords,
  workplaceOf,
} from '../../web/index.ts'
import { Activity, Bell, MovingCount, Page } from '../../web/layout/index.ts'
import { reportOfRun } from '../connections/index.ts'
import { cancelOperation } from './cancel-operation.ts'
import { OperationsList, type RunFilter } from './list-page.tsx'
import { decisionFactsOf, type RunDetail, runCounts, runsOf } from './operations.sql.ts'
import { visibleRun } from './run-in-path.ts'
import { RunBody } from './run-page.tsx'
import { EndedAnswer, RunStateNow } from './run-state-now.tsx'
import { explainAgain } from './start-again.ts'
import { RUN_DETAIL_TYPE, wireRow, wireRun } from './wire-run.ts'

const PAGE = 50

/** Operations: the list, one operation, stopping it, and the strip of what is at work. */
export const operationRoutes: Routes = (app, web) => {
  app.get('/admin/operations', (c) => listPage(web, c))

  app.get('/admin/activity', async (c) => {
    const { actor, workspace } = await workplaceOf(web, c)
    const facts = await frameFacts(web.db, actor, workspace.id)
    const { reader } = c.var
    const words = webWords(reader.language).shell
    const notifications = { href: '/admin/notifications', unread: facts.unread }
    return c.html(
      <>
        <Activity activity={activityOf(facts, reader)} words={words} />
        <Also into="#bell" how="outerMorph">
          <Bell shell={{ notifications, words }} />
        </Also>
        <MovingCount shell={{ navigation: navigation(facts, reader) }} />
      </>,
    )
  })

  app.get('/admin/operations/:run', async (c) => {
    const wanted = representationFor(c, RUN_DETAIL_TYPE)
    if (wanted === null) return problem(web, c, 'not_acceptable')
    const run = await visibleRun(web, c)
    if (!run) return problem(web, c, 'not_found')
    if (!roleMay(run.role, 'tenant.operations.view')) return problem(web, c, 'forbidden')
    if (wanted === 'html') return runPage(web, c, run)
    return c.body(JSON.stringify(wireRun(run, c.var.reader)), 200, { 'Content-Type': RUN_DETAIL_TYPE })
  })

  app.post('/admin/operations/:run/cancel', async (c) => {
    const run = await visibleRun(web, c)
    if (!run) return problem(web, c, 'not_found')
    const became = await cancelOperation(web.db, run, personOf(c).actor, c.var.correlationId)
    if (became === 'forbidden') return problem(web, c, 'forbidden')
    if (representationFor(c, null) === 'json') return c.json({ result: became })
    return c.redirect(`/admin/operations/${run.id}`, 303)
  })
}

async function runPage(web: Web, c: Request, run: RunDetail) {
  const { reader } = c.var
  const diagnoses = roleMay(run.role, 'tenant.operations.diagnose')
  if (c.req.query('part') === 'state' && c.req.header('hx-request')) return answerNow(web, c, run)
  const body = (
    <RunBody
      run={run}
      report={await reportOfRun(web.db, run.tenant_id, run.id)}
      again={await explainAgain(web.gate, personOf(c).actor, run)}
      decisionFacts={diagnoses ? await decisionFactsOf(web.db, run.tenant_id, run.id) : null}
      reader={reader}
    />
  )
  if (c.req.header('hx-request')) return c.html(body)
  const words = webWords(reader.language)
  const number = words.operationNumber(run.id)
  const { title } = definitionOf(run.operation).words[reader.language]
  const shell = await frameFor(web, c)
  const crumbs = [
    { label: shell.workspace.name, href: '/admin' },
    { label: words.operations, href: '/admin/operations' },
    { label: number },
  ]
  return c.html(
    <Page shell={shell} title={`${title} · ${number}`} crumbs={crumbs} at="/admin/operations">
      {body}
    </Page>,
  )
}

/** The state of an answer's run, for its place in the answer; after the end, the answer that takes its place. */
async function answerNow(web: Web, c: Request, run: RunDetail) {
  const named = c.req.query('wanted') ?? ''
  const wanted = isOperationCode(named) ? named : null
  const { reader } = c.var
  if (run.status !== 'completed') return c.html(<RunStateNow run={run} wanted={wanted} reader={reader} />)
  c.header('HX-Retarget', 'closest .answer')
  const report = await reportOfRun(web.db, run.tenant_id, run.id)
  return c.html(<EndedAnswer run={run} report={report} wanted={wanted} reader={reader} />)
}

async function listPage(web: Web, c: Request) {
  const wanted = representationFor(c, null)
  if (wanted === null) return problem(web, c, 'not_acceptable')
  if (wanted === 'json') return listForPrograms(web, c)
  const { actor, workspace } = await workplaceOf(web, c)
  const filter = filterOf(c)
  const found = await runsOf(web.db, workspace.id, actor, { ...filter, limit: PAGE + 1 })
  const more = found.length > PAGE
  const runs = filter.after === null ? found.slice(0, PAGE) : found.slice(-PAGE)
  const { reader } = c.var
  const list = (
    <OperationsList
      runs={runs}
      filter={filter}
      counts={await runCounts(web.db, workspace.id, actor)}
      tenantName={filter.directoryId ? (runs[0]?.tenant_name ?? filter.directoryId) : null}
      pages={pagesOf(filter, runs, more)}
      href={c.req.path + new URL(c.req.url).search}
      reader={reader}
    />
  )
  if (c.req.header('hx-request')) return c.html(list)
  const words = webWords(reader.language)
  return c.html(
    <Page
      shell={await frameFor(web, c)}
      title={words.operations}
      crumbs={[{ label: workspace.name, href: '/admin' }, { label: words.operations }]}
      at="/admin/operations"
    >
      {list}
    </Page>,
  )
}

/** One part of the list, newest first, with the address of the next. */
async function listForPrograms(web: Web, c: Request) {
  const asked = partAsked(c, 'before', SHOWS)
  if (!asked.ok) return problem(web, c, 'malformed', asked.issues)
  const { actor, workspace } = await workplaceOf(web, c)
  const { beyond, limit } = asked.part
  const choice = { ...filterOf(c), before: beyond, limit: limit + 1 }
  const found = await runsOf(web.db, workspace.id, actor, choice)
  const runs = found.slice(0, limit)
  const last = found.length > limit ? runs.at(-1) : undefined
  return c.json({
    operations: runs.map(wireRow),
    ...(last && { next: nextHref(c, 'before', last.id) }),
  })
}

const SHOWS: readonly RunFilter['show'][] = ['all', 'active', 'attention']

function filterOf(c: Request): RunFilter {
  const show = c.req.query('show')
  return {
    show: show === 'active' || show === 'attention' ? show : 'all',
    directoryId: parseDirectoryId(c.req.query('tenant') ?? ''),
    before: parseRecordId(c.req.query('before') ?? ''),
    after: parseRecordId(c.req.query('after') ?? ''),
  }
}

function pagesOf(filter: RunFilter, runs: readonly { id: number }[], more: boolean) {
  const tenant = filter.directoryId ? `&tenant=${filter.directoryId}` : ''
  const at = (way: string) => `/admin/operations?show=${filter.show}${tenant}&${way}`
  const [first] = runs
  const last = runs.at(-1)
  const hasNewer = filter.after === null ? filter.before !== null : more
  const hasOlder = filter.after === null ? more : true
  return {
    newer: hasNewer && first ? at(`after=${first.id}`) : undefined,
    older: hasOlder && last ? at(`before=${last.id}`) : undefined,
  }
}
