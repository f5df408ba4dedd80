import { isOurApp } from '../../providers/index.ts'
import {
  forbidden,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { byOf, CONNECTIONS, connectionInPath, permitted, type SeenConnection } from '../connections/index.ts'
import { answerConsent, type ConsentResult } from './answer-consent.ts'
import { type Asking, askForConsent, type ConsentParts } from './ask-for-consent.ts'
import { consentOf } from './consent.sql.ts'
import { CALLBACK, CONSENT_REFUSALS } from './consent.ts'
import { ConsentPage, consentHref, LeavingPage, NotTakenPage } from './consent-page.tsx'

const ONE = `${CONNECTIONS}/:connection/consent` as const

/** Admin consent for the central app: what it needs, the question, and the answer that Microsoft sends back. */
export const consentRoutes: Routes = (app, web) => {
  app.get(ONE, async (c) => {
    const connection = await connectionInPath(web, c)
    return connection ? consentPage(web, c, connection) : problem(web, c, 'not_found')
  })

  app.post(ONE, async (c) => {
    const at = await permitted(web, c, 'connection.consent.ask', 'tenant.providers.manage')
    if (!at.ok) return at.answer
    const parts = partsFor(web, c, at.value)
    if (!parts) return c.redirect(consentHref(at.value.id), 303)
    const asking = askingOf(c)
    if (!asking) return onlyPeople(web, c, at.value.id)
    const address = await askForConsent(parts, asking, at.value)
    if (representationFor(c, null) === 'json') return c.json({ consentHref: address })
    c.header('Refresh', `0; url=${address}`) // a form that is led to another site is stopped by our own policy
    return c.html(<LeavingPage address={address} reader={c.var.reader} shell={await frameFor(web, c)} />)
  })

  app.get(CALLBACK, async (c) => {
    const parts = partsOf(web, c)
    if (!parts) return problem(web, c, 'not_found')
    const asking = askingOf(c)
    if (!asking) return onlyPeople(web, c, null)
    return answered(web, c, await answerConsent(parts, asking, new URL(c.req.url).searchParams))
  })
}

/** A sign-in at Microsoft is bound to a session; a key has none. */
function askingOf(c: Request): Asking | null {
  const { actor, sessionId } = personOf(c)
  return actor.kind === 'user' && sessionId ? { ...byOf(c), userId: actor.userId, sessionId } : null
}

const onlyPeople = (web: Web, c: Request, connectionId: number | null) =>
  forbidden(web, c, {
    action: 'connection.consent.ask',
    targetKind: 'connection',
    targetId: connectionId === null ? null : String(connectionId),
  })

/** What it takes to ask for this connection; null when it is not the central app's. */
function partsFor(web: Web, c: Request, { clientId, facts }: SeenConnection): ConsentParts | null {
  const parts = partsOf(web, c)
  return parts && facts.type === 'platform' && isOurApp({ clientId }, parts.platform.clientId) ? parts : null
}

/** What it takes to ask at all; null without a central app. Whoever uses another of our origins has their cookie there. */
function partsOf(web: Web, c: Request): ConsentParts | null {
  const { platform, profile } = web.providers
  const { origin } = new URL(c.req.url)
  const home = web.origins.includes(origin) ? origin : web.publicUrl
  return platform && { db: web.db, redirectUri: home + CALLBACK, profile, platform }
}

async function consentPage(web: Web, c: Request, connection: SeenConnection) {
  return c.html(
    <ConsentPage
      shell={await frameFor(web, c)}
      reader={c.var.reader}
      connection={connection}
      consent={await consentOf(web.db, connection.id)}
      canAsk={partsFor(web, c, connection) !== null}
      supported={web.gate.supported}
      why={CONSENT_REFUSALS.find((each) => each === c.req.query('why')) ?? null}
    />,
  )
}

async function answered(web: Web, c: Request, result: ConsentResult): Promise<Response> {
  if (result.kind === 'sign_in') return c.redirect(result.address, 303)
  if (result.kind === 'granted') return c.redirect(consentHref(result.connectionId), 303)
  const { connectionId, why } = result
  if (connectionId !== null) return c.redirect(`${consentHref(connectionId)}?why=${why}`, 303)
  return c.html(<NotTakenPage why={why} reader={c.var.reader} shell={await frameFor(web, c)} />, 409)
}
