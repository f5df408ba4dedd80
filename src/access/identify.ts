import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import { asUserId, asWorkspaceId, isLanguage, type Language, type WorkspaceId } from '../kernel/index.ts'
import type { PersonalActor } from './actor.ts'
import type { Auth } from './auth.ts'

/** Who sent a request, and how this person wants to be spoken to. */
export interface Identified {
  readonly actor: PersonalActor
  readonly email: string
  readonly sessionId: string | null
  /** The workspace a session chose, or the one a key is bound to. */
  readonly workspaceId: WorkspaceId | null
  readonly language: Language | null
  readonly timeZone: string | null
  readonly theme: 'light' | 'dark' | null
}

/**
 * Tells who sent a request: the owner of a session cookie, or of the key in `Authorization: Bearer`.
 * Null for nobody: no cookie, an expired session, a key that is wrong, expired, or bound to no workspace.
 */
export async function identify(auth: Auth, db: Db, headers: Headers): Promise<Identified | null> {
  const authorization = headers.get('authorization')
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]
  if (bearer !== undefined) return identifyKey(auth, db, bearer)
  if (authorization !== null) return null // whoever speaks for a key does not get a cookie's authority
  if (!headers.has('cookie')) return null
  const found = await auth.api.getSession({ headers })
  if (!found) return null
  const { session, user } = found
  return {
    actor: { kind: 'user', userId: asUserId(user.id), name: user.name },
    email: user.email,
    sessionId: session.id,
    ...spoken({
      workspace_id: session.workspaceId ?? null,
      language: user.language ?? null,
      time_zone: user.timeZone ?? null,
      theme: user.theme ?? null,
    }),
  }
}

async function identifyKey(auth: Auth, db: Db, key: string): Promise<Identified | null> {
  if (key.length > 500) return null
  const checked = await auth.api.verifyApiKey({ body: { key } })
  if (!checked.valid || !checked.key) return null
  const { rows } = await sql<Extras & { user_id: string; name: string; email: string }>`
    select u.id as user_id, u.name, u.email, u.language, u.time_zone, u.theme, b.workspace_id
    from api_keys k
    join users u on u.id = k.reference_id
    join api_key_workspaces b on b.api_key_id = k.id
    where k.id = ${checked.key.id}`.execute(db)
  const [row] = rows
  if (!row?.workspace_id) return null
  const workspaceId = asWorkspaceId(row.workspace_id)
  return {
    actor: {
      kind: 'api_key',
      userId: asUserId(row.user_id),
      name: row.name,
      keyId: checked.key.id,
      workspaceId,
    },
    email: row.email,
    sessionId: null,
    ...spoken(row),
  }
}

interface Extras {
  readonly workspace_id: number | null
  readonly language: string | null
  readonly time_zone: string | null
  readonly theme: string | null
}

const spoken = (extras: Extras) => ({
  workspaceId: extras.workspace_id ? asWorkspaceId(extras.workspace_id) : null,
  language: isLanguage(extras.language) ? extras.language : null,
  timeZone: extras.time_zone,
  theme: extras.theme as Identified['theme'],
})
