import { endHalfwaySignIns, endSessions } from '../../access/index.ts'
import {
  askSignIn,
  formOf,
  frameFor,
  passCookies,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { accountPage } from './account.pages.tsx'
import { hasTwoFactor } from './account.sql.ts'
import { accountWords } from './account.words.ts'
import { ACCOUNT, type AtBrowser, atBrowser, recordOwn } from './at-hand.ts'
import { CodesPage, ConfirmPage, type Enrolment, EnrolPage } from './two-factor-pages.tsx'

const TWO_FACTOR = `${ACCOUNT}/two-factor` as const

/** Turning one's second factor on and off. The library keeps its secret, encrypted, and counts the attempts. */
export const twoFactorRoutes: Routes = (app, web) => {
  app.post(TWO_FACTOR, async (c) => {
    const asked = await withPassword(web, c, 'account.two_factor.enrol', '/two-factor/enable')
    if (!asked.ok) return asked.answer
    const { backupCodes, totpURI } = (await asked.said.json()) as { totpURI: string; backupCodes: string[] }
    if (representationFor(c, null) === 'json') return c.json({ totpUri: totpURI, backupCodes })
    const enrolment = { uri: totpURI, codes: backupCodes }
    const shell = await frameFor(web, c)
    return c.html(<EnrolPage shell={shell} reader={c.var.reader} enrolment={enrolment} />)
  })

  app.post(`${TWO_FACTOR}/verify`, async (c) => {
    const at = atBrowser(web, c, 'account.two_factor.enable')
    if (!at.ok) return at.answer
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const code = (form.texts.code ?? '').replace(/\s/g, '')
    const answer = await askSignIn(web, c, '/two-factor/verify-totp', { code })
    if (answer.status === 429) return problem(web, c, 'too_many_attempts')
    if (answer.status >= 500) return problem(web, c, 'unavailable')
    if (!answer.ok) return wrongCode(web, c, shownIn(form.texts))
    passCookies(c, answer) // the session goes on under a new token
    await endOtherSessions(web, at.person, answer, c.var.correlationId)
    if (representationFor(c, null) === 'json') return c.json({ twoFactor: true })
    return c.redirect(`${ACCOUNT}?done=two-factor-on`, 303)
  })

  app.post(`${TWO_FACTOR}/disable`, async (c) => {
    const asked = await withPassword(web, c, 'account.two_factor.disable', '/two-factor/disable')
    if (!asked.ok) return asked.answer
    passCookies(c, asked.said)
    await recordOwn(web.db, asked.person, 'account.two_factor.disable', {}, c.var.correlationId)
    if (representationFor(c, null) === 'json') return c.json({ twoFactor: false })
    return c.redirect(`${ACCOUNT}?done=two-factor-off`, 303)
  })

  app.post(`${TWO_FACTOR}/backup-codes`, async (c) => {
    const action = 'account.two_factor.backup_codes'
    const asked = await withPassword(web, c, action, '/two-factor/generate-backup-codes')
    if (!asked.ok) return asked.answer
    await recordOwn(web.db, asked.person, action, {}, c.var.correlationId)
    const { backupCodes } = (await asked.said.json()) as { backupCodes: string[] }
    if (representationFor(c, null) === 'json') return c.json({ backupCodes })
    const shell = await frameFor(web, c)
    return c.html(<CodesPage shell={shell} reader={c.var.reader} codes={backupCodes} />)
  })
}

/** Sessions that one password was enough for end, but for the one in which the code was given. */
async function endOtherSessions(web: Web, person: AtBrowser, answer: Response, correlationId: string) {
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const found = await web.auth.api.getSession({ headers: new Headers({ cookie }) })
  await web.db.transaction().execute(async (tx) => {
    const sessionsEnded = await endSessions(tx, person.userId, found?.session.id ?? person.sessionId)
    await endHalfwaySignIns(tx, person.userId)
    await recordOwn(tx, person, 'account.two_factor.enable', { sessionsEnded }, correlationId)
  })
}

type LibraryPath = '/two-factor/enable' | '/two-factor/disable' | '/two-factor/generate-backup-codes'

type Asked =
  | { readonly ok: true; readonly person: AtBrowser; readonly said: Response }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

/**
 * Asks the library for something that wants the current password. Turning on what is on, or off what is off, is
 * not asked for: there is no such thing to change.
 */
async function withPassword(web: Web, c: Request, action: string, path: LibraryPath): Promise<Asked> {
  const at = atBrowser(web, c, action)
  if (!at.ok) return at
  const form = await formOf(web, c)
  if (!form.ok) return form
  const isOn = await hasTwoFactor(web.db, at.person.userId)
  if (isOn === (path === '/two-factor/enable')) return { ok: false, answer: problem(web, c, 'not_found') }
  const said = await askSignIn(web, c, path, { password: form.texts.twoFactorPassword ?? '' })
  if (said.ok) return { ok: true, person: at.person, said }
  if (said.status === 429) return { ok: false, answer: problem(web, c, 'too_many_attempts') }
  if (said.status >= 500) return { ok: false, answer: problem(web, c, 'unavailable') }
  const detail = accountWords(c.var.reader.language).faults.currentPassword
  const issues = [{ pointer: '/twoFactorPassword', detail }]
  const isProgram = representationFor(c, null) === 'json'
  return {
    ok: false,
    answer: isProgram ? problem(web, c, 'malformed', issues) : accountPage(web, c, at.person, { issues }),
  }
}

/**
 * What the person was shown when they began, as their page sends it back: nothing of it is read from here, so a
 * borrowed session learns nothing by a wrong code. Undefined when it is not all there.
 */
function shownIn({
  codes = '',
  uri = '',
}: Readonly<Record<string, string | undefined>>): Enrolment | undefined {
  const listed = codes.split(' ')
  const isShown =
    uri.length <= 500 &&
    uri.startsWith('otpauth://totp/') &&
    URL.canParse(uri) &&
    listed.length <= 20 &&
    listed.every((code) => /^[\w-]{4,20}$/.test(code))
  return isShown ? { uri, codes: listed } : undefined
}

/** The page again, with the key and the codes that are shown only while the second factor is turned on. */
async function wrongCode(web: Web, c: Request, enrolment: Enrolment | undefined): Promise<Response> {
  const issue = { pointer: '/code', detail: accountWords(c.var.reader.language).faults.code }
  if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', [issue])
  const props = { shell: await frameFor(web, c), reader: c.var.reader, error: issue.detail }
  const page = enrolment ? <EnrolPage {...props} enrolment={enrolment} /> : <ConfirmPage {...props} />
  return c.html(page, 422)
}
