import type { Child } from 'hono/jsx'
import type { PersonalActor } from '../../access/index.ts'
import type { Surface } from '../../engine/catalog/index.ts'
import {
  type ParsedInput,
  recordFault,
  type StartAnswer,
  type StartAsk,
  type StartInput,
  type StartOutcome,
  type StartTarget,
  start,
} from '../../engine/gate/index.ts'
import { startWhenFree, type WhenFreeAnswer, waitingStartFor } from '../../engine/waiting/index.ts'
import { canonicalHash, type Language, match } from '../../kernel/index.ts'
import type { HiddenValues } from '../components/index.ts'
import { frameFor } from '../frame.ts'
import { perMinute } from '../limit.ts'
import { representationFor } from '../negotiation.ts'
import { problem } from '../problems.tsx'
import { personOf } from '../signed-in.ts'
import type { Request, Web } from '../web.ts'
import { BODY_WORDS } from './body-words.ts'
import { signsOfHolder } from './holder.sql.ts'
import { parseStart, parseStep, type RawBody, readBody } from './start-body.ts'
import { AnswerPage, type CameFrom, OutcomeAnswer } from './start-page.tsx'
import { WaitingAnswer } from './waiting-answer.tsx'
import { START_OUTCOME_TYPE, wireOutcome } from './wire.ts'
import { waitingHref, wireWaiting } from './wire-waiting.ts'

/** Where a start came in: the tenant it is for, the operation, and the surface. */
export interface StartPlace {
  /** Null when the path's id cannot be anything's id: then there is nothing to see. */
  readonly target: StartTarget | null
  readonly operation: string
  readonly surface: Surface
  /** While other work holds the scope, the start gets in line for it. */
  readonly whenFree?: true
  /** What the place itself says of the work, whatever the body has to say of it. */
  readonly given?: Pick<StartInput, 'connectionId' | 'selection'>
  /** The connection that is meant when the body names none, where that is not the tenant's default. */
  readonly usualConnectionId?: number | null
  /** The page that the answer leads back to, where that is not the tenant's. */
  readonly from?: CameFrom
}

/** Answers starts for every surface; the limiter counts a person's starts in this process. */
export type StartEndpoint = (c: Request, place: StartPlace) => Promise<Response>

/** Counts the starts of a person in this process; one limit for every kind of them. */
export const startLimit = (web: Web) => perMinute(web.startsPerMinute)

/** The one endpoint behind all start paths: who, what, the gate, and the answer in the wanted form. */
export function startEndpoint(web: Web, mayStart = startLimit(web)): StartEndpoint {
  return async (c, place) => {
    if (representationFor(c, START_OUTCOME_TYPE) === null) return problem(web, c, 'not_acceptable')
    if (!(await mayStart(personOf(c).actor.userId))) return problem(web, c, 'too_many')
    const body = await readBody(c)
    if (!place.target) return problem(web, c, 'not_found')
    const ask = askOf(c, place, place.target, body)
    const answer = await decide(web, ask, place.whenFree === true)
    return respond(web, c, answer, { ask, body, whenFree: place.whenFree === true, from: place.from })
  }
}

type PersonalAsk = StartAsk & { readonly actor: PersonalActor }

/** A wrong key is a wrong field like any other: judged after who may see and do this. */
function askOf(c: Request, place: StartPlace, target: StartTarget, body: RawBody): PersonalAsk {
  const { language } = c.var.reader
  const key = clientsKey(c, body)
  return {
    actor: personOf(c).actor,
    target,
    surface: place.surface,
    operation: place.operation,
    parsed:
      key.issue !== null
        ? { ok: false, issues: [key.issue] }
        : withGiven(parsedAt(place, body, language), place),
    idempotency: key.idempotency,
    correlationId: c.var.correlationId,
  }
}

/** The client's key for this request, if it has a good one, or what is wrong with it. */
export function clientsKey(c: Request, body: RawBody) {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return { idempotency: null, issue: null }
  if (key.length === 0 || key.length > 255) {
    const { badKey } = BODY_WORDS[c.var.reader.language]
    return { idempotency: null, issue: { pointer: '/Idempotency-Key', detail: badKey } }
  }
  const sent = body.kind === 'fields' ? body.fields : body.kind
  const requestHash = canonicalHash({ method: c.req.method, path: c.req.path, body: sent })
  return { idempotency: { key, requestHash }, issue: null }
}

const parsedAt = ({ operation, surface }: StartPlace, body: RawBody, language: Language): ParsedInput => {
  const parsed = parseStart(body, language, operation)
  return surface === 'onboarding' ? parseStep(body, parsed, language) : parsed
}

function withGiven(parsed: ParsedInput, { given, usualConnectionId = null }: StartPlace): ParsedInput {
  if (!parsed.ok) return parsed
  const { input } = parsed
  return { ok: true, input: { ...input, connectionId: input.connectionId ?? usualConnectionId, ...given } }
}

/** Any fault inside the gate is "not known to have started"; it is audited if the database answers. */
async function decide(web: Web, ask: PersonalAsk, whenFree: boolean): Promise<WhenFreeAnswer> {
  try {
    return await (whenFree ? startWhenFree(web.gate, ask) : start(web.gate, ask))
  } catch (fault) {
    const { correlationId, operation } = ask
    web.log.error({ correlationId, operation, fault: String(fault) }, 'A start could not be decided')
    await recordFault(web.db, ask, 'fault').catch(() => {})
    return { kind: 'undecided' }
  }
}

/** What was asked for, as far as the answer depends on it. */
interface Asked {
  readonly ask: PersonalAsk
  readonly body: RawBody
  readonly whenFree: boolean
  readonly from: CameFrom | undefined
}

const respond = (web: Web, c: Request, answer: WhenFreeAnswer, asked: Asked): Response | Promise<Response> =>
  match<WhenFreeAnswer, Response | Promise<Response>>(answer, {
    invisible: () => problem(web, c, 'not_found'),
    forbidden: () => problem(web, c, 'forbidden'),
    malformed: ({ issues }) => {
      if (asked.body.kind === 'unsupported') return problem(web, c, 'unsupported_media_type')
      if (asked.body.kind === 'too_large') return problem(web, c, 'too_large')
      return problem(web, c, 'malformed', issues)
    },
    key_reused: () => problem(web, c, 'key_reused'),
    key_undecided: () => problem(web, c, 'key_undecided'),
    undecided: () => problem(web, c, 'unavailable'),
    line_full: () => problem(web, c, 'line_full'),
    waits: (waits) => respondWaiting(web, c, waits),
    decided: (decided) => respondDecided(web, c, decided, asked),
  })

type Decided = Extract<StartAnswer, { kind: 'decided' }>

async function respondDecided(
  web: Web,
  c: Request,
  { outcome, role }: Decided,
  { ask, from, whenFree }: Asked,
) {
  const { reader } = c.var
  if (representationFor(c, START_OUTCOME_TYPE) === 'json') {
    const wire = wireOutcome(outcome, role, reader)
    if (whenFree) return c.json({ outcome: wire })
    return c.body(JSON.stringify(wire), 200, { 'Content-Type': START_OUTCOME_TYPE })
  }
  const holds = outcome.kind === 'deduped' || outcome.kind === 'scope_busy'
  const signs = holds ? await signsOfHolder(web.db, ask.actor, outcome.run.id) : undefined
  const answer = (
    <OutcomeAnswer
      outcome={outcome}
      role={role}
      reader={reader}
      chosen={chosenOf(ask)}
      takesFocus={whenFree}
      {...(holds && { holder: signs ?? null })}
    />
  )
  return c.req.header('hx-request') ? c.html(answer) : answerPage(web, c, { outcome, from }, answer)
}

type Waits = Extract<WhenFreeAnswer, { kind: 'waits' }>

async function respondWaiting(web: Web, c: Request, { outcome, role, waitingStartId }: Waits) {
  const { reader } = c.var
  const { actor } = personOf(c)
  const waiting = await waitingStartFor(web.db, actor, waitingStartId)
  if (!waiting) return problem(web, c, 'not_found')
  if (representationFor(c, START_OUTCOME_TYPE) === 'json')
    return c.json({
      outcome: wireOutcome(outcome, role, reader),
      waitingStart: wireWaiting(waiting, reader),
    })
  if (!c.req.header('hx-request')) return c.redirect(waitingHref(waiting.id), 303)
  return c.html(<WaitingAnswer waiting={waiting} actor={actor} reader={reader} takesFocus />)
}

/** What was chosen beside the operation, as a form sends it once more. */
function chosenOf({ parsed, target }: StartAsk): HiddenValues {
  const input = parsed.ok ? parsed.input : null
  const connection = target.kind === 'connection' ? target.connectionId : input?.connectionId
  const key = input?.selection.selectionKey
  return {
    ...(connection != null && { providerConnectionId: String(connection) }),
    ...(typeof key === 'string' && { selectionKey: key }),
  }
}

/** The answer as a page of its own, for a browser without a script. */
export async function answerPage(
  web: Web,
  c: Request,
  { from, outcome }: { outcome: StartOutcome; from: CameFrom | undefined },
  answer: Child,
): Promise<Response> {
  const { reader } = c.var
  return c.html(
    <AnswerPage shell={await frameFor(web, c)} outcome={outcome} reader={reader} from={from}>
      {answer}
    </AnswerPage>,
  )
}
