import { sessionsOf } from '../../access/index.ts'
import { frameFor, problem, type Request, type Routes, representationFor, type Web } from '../../web/index.ts'
import { hasTwoFactor, lettersOf } from './account.sql.ts'
import { AccountPage, type AccountPageProps, DONE } from './account-page.tsx'
import { ACCOUNT, type AtBrowser, atBrowser } from './at-hand.ts'

/** One's own account: password, second factor, sessions. */
export const accountPageRoutes: Routes = (app, web) => {
  app.get(ACCOUNT, async (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    const at = atBrowser(web, c, 'account.view')
    return at.ok ? accountPage(web, c, at.person, {}) : at.answer
  })
}

/** The page of somebody's account, with what is wrong with a form that was sent. */
export async function accountPage(
  web: Web,
  c: Request,
  person: AtBrowser,
  { issues = [] }: Partial<Pick<AccountPageProps, 'issues'>>,
): Promise<Response> {
  const sessions = await sessionsOf(web.db, person.userId)
  const twoFactor = await hasTwoFactor(web.db, person.userId)
  const letters = web.mail && (await lettersOf(web.db, person.userId))
  if (representationFor(c, null) === 'json')
    return c.json({
      name: person.name,
      email: person.email,
      twoFactor,
      ...(letters && { letters }),
      sessions: sessions.map((session) => ({
        id: session.id,
        userAgent: session.user_agent,
        address: session.ip_address,
        since: session.created_at.toISOString(),
        lastUsed: session.updated_at.toISOString(),
        isThisOne: session.id === person.sessionId,
      })),
    })
  const done = DONE.find((each) => each === c.req.query('done')) ?? null
  const page = (
    <AccountPage
      shell={await frameFor(web, c)}
      reader={c.var.reader}
      person={person}
      twoFactor={twoFactor}
      letters={letters}
      sessions={sessions}
      issues={issues}
      done={issues.length > 0 ? null : done}
    />
  )
  return c.html(page, issues.length > 0 ? 422 : 200)
}
