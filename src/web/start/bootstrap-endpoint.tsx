import type { Role } from '../../access/index.ts'
import { recordFault, type StartOutcome } from '../../engine/gate/index.ts'
import { type BootstrapAnswer, startBootstrap } from '../../engine/waiting/index.ts'
import { match } from '../../kernel/index.ts'
import { representationFor } from '../negotiation.ts'
import { type ProblemKind, problem } from '../problems.tsx'
import { personOf } from '../signed-in.ts'
import type { Request, Web } from '../web.ts'
import { BODY_WORDS } from './body-words.ts'
import { namedConnection, parseBootstrap } from './bootstrap-body.ts'
import { signsOfHolder } from './holder.sql.ts'
import { type RawBody, readBody } from './start-body.ts'
import { answerPage, clientsKey, startLimit } from './start-endpoint.tsx'
import { type CameFrom, OutcomeAnswer } from './start-page.tsx'
import { BOOTSTRAP_OUTCOME_TYPE, wireBootstrap } from './wire-bootstrap.ts'

/** The session in which a bootstrap is asked for, as its asker sees it. */
export interface BootstrapPlace {
  readonly sessionId: number
  readonly tenantId: number | null
  /** The connection that the session has chosen. */
  readonly connectionId: number | null
  readonly role: Role
  /** Why nothing can be started in it now, whatever is asked for; null when something can. */
  readonly objection: ProblemKind | null
  /** Whether there is still no objection, in the transaction that starts something. */
  stillHolds(tx: Web['db']): Promise<boolean>
  /** The version that the client asks for with `If-Match`; null when it does not. */
  readonly expectedVersion: number | null
  readonly from: CameFrom
}

/** Finds the session for somebody who may onboard, and the connection that is asked for in it; or answers the refusal. */
export type FindBootstrapPlace = (
  c: Request,
  connectionId: number | null,
) => Promise<BootstrapPlace | Response>

export type BootstrapEndpoint = (c: Request, find: FindBootstrapPlace) => Promise<Response>

/** The endpoint behind the start of a bootstrap: who, where, what, the gate, and the answer in the wanted form. */
export const bootstrapEndpoint =
  (web: Web, mayStart = startLimit(web)): BootstrapEndpoint =>
  async (c, find) => {
    if (representationFor(c, BOOTSTRAP_OUTCOME_TYPE) === null) return problem(web, c, 'not_acceptable')
    if (!(await mayStart(personOf(c).actor.userId))) return problem(web, c, 'too_many')
    const body = await readBody(c)
    const place = await find(c, body.kind === 'fields' ? namedConnection(body.fields) : null)
    if (place instanceof Response) return place
    const read = readAsked(c, body, place)
    if ('problem' in read) return problem(web, c, read.problem, read.issues)
    const { idempotency, operations, sourceSurface } = read
    const answer = await decide(web, {
      actor: personOf(c).actor,
      sessionId: place.sessionId,
      tenantId: place.tenantId ?? 0,
      connectionId: place.connectionId ?? 0,
      operations,
      sourceSurface,
      idempotency,
      expectedVersion: place.expectedVersion,
      stillHolds: place.stillHolds,
      report: (fault) =>
        web.log.error({ session: place.sessionId, fault: String(fault) }, 'A line could not be moved'),
      correlationId: c.var.correlationId,
    })
    return respond(web, c, answer, place)
  }

/** What is asked for, or the problem with it: first the fields, then whether the session has come so far. */
function readAsked(c: Request, body: RawBody, place: BootstrapPlace) {
  if (body.kind === 'unsupported') return { problem: 'unsupported_media_type', issues: [] } as const
  if (body.kind === 'too_large') return { problem: 'too_large', issues: [] } as const
  if (body.kind === 'unreadable')
    return { problem: 'malformed', issues: [{ pointer: '', detail: body.detail }] } as const
  const { language } = c.var.reader
  const parsed = parseBootstrap(body.fields, place.role, language)
  const key = clientsKey(c, body)
  const named = namedConnection(body.fields)
  const isAnother = named !== null && place.connectionId !== null && named !== place.connectionId
  const issues = [
    ...(parsed.ok ? [] : parsed.issues),
    ...(isAnother
      ? [{ pointer: '/providerConnectionId', detail: BODY_WORDS[language].anotherConnection }]
      : []),
    ...(key.issue ? [key.issue] : []),
  ]
  if (!parsed.ok || issues.length > 0) return { problem: 'malformed', issues } as const
  if (place.objection) return { problem: place.objection, issues: [] } as const
  return { ...parsed, idempotency: key.idempotency }
}

async function decide(web: Web, ask: Parameters<typeof startBootstrap>[1]) {
  try {
    return await startBootstrap(web.gate, ask)
  } catch (fault) {
    const { correlationId, sessionId } = ask
    web.log.error({ correlationId, session: sessionId, fault: String(fault) }, 'A start could not be decided')
    const operation = ask.operations[0] ?? ''
    const { actor } = ask
    await recordFault(web.db, { actor, operation, correlationId, surface: 'bootstrap' }, 'fault').catch(
      () => {},
    )
    return { kind: 'undecided' } as const
  }
}

const respond = (
  web: Web,
  c: Request,
  answer: BootstrapAnswer,
  place: BootstrapPlace,
): Response | Promise<Response> =>
  match<BootstrapAnswer, Response | Promise<Response>>(answer, {
    invisible: () => problem(web, c, 'not_found'),
    forbidden: () => problem(web, c, 'forbidden'),
    malformed: ({ issues }) => problem(web, c, 'malformed', issues),
    key_reused: () => problem(web, c, 'key_reused'),
    key_undecided: () => problem(web, c, 'key_undecided'),
    undecided: () => problem(web, c, 'unavailable'),
    line_full: () => problem(web, c, 'line_full'),
    stale: () => problem(web, c, 'onboarding_stale'),
    session_ended: () => problem(web, c, 'onboarding_ended'),
    nothing_left: () => {
      const detail = BODY_WORDS[c.var.reader.language].nothingLeft
      return problem(web, c, 'malformed', [{ pointer: '/selectedOperations', detail }])
    },
    decided: ({ outcome, role }) => respondDecided(web, c, { outcome, role, place }),
  })

async function respondDecided(
  web: Web,
  c: Request,
  { outcome, place, role }: { outcome: StartOutcome; role: Role; place: BootstrapPlace },
) {
  const { reader } = c.var
  const order = outcome.bootstrap ?? { acceptedOperation: null, pendingOperations: [] }
  if (representationFor(c, BOOTSTRAP_OUTCOME_TYPE) === 'json') {
    const wire = JSON.stringify(wireBootstrap(outcome, order, role, reader))
    return c.body(wire, 200, { 'Content-Type': BOOTSTRAP_OUTCOME_TYPE })
  }
  const holds = outcome.kind === 'deduped' || outcome.kind === 'scope_busy'
  const signs = holds ? await signsOfHolder(web.db, personOf(c).actor, outcome.run.id) : undefined
  const answer = (
    <OutcomeAnswer
      outcome={outcome}
      role={role}
      reader={reader}
      chosen={{}}
      takesFocus={false}
      waitsByItself
      {...(holds && { holder: signs ?? null })}
    />
  )
  return c.req.header('hx-request')
    ? c.html(answer)
    : answerPage(web, c, { outcome, from: place.from }, answer)
}
