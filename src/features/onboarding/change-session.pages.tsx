import { isOperationCode } from '../../engine/catalog/index.ts'
import type { LeavesAs } from '../../engine/waiting/index.ts'
import { asConnectionId, type Json, parseRecordId } from '../../kernel/index.ts'
import {
  fieldsOf,
  frameFor,
  perMinute,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { connectionById } from '../connections/index.ts'
import { type AtHand, byOf, factsOf, permitted } from './at-hand.ts'
import { CancelPage } from './cancel-page.tsx'
import { answerChange } from './change-answer.tsx'
import type { By } from './change-session.ts'
import { chooseConnection } from './choose-connection.ts'
import { activate, cancelSession, leaveOut } from './end-session.ts'
import { type IdentifyFlaws, type IdentifyInput, identifyInput, identifyTenant } from './identify-tenant.ts'
import { ONBOARDING, type OnboardingSession, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { showSession } from './session.pages.tsx'

const ONE = `${ONBOARDING}/:onboarding` as const
/** Each look asks Microsoft's sign-in service, so nobody may look endlessly. */
const LOOKS_PER_MINUTE = 20

/** Everything that changes a session; each change is made for one version of it. */
export const changeSessionRoutes: Routes = (app, web) => {
  const mayLook = perMinute(LOOKS_PER_MINUTE)

  app.post(`${ONE}/identify`, async (c) => {
    const at = await asked(web, c, 'onboarding.identify')
    if (!at.ok) return at.answer
    const { by, fields, seen, session } = at.value
    const input = identifyInput(fields)
    if (!(await mayLook(by.actor.userId))) return problem(web, c, 'too_many_attempts')
    const came = await identifyTenant(web.db, web.providers.profile, session.id, by, input)
    if (!came.ok && 'flaws' in came) return identifyAgain(web, c, session, input, came.flaws)
    return answerChange(web, c, { session, seen, came, sent: { ...input }, to: 'connect' })
  })

  app.post(`${ONE}/connection`, async (c) => {
    const at = await asked(web, c, 'onboarding.connect')
    if (!at.ok) return at.answer
    const { by, fields, seen, session } = at.value
    const id = parseRecordId(String(fields.connectionId ?? ''))
    const words = onboardingWords(c.var.reader.language)
    if (id === null)
      return problem(web, c, 'malformed', [{ pointer: '/connectionId', detail: words.notFoundInBody }])
    const connection = await connectionById(web.db, asConnectionId(id), by.actor)
    if (!connection || connection.tenant.id !== session.tenant?.id) return problem(web, c, 'not_found')
    const came = await chooseConnection(web.db, session.id, by, id)
    return answerChange(web, c, { session, seen, came, sent: { connectionId: String(id) }, to: 'verify' })
  })

  for (const how of ['skip', 'drop'] as const)
    app.post(`${ONE}/bootstrap/${how}`, (c) => leaveOutOne(web, c, how))

  app.post(`${ONE}/activate`, async (c) => {
    const at = await asked(web, c, 'onboarding.complete')
    if (!at.ok) return at.answer
    const { by, seen, session } = at.value
    const came = await activate(web.db, session.id, by)
    return answerChange(web, c, { session, seen, came, sent: {} })
  })

  app.get(`${ONE}/cancel`, async (c) => {
    const at = await permitted(web, c, 'onboarding.cancel')
    if (!at.ok) return at.answer
    if (at.value.state !== 'open') return c.redirect(sessionHref(at.value.id), 303)
    const facts = await factsOf(web, at.value)
    return c.html(<CancelPage shell={await frameFor(web, c)} reader={c.var.reader} facts={facts} />)
  })

  app.post(`${ONE}/cancel`, async (c) => {
    const at = await asked(web, c, 'onboarding.cancel')
    if (!at.ok) return at.answer
    const { by, seen, session } = at.value
    const came = await cancelSession(web.db, session.id, by)
    return answerChange(web, c, { session, seen, came, sent: {} })
  })
}

interface Asked {
  readonly session: OnboardingSession
  readonly fields: { readonly [name: string]: Json }
  readonly by: By
  /** The version that they saw; the one in force where any will do. */
  readonly seen: number
}

/** The session of the path, for somebody who may change it, with what they sent and the version they saw. */
export async function asked(web: Web, c: Request, action: string): Promise<AtHand<Asked>> {
  if (representationFor(c, null) === null) return { ok: false, answer: problem(web, c, 'not_acceptable') }
  const at = await permitted(web, c, action)
  if (!at.ok) return at
  const body = await fieldsOf(web, c)
  if (!body.ok) return body
  const by = byOf(web, c, body.fields)
  if (!by.ok) return by
  const seen = by.value.expectedVersion ?? at.value.version
  return { ok: true, value: { session: at.value, fields: body.fields, by: by.value, seen } }
}

async function leaveOutOne(web: Web, c: Request, how: LeavesAs) {
  const at = await asked(web, c, `onboarding.bootstrap.${how}`)
  if (!at.ok) return at.answer
  const { by, fields, seen, session } = at.value
  const operation = String(fields.operation ?? '')
  const detail = onboardingWords(c.var.reader.language).operationMissing
  const missing = () => problem(web, c, 'malformed', [{ pointer: '/operation', detail }])
  if (!isOperationCode(operation)) return missing()
  const came = await leaveOut(web.db, session.id, by, how, operation)
  if (!came.ok && came.why === 'not_found') return missing()
  return answerChange(web, c, { session, seen, came, sent: { operation }, to: 'bootstrap' })
}

/** A program gets the fields that are wrong, a person the form with what was typed. */
async function identifyAgain(
  web: Web,
  c: Request,
  session: OnboardingSession,
  typed: IdentifyInput,
  flaws: IdentifyFlaws,
): Promise<Response> {
  if (session.state !== 'open' || session.tenant) return problem(web, c, 'not_now')
  if (representationFor(c, null) !== 'json')
    return showSession(web, c, await factsOf(web, session), { typed, flaws })
  const words = onboardingWords(c.var.reader.language).identify
  const issues = Object.entries(flaws).map(([field, flaw]) => ({
    pointer: `/${field}`,
    detail: words.flaws[flaw],
  }))
  return problem(web, c, 'malformed', issues)
}
