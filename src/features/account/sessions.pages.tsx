import { endSession, endSessions } from '../../access/index.ts'
import { isPlainText } from '../../kernel/index.ts'
import { problem, type Routes, representationFor } from '../../web/index.ts'
import { ACCOUNT, atBrowser, recordOwn } from './at-hand.ts'

/** Ending one's own sessions: another one, or all others. */
export const sessionRoutes: Routes = (app, web) => {
  app.post(`${ACCOUNT}/sessions/revoke-others`, async (c) => {
    const at = atBrowser(web, c, 'account.session.revoke_others')
    if (!at.ok) return at.answer
    const { person } = at
    const sessionsEnded = await web.db.transaction().execute(async (tx) => {
      const ended = await endSessions(tx, person.userId, person.sessionId)
      const facts = { sessionsEnded: ended }
      await recordOwn(tx, person, 'account.session.revoke_others', facts, c.var.correlationId)
      return ended
    })
    if (representationFor(c, null) === 'json') return c.json({ sessionsEnded })
    return c.redirect(`${ACCOUNT}?done=sessions#sessions`, 303)
  })

  app.post(`${ACCOUNT}/sessions/:session/revoke`, async (c) => {
    const at = atBrowser(web, c, 'account.session.revoke')
    if (!at.ok) return at.answer
    const { person } = at
    const sessionId = c.req.param('session')
    const isEnded =
      isPlainText(sessionId) &&
      (await web.db.transaction().execute(async (tx) => {
        if (!(await endSession(tx, person.userId, sessionId))) return false
        await recordOwn(tx, person, 'account.session.revoke', { session: sessionId }, c.var.correlationId)
        return true
      }))
    if (!isEnded) return problem(web, c, 'not_found')
    if (representationFor(c, null) === 'json') return c.json({ id: sessionId, state: 'ended' })
    return c.redirect(sessionId === person.sessionId ? '/sign-in' : `${ACCOUNT}#sessions`, 303)
  })
}
