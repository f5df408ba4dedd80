import type { Child } from 'hono/jsx'
import { roleMay } from '../../access/index.ts'
import { explain, forecast } from '../../engine/gate/index.ts'
import {
  BOOTSTRAP_OPERATIONS,
  forbidden,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { connectionsOfTenant, NOT_ASKED, reportOfRun, verdictOf } from '../connections/index.ts'
import { ActivatePart, SummaryPart } from './activate-part.tsx'
import { factsOf, permitted, tagOf } from './at-hand.ts'
import { beginSession } from './begin-session.ts'
import { BootstrapPart } from './bootstrap-part.tsx'
import { ConnectPart } from './connect-part.tsx'
import { IdentifyPart, type IdentifyProps } from './identify-part.tsx'
import { ListPage } from './list-page.tsx'
import { NotYetPart } from './not-yet-part.tsx'
import { isStepName, ONBOARDING, type SessionFacts, type StepName, sessionHref } from './onboarding.ts'
import { sessionJson } from './session-json.ts'
import { SessionBody, SessionPage, type SessionPageProps } from './session-page.tsx'
import { endedSessions, openSessions, sessionFor } from './sessions.sql.ts'
import { type Progress, progressOf } from './steps.ts'
import { VerifyPart } from './verify-part.tsx'

const ONE = `${ONBOARDING}/:onboarding` as const

/** Where onboarding begins, and one session with the step that is next or asked for. */
export const sessionRoutes: Routes = (app, web) => {
  app.get(ONBOARDING, async (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    const { actor, workspace } = await workplaceOf(web, c)
    if (!roleMay(workspace.role, 'workspace.onboarding.manage')) return refused(web, c, 'onboarding.view')
    const open = await withFacts(web, await openSessions(web.db, actor, workspace.id))
    const ended = await withFacts(web, await endedSessions(web.db, actor, workspace.id))
    const { reader } = c.var
    if (form === 'json')
      return c.json({ sessions: [...open, ...ended].map((facts) => sessionJson(facts, reader)) })
    return c.html(<ListPage shell={await frameFor(web, c)} reader={reader} open={open} ended={ended} />)
  })

  app.post(ONBOARDING, async (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    const { actor, workspace } = await workplaceOf(web, c)
    if (!roleMay(workspace.role, 'workspace.onboarding.manage')) return refused(web, c, 'onboarding.begin')
    const id = await beginSession(web.db, workspace.id, actor, c.var.correlationId)
    if (representationFor(c, null) === 'html') return c.redirect(sessionHref(id), 303)
    const session = await sessionFor(web.db, actor, id)
    if (!session) return problem(web, c, 'not_found')
    const headers = { Location: sessionHref(id), ETag: tagOf(session) }
    return c.json(sessionJson(await factsOf(web, session), c.var.reader), 201, headers)
  })

  app.get(ONE, async (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    const at = await permitted(web, c, 'onboarding.view')
    if (!at.ok) return at.answer
    const facts = await factsOf(web, at.value)
    c.header('ETag', tagOf(facts))
    return form === 'json' ? c.json(sessionJson(facts, c.var.reader)) : showSession(web, c, facts)
  })
}

const refused = (web: Web, c: Request, action: string) =>
  forbidden(web, c, { action, targetKind: 'onboarding_session', targetId: null })

const withFacts = (web: Web, sessions: readonly Parameters<typeof factsOf>[1][]) =>
  Promise.all(sessions.map((session) => factsOf(web, session)))

type Typed = Pick<IdentifyProps, 'typed' | 'flaws'>
const NOTHING_TYPED: Typed = { typed: { directory: '', name: '' }, flaws: {} }

/** The page of a session; with what was typed and what is wrong with it, that is said (422). */
export async function showSession(web: Web, c: Request, facts: SessionFacts, typed = NOTHING_TYPED) {
  const { reader } = c.var
  const progress = progressOf(facts)
  const asked = c.req.query('step') ?? ''
  const shown = isStepName(asked) ? asked : progress.current
  const props = { reader, facts, progress, shown, live: liveness(facts, shown) }
  const part = await partOf(web, c, facts, { progress, shown, typed })
  if (c.req.header('hx-request')) return c.html(<SessionBody {...props}>{part}</SessionBody>)
  const page = (
    <SessionPage {...props} shell={await frameFor(web, c)}>
      {part}
    </SessionPage>
  )
  return c.html(page, Object.keys(typed.flaws).length > 0 ? 422 : 200)
}

/** A step with fields stays as it is while somebody types; the others look by themselves. */
function liveness(
  { bootstrap, state, verification }: SessionFacts,
  shown: StepName,
): SessionPageProps['live'] {
  const isWorking =
    verification.kind === 'checking' ||
    bootstrap.some((step) => step.state === 'active' || (step.state === 'pending' && state !== 'cancelled'))
  if (shown === 'verify') return isWorking ? 'moves' : 'rests'
  if (shown === 'bootstrap' && bootstrap.length > 0) return isWorking ? 'moves' : 'rests'
  return state !== 'open' && isWorking ? 'moves' : 'still'
}

interface Shown {
  readonly progress: Progress
  readonly shown: StepName
  readonly typed: Typed
}

async function partOf(
  web: Web,
  c: Request,
  facts: SessionFacts,
  { progress, shown, typed }: Shown,
): Promise<Child> {
  const { reader } = c.var
  const offered = BOOTSTRAP_OPERATIONS.filter((code) => web.gate.supported.has(code))
  if (facts.state !== 'open' && shown === progress.current && shown === 'activate')
    return (
      <>
        <SummaryPart facts={facts} reader={reader} />
        <div class="mt-6">
          <BootstrapPart facts={facts} reader={reader} offered={offered} />
        </div>
      </>
    )
  if (progress.steps[shown] === 'later')
    return <NotYetPart facts={facts} progress={progress} reader={reader} />
  switch (shown) {
    case 'identify':
      return <IdentifyPart {...typed} facts={facts} reader={reader} />
    case 'connect':
      return connectPart(web, c, facts)
    case 'verify':
      return verifyPart(web, c, facts)
    case 'bootstrap':
      return <BootstrapPart facts={facts} reader={reader} offered={offered} />
    case 'activate':
      return facts.state === 'open' ? (
        <ActivatePart facts={facts} reader={reader} />
      ) : (
        <SummaryPart facts={facts} reader={reader} />
      )
  }
}

async function connectPart(web: Web, c: Request, facts: SessionFacts) {
  const { actor } = personOf(c)
  const connections = facts.tenant ? await connectionsOfTenant(web.db, facts.tenant.id, actor) : []
  const hasCentralApp = web.providers.platform !== null
  return (
    <ConnectPart
      facts={facts}
      reader={c.var.reader}
      connections={connections}
      hasCentralApp={hasCentralApp}
    />
  )
}

async function verifyPart(web: Web, c: Request, facts: SessionFacts): Promise<Child> {
  const { connection, tenant, verification } = facts
  if (!tenant || !connection) return null
  const { actor } = personOf(c)
  const [ahead] = await forecast(web.gate, actor, facts.workspaceId, tenant.id)
  if (!ahead) return null
  const answer = await explain(web.gate, {
    actor,
    target: { kind: 'tenant', tenantId: tenant.id },
    surface: 'onboarding',
    operation: 'provider.connection.check',
    parsed: { ok: true, input: { connectionId: connection.id, selection: {}, sourceSurface: null } },
    idempotency: null,
    correlationId: c.var.correlationId,
  })
  const verdict = answer.kind === 'explained' ? verdictOf(answer.draft, connection.id) : NOT_ASKED
  const [chosen] = (await connectionsOfTenant(web.db, tenant.id, actor)).filter(
    ({ id }) => id === connection.id,
  )
  const report =
    'at' in verification ? ((await reportOfRun(web.db, tenant.id, verification.runId)) ?? null) : null
  const ground = { ...ahead.ground, connection: chosen?.facts ?? null }
  return <VerifyPart facts={facts} reader={c.var.reader} verdict={verdict} ground={ground} report={report} />
}
