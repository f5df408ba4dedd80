import type { HiddenValues } from '../../web/components/index.ts'
import {
  frameFor,
  type ProblemKind,
  personOf,
  problem,
  type Request,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { factsOf, tagOf } from './at-hand.ts'
import type { Changed, Obstacle } from './change-session.ts'
import { type OnboardingSession, type StepName, sessionHref } from './onboarding.ts'
import { sessionJson } from './session-json.ts'
import { changesSince, sessionFor } from './sessions.sql.ts'
import { StalePage, saidOf } from './stale-page.tsx'

interface Change {
  /** The session as it was before. */
  readonly session: OnboardingSession
  readonly came: Changed
  /** The version that it was made for. */
  readonly seen: number
  /** What was sent, without anything secret and without the version. */
  readonly sent: HiddenValues
  /** The step to go on with; without one the step that is next. */
  readonly to?: StepName
}

/** After a change: on to the step that follows, or what stood in its way. A program gets the session as it is now. */
export async function answerChange(
  web: Web,
  c: Request,
  { came, seen, sent, session, to }: Change,
): Promise<Response> {
  if (!came.ok) return notChanged(web, c, { session, seen, why: came.why, sent })
  if (representationFor(c, null) !== 'json') return c.redirect(sessionHref(session.id, to), 303)
  const now = await sessionFor(web.db, personOf(c).actor, session.id)
  if (!now) return problem(web, c, 'not_found')
  c.header('ETag', tagOf(now))
  return c.json(sessionJson(await factsOf(web, now), c.var.reader))
}

const PROBLEMS: Readonly<Record<Exclude<Obstacle, 'stale'>, ProblemKind>> = {
  ended: 'onboarding_ended',
  not_there_yet: 'onboarding_not_there_yet',
  not_now: 'not_now',
  not_found: 'not_found',
}

interface NotChanged {
  readonly session: OnboardingSession
  /** The version that the change was made for. */
  readonly seen: number
  readonly why: Obstacle
  readonly sent: HiddenValues
}

/** Why a change was not made; one that came too late is told what has changed, and keeps what it sent. */
async function notChanged(web: Web, c: Request, { seen, sent, session, why }: NotChanged): Promise<Response> {
  if (why !== 'stale') return problem(web, c, PROBLEMS[why])
  const now = await sessionFor(web.db, personOf(c).actor, session.id)
  if (!now) return problem(web, c, 'not_found')
  const { reader } = c.var
  const changes = await changesSince(web.db, now, seen)
  if (representationFor(c, null) === 'json') {
    const details = changes.map((change) => ({ pointer: '/version', detail: saidOf(change, reader) }))
    c.header('ETag', tagOf(now))
    return problem(web, c, 'onboarding_stale', details)
  }
  const props = { shell: await frameFor(web, c), reader, facts: await factsOf(web, now), changes, sent }
  return c.html(<StalePage {...props} href={c.req.path} />, 409)
}
