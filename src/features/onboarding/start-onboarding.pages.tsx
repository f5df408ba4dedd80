import { definitionOf, isOperationCode } from '../../engine/catalog/index.ts'
import { explain, type StartAsk } from '../../engine/gate/index.ts'
import { asConnectionId, type Json } from '../../kernel/index.ts'
import {
  BOOTSTRAP_OUTCOME_TYPE,
  type BootstrapEndpoint,
  type BootstrapPlace,
  type CameFrom,
  explainedAt,
  namedConnection,
  parseBootstrap,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type StartEndpoint,
  type Web,
  wireBootstrap,
} from '../../web/index.ts'
import { connectionById } from '../connections/index.ts'
import { type AtHand, factsOf, permitted, sessionInPath, versionInHeader } from './at-hand.ts'
import { isVerified, ONBOARDING, type OnboardingSession, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { orderNow } from './order-now.ts'
import { sessionFor } from './sessions.sql.ts'

const ONE = `${ONBOARDING}/:onboarding` as const

/** The two starts of a session, each with what it would be answered now: the check, and the bootstrap. */
export const startOnboardingRoutes =
  (start: StartEndpoint, bootstrap: BootstrapEndpoint): Routes =>
  (app, web) => {
    app.post(`${ONE}/provider-actions/:operation/start`, async (c) => {
      const at = await sessionToStartIn(web, c)
      if (!at.ok) return at.answer
      const session = at.value
      const stale = objectionToVersion(web, c, session)
      if (stale) return stale
      if (session.state !== 'open') return problem(web, c, 'onboarding_ended')
      if (!session.tenant) return problem(web, c, 'onboarding_not_there_yet')
      return start(c, {
        surface: 'onboarding',
        operation: c.req.param('operation'),
        target: { kind: 'tenant', tenantId: session.tenant.id },
        usualConnectionId: session.connection?.id ?? null,
        from: cameFrom(c, session),
      })
    })

    app.get(`${ONE}/provider-actions/:operation/explain`, async (c) => {
      const at = await sessionToStartIn(web, c)
      if (!at.ok) return at.answer
      const { connection, state, tenant } = at.value
      if (state !== 'open') return problem(web, c, 'onboarding_ended')
      if (!tenant) return problem(web, c, 'onboarding_not_there_yet')
      const given = { connectionId: connection?.id ?? null }
      const target = { kind: 'tenant', tenantId: tenant.id } as const
      return explainedAt(web, c, {
        target,
        operation: c.req.param('operation'),
        surface: 'onboarding',
        given,
      })
    })

    app.post(`${ONE}/provider-bootstrap/start`, (c) =>
      bootstrap(c, (_, connectionId) => bootstrapPlace(web, c, connectionId)),
    )

    app.get(`${ONE}/provider-bootstrap/explain`, (c) => explainBootstrap(web, c))
  }

/** The session of the path for a start of this surface, for somebody who may onboard. */
async function sessionToStartIn(web: Web, c: Request): Promise<AtHand<OnboardingSession>> {
  const operation = c.req.param('operation') ?? ''
  const isOffered = isOperationCode(operation) && definitionOf(operation).surfaces.includes('onboarding')
  if (isOffered) return permitted(web, c, 'operation.start')
  await sessionInPath(web, c)
  return { ok: false, answer: problem(web, c, 'not_found') }
}

/** A start needs no version; one that names a version is for that one. */
function objectionToVersion(web: Web, c: Request, { version }: OnboardingSession) {
  const seen = versionInHeader(c)
  if (seen === undefined) {
    const { versionMissing } = onboardingWords(c.var.reader.language)
    return problem(web, c, 'malformed', [{ pointer: '/If-Match', detail: versionMissing }])
  }
  return seen === null || seen === version ? null : problem(web, c, 'onboarding_stale')
}

/** The session of the path with the connection that is asked for in it: neither is told from one that is not there. */
async function bootstrapPlace(
  web: Web,
  c: Request,
  connectionId: number | null,
): Promise<BootstrapPlace | Response> {
  const session = await sessionInPath(web, c)
  if (!session) return problem(web, c, 'not_found')
  if (connectionId !== null) {
    const connection = await connectionById(web.db, asConnectionId(connectionId), personOf(c).actor)
    if (!connection || connection.tenant.id !== session.tenant?.id) return problem(web, c, 'not_found')
  }
  const at = await permitted(web, c, 'operation.start')
  if (!at.ok) return at.answer
  const expectedVersion = versionInHeader(c)
  if (expectedVersion === undefined) return (await objectionToVersion(web, c, session)) as Response
  return {
    sessionId: session.id,
    tenantId: session.tenant?.id ?? null,
    connectionId: session.connection?.id ?? null,
    role: session.role,
    objection: objectionTo(session),
    stillHolds: async (tx) => {
      const now = await sessionFor(tx, personOf(c).actor, session.id)
      return now !== undefined && objectionTo(now) === null
    },
    expectedVersion,
    from: cameFrom(c, session),
  }
}

/** A bootstrap needs a connection that a check has let in; after activation only what is left of it goes on. */
function objectionTo(session: OnboardingSession) {
  if (session.state === 'cancelled') return 'onboarding_ended'
  if (session.state === 'completed') return null
  return session.tenant && session.connection && isVerified(session) ? null : 'onboarding_not_there_yet'
}

const cameFrom = (c: Request, { id, tenant }: OnboardingSession): CameFrom => {
  const words = onboardingWords(c.var.reader.language)
  const name = tenant?.name ?? words.list.nameless
  const href = sessionHref(id)
  return {
    href,
    label: words.title,
    crumbs: [
      { label: words.title, href: ONBOARDING },
      { label: name, href },
    ],
    at: ONBOARDING,
  }
}

/** What the start of a bootstrap would be answered now; starts nothing and changes no order. */
async function explainBootstrap(web: Web, c: Request): Promise<Response> {
  if (representationFor(c, BOOTSTRAP_OUTCOME_TYPE) === null) return problem(web, c, 'not_acceptable')
  const fields = queryFields(c)
  const connectionId = namedConnection(fields)
  const place = await bootstrapPlace(web, c, connectionId)
  if (place instanceof Response) return place
  const parsed = parseBootstrap(fields, place.role, c.var.reader.language)
  if (!parsed.ok) return problem(web, c, 'malformed', parsed.issues)
  const session = await sessionInPath(web, c)
  if (place.objection) return problem(web, c, place.objection)
  if (!session?.tenant) return problem(web, c, 'not_found')
  const { bootstrap } = await factsOf(web, session)
  const order = orderNow(bootstrap, parsed.operations)
  const operation = order.next
  if (!operation) return problem(web, c, 'malformed')
  const ask: StartAsk = {
    actor: personOf(c).actor,
    target: { kind: 'tenant', tenantId: session.tenant.id },
    surface: 'bootstrap',
    operation,
    parsed: { ok: true, input: { connectionId, selection: {}, sourceSurface: null } },
    idempotency: null,
    correlationId: c.var.correlationId,
  }
  const answer = await explain(web.gate, ask)
  if (answer.kind === 'forbidden') return problem(web, c, 'forbidden')
  if (answer.kind !== 'explained') return problem(web, c, 'not_found')
  const run = answer.holder && { id: answer.holder.runId, status: 'running' as const, tries: 1 }
  const said = { ...answer.draft, run }
  const wire = wireBootstrap(said, order.after(answer.draft.kind), answer.role, c.var.reader)
  return c.body(JSON.stringify(wire), 200, { 'Content-Type': BOOTSTRAP_OUTCOME_TYPE })
}

/** Query fields as a body would have them. */
const queryFields = (c: Request): { [name: string]: Json } => {
  const id = c.req.query('providerConnectionId')
  return {
    ...(id !== undefined && { providerConnectionId: /^\d{1,16}$/.test(id) ? Number(id) : id }),
    ...(c.req.queries('selectedOperations') && {
      selectedOperations: c.req.queries('selectedOperations') ?? [],
    }),
  }
}
