import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Surface } from '../../engine/catalog/index.ts'
import {
  type ParsedInput,
  recordFault,
  type StartAnswer,
  type StartAsk,
  type StartInput,
  type StartTarget,
  start,
} from '../../engine/gate/index.ts'
import { canonicalHash, match } from '../../kernel/index.ts'
import { frameFor } from '../frame.ts'
import { representationFor } from '../negotiation.ts'
import { problem } from '../problems.tsx'
import { personOf } from '../signed-in.ts'
import type { Request, Web } from '../web.ts'
import { BODY_WORDS } from './body-words.ts'
import { parseStart, type RawBody, readBody } from './start-body.ts'
import { AnswerPage, OutcomeAnswer } from './start-page.tsx'
import { START_OUTCOME_TYPE, wireOutcome } from './wire.ts'

/** Where a start came in: the tenant it is for, the operation, and the surface. */
export interface StartPlace {
  /** Null when the path's id cannot be anything's id: then there is nothing to see. */
  readonly target: StartTarget | null
  readonly operation: string
  readonly surface: Surface
  /** What the place itself says of the work, whatever the body has to say of it. */
  readonly given?: Pick<StartInput, 'connectionId' | 'selection'>
}

/** Answers starts for every surface; the limiter counts a person's starts in this process. */
export type StartEndpoint = (c: Request, place: StartPlace) => Promise<Response>

/** The one endpoint behind all start paths: who, what, the gate, and the answer in the wanted form. */
export function startEndpoint(web: Web): StartEndpoint {
  const limiter = new RateLimiterMemory({ points: web.startsPerMinute, duration: 60 })
  return async (c, place) => {
    if (representationFor(c, START_OUTCOME_TYPE) === null) return problem(web, c, 'not_acceptable')
    const allowed = await limiter.consume(personOf(c).actor.userId).then(
      () => true,
      () => false,
    )
    if (!allowed) return problem(web, c, 'too_many')
    const body = await readBody(c)
    if (!place.target) return problem(web, c, 'not_found')
    const answer = await decide(web, askOf(c, place, place.target, body))
    return respond(web, c, answer, body)
  }
}

/** A wrong key is a wrong field like any other: judged after who may see and do this. */
function askOf(c: Request, place: StartPlace, target: StartTarget, body: RawBody): StartAsk {
  const { language } = c.var.reader
  const key = c.req.header('idempotency-key')
  const isBad = key !== undefined && (key.length === 0 || key.length > 255)
  const badKey = { pointer: '/Idempotency-Key', detail: BODY_WORDS[language].badKey }
  const requestHash = () =>
    canonicalHash({
      method: c.req.method,
      path: c.req.path,
      body: body.kind === 'fields' ? body.fields : body.kind,
    })
  return {
    actor: personOf(c).actor,
    target,
    surface: place.surface,
    operation: place.operation,
    parsed: isBad
      ? { ok: false, issues: [badKey] }
      : withGiven(parseStart(body, language, place.operation), place.given),
    idempotency: key === undefined || isBad ? null : { key, requestHash: requestHash() },
    correlationId: c.var.correlationId,
  }
}

const withGiven = (parsed: ParsedInput, given: StartPlace['given']): ParsedInput =>
  parsed.ok ? { ok: true, input: { ...parsed.input, ...given } } : parsed

/** Any fault inside the gate is "not known to have started"; it is audited if the database answers. */
async function decide(web: Web, ask: StartAsk): Promise<StartAnswer> {
  try {
    return await start(web.gate, ask)
  } catch (fault) {
    const { correlationId, operation } = ask
    web.log.error({ correlationId, operation, fault: String(fault) }, 'A start could not be decided')
    await recordFault(web.db, ask, 'fault').catch(() => {})
    return { kind: 'undecided' }
  }
}

const respond = (web: Web, c: Request, answer: StartAnswer, body: RawBody): Response | Promise<Response> =>
  match<StartAnswer, Response | Promise<Response>>(answer, {
    invisible: () => problem(web, c, 'not_found'),
    forbidden: () => problem(web, c, 'forbidden'),
    malformed: ({ issues }) => {
      if (body.kind === 'unsupported') return problem(web, c, 'unsupported_media_type')
      if (body.kind === 'too_large') return problem(web, c, 'too_large')
      return problem(web, c, 'malformed', issues)
    },
    key_reused: () => problem(web, c, 'key_reused'),
    key_undecided: () => problem(web, c, 'key_undecided'),
    undecided: () => problem(web, c, 'unavailable'),
    decided: ({ outcome, role }) => {
      const { reader } = c.var
      if (representationFor(c, START_OUTCOME_TYPE) === 'json')
        return c.body(JSON.stringify(wireOutcome(outcome, role, reader)), 200, {
          'Content-Type': START_OUTCOME_TYPE,
        })
      const props = { outcome, role, reader }
      if (c.req.header('hx-request')) return c.html(<OutcomeAnswer {...props} />)
      return answerPage(web, c, props)
    },
  })

async function answerPage(
  web: Web,
  c: Request,
  props: Parameters<typeof OutcomeAnswer>[0],
): Promise<Response> {
  return c.html(<AnswerPage shell={await frameFor(web, c)} {...props} />)
}
