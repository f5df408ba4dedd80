import { z } from 'zod'
import { type AskedLink, askForResetLink } from '../../access/index.ts'
import { legible } from '../../kernel/index.ts'
import {
  formOf,
  perMinute,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { recordOwn } from './at-hand.ts'
import { resetWords } from './reset.words.ts'
import { ForgotPage, type ForgotProps } from './reset-pages.tsx'

/** How often one address of the network may ask in a minute, in each process. */
const ASKED_PER_MINUTE = 30

/** Asking for a link to a new password. Whether anybody has the address shows nowhere. */
export const forgotRoutes: Routes = (app, web) => {
  const mayAsk = perMinute(ASKED_PER_MINUTE)

  app.get('/forgot-password', (c) => page(web, c, { kind: web.mail ? 'form' : 'by_hand', email: '' }))

  app.post('/forgot-password', async (c) => {
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    if (!web.mail) return page(web, c, { kind: 'by_hand', email: '' })
    const email = (form.texts.email ?? '').trim()
    if (!z.email().safeParse(email).success || email.length > 254) return refused(web, c, email)
    if (!(await mayAsk(c.var.clientAddress))) return problem(web, c, 'too_many_attempts')
    const link = await askForResetLink(web.db, email)
    if (link) sendLater(web, c, link)
    if (representationFor(c, null) === 'json') return c.json({ asked: true }, 202)
    return page(web, c, { kind: 'sent', email })
  })
}

/** Recorded and sent after the answer: a letter that takes its time must not tell that somebody has the address. */
function sendLater(web: Web, c: Request, { email, name, token, userId }: AskedLink): void {
  const { correlationId, reader } = c.var
  const words = resetWords(reader.language).letter
  const text = words.text(legible(name), `${web.publicUrl}/reset-password/${token}`)
  const sending = async () => {
    const mailed = (await web.mail?.send({ to: email, subject: words.subject, text })) === true
    await recordOwn(web.db, { userId, name }, 'account.password.reset_link', { mailed }, correlationId)
  }
  sending().catch((fault) =>
    web.log.error({ correlationId, fault: String(fault) }, 'A link for a new password was not recorded'),
  )
}

function refused(web: Web, c: Request, email: string) {
  const detail = resetWords(c.var.reader.language).forgot.emailFault
  if (representationFor(c, null) === 'json')
    return problem(web, c, 'malformed', [{ pointer: '/email', detail }])
  return page(web, c, { kind: 'form', email, error: detail }, 422)
}

const page = (web: Web, c: Request, props: ForgotProps, status: 200 | 422 = 200) =>
  c.html(<ForgotPage web={web} c={c} {...props} />, status)
