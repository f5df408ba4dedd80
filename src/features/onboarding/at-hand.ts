import { roleMay } from '../../access/index.ts'
import { stepsOf } from '../../engine/waiting/index.ts'
import { type Json, parseRecordId } from '../../kernel/index.ts'
import { forbidden, personOf, problem, type Request, type Web } from '../../web/index.ts'
import type { By } from './change-session.ts'
import type { OnboardingSession, SessionFacts } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { sessionFor } from './sessions.sql.ts'

/** What a request needs to know before it begins, or the answer that ends it. */
export type AtHand<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

/** The session that a path names; undefined for a malformed, an unknown and an invisible one alike. */
export async function sessionInPath(web: Web, c: Request): Promise<OnboardingSession | undefined> {
  const id = parseRecordId(c.req.param('onboarding') ?? '')
  return id === null ? undefined : sessionFor(web.db, personOf(c).actor, id)
}

/** The session of the path, for somebody who may onboard; otherwise 404, or 403 with its record. */
export async function permitted(web: Web, c: Request, action: string): Promise<AtHand<OnboardingSession>> {
  const session = await sessionInPath(web, c)
  if (!session) return { ok: false, answer: problem(web, c, 'not_found') }
  if (roleMay(session.role, 'workspace.onboarding.manage')) return { ok: true, value: session }
  const { id, workspaceId } = session
  const deed = { action, targetKind: 'onboarding_session', targetId: String(id), workspaceId }
  return { ok: false, answer: forbidden(web, c, deed) }
}

/** A session with everything that its page is derived from. */
export const factsOf = async (web: Web, session: OnboardingSession): Promise<SessionFacts> => ({
  ...session,
  bootstrap: await stepsOf(web.db, session.id),
})

/** Which version a client means by `If-Match`: a number, null for any or none, undefined for what is no version. */
export function versionInHeader(c: Request): number | null | undefined {
  const header = c.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return null
  const [, digits = ''] = /^(?:W\/)?"(\d{1,16})"$/.exec(header) ?? []
  return parseRecordId(digits) ?? undefined
}

/** The tag by which a client names a version in `If-Match`. */
export const tagOf = ({ version }: Pick<OnboardingSession, 'version'>) => `"${version}"`

/** Who changes the session, in the version that header or body names; a change has to name one. */
export function byOf(web: Web, c: Request, fields: { readonly [name: string]: Json }): AtHand<By> {
  const inHeader = versionInHeader(c)
  const isAny = c.req.header('if-match')?.trim() === '*'
  const given = fields.version
  const inBody = given === undefined || given === null ? null : (parseRecordId(String(given)) ?? undefined)
  const version = inHeader ?? inBody
  if (inHeader === undefined || version === undefined || (version === null && !isAny)) {
    const { versionMissing } = onboardingWords(c.var.reader.language)
    const pointer = inHeader === undefined ? '/If-Match' : '/version'
    return { ok: false, answer: problem(web, c, 'malformed', [{ pointer, detail: versionMissing }]) }
  }
  const { actor } = personOf(c)
  return {
    ok: true,
    value: { actor, correlationId: c.var.correlationId, expectedVersion: version },
  }
}
