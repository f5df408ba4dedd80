import { asConnectionId } from '../../kernel/index.ts'
import {
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import {
  addTypedConnection,
  type ConnectionFlaws,
  formWords,
  issuesOf,
  type TypedConnection,
  tenantToConnect,
  typedConnection,
  typedHidden,
} from '../connections/index.ts'
import { factsOf, permitted } from './at-hand.ts'
import { answerChange } from './change-answer.tsx'
import { asked } from './change-session.pages.tsx'
import { chooseConnection } from './choose-connection.ts'
import { NewConnectionPage } from './new-connection-page.tsx'
import { ONBOARDING, type OnboardingSession } from './onboarding.ts'
import { changesSince, sessionFor } from './sessions.sql.ts'
import { saidOf } from './stale-page.tsx'

const ONE = `${ONBOARDING}/:onboarding` as const

/** The form that adds a connection to the tenant of a session, and what it sends to: it is chosen at once. */
export const newConnectionRoutes: Routes = (app, web) => {
  app.get(`${ONE}/new-connection`, async (c) => {
    const at = await permitted(web, c, 'onboarding.connect')
    if (!at.ok) return at.answer
    const objection = objectionTo(at.value)
    if (objection) return problem(web, c, objection)
    const type = web.providers.platform ? (c.req.query('type') ?? '') : ''
    const label = type === 'platform' ? formWords(c.var.reader.language).choice.platform : ''
    return formPage(web, c, at.value, { typed: typedConnection({ type, label }), flaws: {} })
  })

  app.post(`${ONE}/new-connection`, async (c) => {
    const at = await asked(web, c, 'onboarding.connect')
    if (!at.ok) return at.answer
    const { by, fields, seen, session } = at.value
    const objection = objectionTo(session)
    if (objection) return problem(web, c, objection)
    const typed = typedConnection(fields)
    if (by.expectedVersion !== null && by.expectedVersion !== session.version)
      return tooLate(web, c, session, typed, seen)
    const tenant = session.tenant && (await tenantToConnect(web.db, session.tenant.directoryId, by.actor))
    if (!tenant) return problem(web, c, 'not_found')
    const added = await addTypedConnection(web, tenant, by, { typed, hidden: typedHidden(fields) })
    if (!added.ok) return refused(web, c, session, typed, added.flaws)
    const came = await chooseConnection(web.db, session.id, by, asConnectionId(added.value))
    const sent = { connectionId: String(added.value) }
    return answerChange(web, c, { session, seen, came, sent, to: 'connect' })
  })
}

/** A connection is added to the tenant of an open session. */
function objectionTo({ state, tenant }: OnboardingSession) {
  if (state !== 'open') return 'onboarding_ended'
  return tenant && tenant.state !== 'archived' ? null : 'onboarding_not_there_yet'
}

/** A program gets the fields that are wrong, a person the form with what was typed. */
function refused(
  web: Web,
  c: Request,
  session: OnboardingSession,
  typed: TypedConnection,
  flaws: ConnectionFlaws,
): Response | Promise<Response> {
  if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', issuesOf(c, flaws))
  return formPage(web, c, session, { typed, flaws })
}

/** Somebody was faster: the form again with what was typed, but for what is secret. */
async function tooLate(
  web: Web,
  c: Request,
  session: OnboardingSession,
  typed: TypedConnection,
  seen: number,
) {
  const changes = (await changesSince(web.db, session, seen)).map((change) => saidOf(change, c.var.reader))
  if (representationFor(c, null) === 'json')
    return problem(
      web,
      c,
      'onboarding_stale',
      changes.map((detail) => ({ pointer: '/version', detail })),
    )
  const now = (await sessionFor(web.db, personOf(c).actor, session.id)) ?? session
  return formPage(web, c, now, { typed, flaws: {}, changes })
}

interface Form {
  readonly typed: TypedConnection
  readonly flaws: ConnectionFlaws
  readonly changes?: readonly string[]
}

async function formPage(
  web: Web,
  c: Request,
  session: OnboardingSession,
  { changes = [], flaws, typed }: Form,
) {
  const props = { shell: await frameFor(web, c), reader: c.var.reader, facts: await factsOf(web, session) }
  const isWrong = Object.keys(flaws).length > 0
  const status = changes.length > 0 ? 409 : isWrong ? 422 : 200
  return c.html(<NewConnectionPage {...props} typed={typed} flaws={flaws} changes={changes} />, status)
}
