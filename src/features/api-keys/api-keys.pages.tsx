import { revokeApiKey } from '../../access/index.ts'
import { isPlainText } from '../../kernel/index.ts'
import {
  forbidden,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  readBody,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { recordKeyDeed, tenantsInSight } from './api-keys.sql.ts'
import { apiKeysWords } from './api-keys.words.ts'
import { ApiKeysPage } from './api-keys-page.tsx'
import { type MadeKey, makeKey } from './make-key.ts'
import { type KeyFlaws, NOTHING_TYPED, type TypedKey, typedKey } from './new-key.ts'
import { keyJson, type OwnKey, ownKey, ownKeys } from './own-keys.ts'
import { RevokePage } from './revoke-page.tsx'

const KEYS = '/admin/api-keys'
const REFUSED = { unsupported: 'unsupported_media_type', too_large: 'too_large' } as const

/** The keys of a person's programs. Keys themselves neither see nor make nor revoke any. */
export const apiKeyRoutes: Routes = (app, web) => {
  app.get(KEYS, async (c) => {
    if (personOf(c).actor.kind !== 'user') return refusedKey(web, c, 'api_key.view')
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    if (form === 'html') return keysPage(web, c, {})
    const { actor, workspace } = await workplaceOf(web, c)
    return c.json({ apiKeys: (await ownKeys(web.db, workspace.id, actor.userId)).map(keyJson) })
  })

  app.post(KEYS, async (c) => {
    if (personOf(c).actor.kind !== 'user') return refusedKey(web, c, 'api_key.create')
    const { actor, workspace } = await workplaceOf(web, c)
    const body = await readBody(c)
    if (body.kind === 'unreadable')
      return problem(web, c, 'malformed', [{ pointer: '', detail: body.detail }])
    if (body.kind !== 'fields') return problem(web, c, REFUSED[body.kind])
    const typed = typedKey(body.fields)
    const by = { actor, workspaceId: workspace.id, correlationId: c.var.correlationId }
    const made = await makeKey(web.auth, web.db, by, typed)
    return made ? answer(web, c, typed, made) : problem(web, c, 'not_found')
  })

  app.get(`${KEYS}/:key/revoke`, async (c) => {
    if (personOf(c).actor.kind !== 'user') return refusedKey(web, c, 'api_key.revoke')
    const key = await keyInPath(web, c)
    if (!key) return problem(web, c, 'not_found')
    return c.html(<RevokePage shell={await frameFor(web, c)} reader={c.var.reader} apiKey={key} />)
  })

  app.post(`${KEYS}/:key/revoke`, async (c) => {
    if (personOf(c).actor.kind !== 'user') return refusedKey(web, c, 'api_key.revoke')
    const key = await keyInPath(web, c)
    if (!key) return problem(web, c, 'not_found')
    const { actor, workspace } = await workplaceOf(web, c)
    await web.db.transaction().execute(async (tx) => {
      if (!(await revokeApiKey(tx, key.id, actor.userId))) return
      const deed = { actor, keyId: key.id, facts: { name: key.name }, correlationId: c.var.correlationId }
      await recordKeyDeed(tx, workspace.id, { ...deed, action: 'api_key.revoke' })
    })
    if (representationFor(c, null) === 'json') return c.json({ id: key.id, revoked: true })
    return c.redirect(KEYS, 303)
  })
}

const refusedKey = (web: Web, c: Request, action: 'api_key.view' | 'api_key.create' | 'api_key.revoke') =>
  forbidden(web, c, { action, targetKind: 'api_key', targetId: null })

/** A person's own key of the workspace they work in; undefined for a malformed, an unknown and another's alike. */
async function keyInPath(web: Web, c: Request): Promise<OwnKey | undefined> {
  const { actor, workspace } = await workplaceOf(web, c)
  const keyId = c.req.param('key') ?? ''
  return isPlainText(keyId) ? ownKey(web.db, workspace.id, actor.userId, keyId) : undefined
}

/** The key, this once; or the form again with what was typed, and for a program its issues. */
function answer(web: Web, c: Request, typed: TypedKey, result: MadeKey): Response | Promise<Response> {
  const json = representationFor(c, null) === 'json'
  if (!result.ok) {
    if (!json) return keysPage(web, c, { typed, flaws: result.flaws })
    return problem(web, c, 'malformed', issuesOf(c, result.flaws))
  }
  const { made, wanted } = result
  if (!json) return keysPage(web, c, { newKey: made.key })
  const { mostRole, name, tenants } = wanted
  return c.json(
    {
      id: made.id,
      key: made.key,
      name,
      expiresAt: made.expiresAt?.toISOString() ?? null,
      ...(mostRole && { mostRole }),
      ...(tenants && { tenants }),
    },
    201,
  )
}

function issuesOf(c: Request, flaws: KeyFlaws) {
  const words = apiKeysWords(c.var.reader.language)
  return Object.entries(flaws).map(([field, flaw]) => ({ pointer: `/${field}`, detail: words.flaws[flaw] }))
}

interface Shown {
  newKey?: string
  typed?: TypedKey
  flaws?: KeyFlaws
}

async function keysPage(web: Web, c: Request, { flaws = {}, newKey, typed = NOTHING_TYPED }: Shown) {
  const { actor, workspace } = await workplaceOf(web, c)
  const [keys, tenants, shell] = await Promise.all([
    ownKeys(web.db, workspace.id, actor.userId),
    tenantsInSight(web.db, workspace.id, actor),
    frameFor(web, c),
  ])
  const props = { shell, reader: c.var.reader, keys, tenants, ownRole: workspace.role, typed, flaws, newKey }
  return c.html(<ApiKeysPage {...props} />, Object.keys(flaws).length > 0 ? 422 : 200)
}
