import { recordDone } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import { forbidden, personOf, type Request, type Web } from '../../web/index.ts'

export const ACCOUNT = '/admin/account'

/** Somebody at a browser, in the session that this request came in. */
export interface AtBrowser {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly sessionId: string
}

/** The person behind a request, at a browser; a key does not speak for its owner's account: 403. */
export function atBrowser(
  web: Web,
  c: Request,
  action: string,
): { ok: true; person: AtBrowser } | { ok: false; answer: Promise<Response> } {
  const { actor, email, sessionId } = personOf(c)
  if (actor.kind === 'user' && sessionId !== null)
    return { ok: true, person: { userId: actor.userId, name: actor.name, email, sessionId } }
  return { ok: false, answer: forbidden(web, c, { action, targetKind: 'person', targetId: actor.userId }) }
}

/** Records what somebody did with their own account. */
export const recordOwn = (
  db: Db,
  { name, userId }: Pick<AtBrowser, 'name' | 'userId'>,
  action: string,
  facts: object,
  correlationId: string,
) =>
  recordDone(
    db,
    { kind: 'user', userId, name },
    {
      workspaceId: null,
      action,
      targetKind: 'person',
      targetId: userId,
      facts,
      correlationId,
    },
  )
