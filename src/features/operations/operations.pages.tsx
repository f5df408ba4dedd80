import { roleMay } from '../../access/index.ts'
import { definitionOf, isOperationCode } from '../../engine/catalog/index.ts'
import { Also } from '../../web/components/index.ts'
import {
  activityOf,
  frameFacts,
  frameFor,
  navigation,
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
import { listPage } from './list.pages.tsx'
import { decisionFactsOf, type RunDetail } from './operations.sql.ts'
import { aheadOf, eventsOfRun } from './run-events.sql.ts'
import { visibleRun } from './run-in-path.ts'
import { RunBody } from './run-page.tsx'
import { EndedAnswer, RunStateNow } from './run-state-now.tsx'
import { explainAgain } from './start-again.ts'
import { RUN_DETAIL_TYPE, wireRun } from './wire-run.ts'

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
        <MovingCount shell={{ navigation: navigation(facts, reader, false) }} />
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
      events={await eventsOfRun(web.db, run.tenant_id, run.id)}
      ahead={run.status === 'queued' ? await aheadOf(web.db, run.tenant_id, run.id) : 0}
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
