import { type Capability, roleMay } from '../../access/index.ts'
import { asConnectionId, type Json, parseRecordId } from '../../kernel/index.ts'
import { personOf, problem, type Request, readBody, type Web } from '../../web/index.ts'
import { type ConnectionDeed, recordDeed } from './change-connection.sql.ts'
import { connectionById, type SeenConnection, type SeenTenant } from './connections.sql.ts'
import type { By } from './manage-connection.ts'

export const CONNECTIONS = '/admin/provider-connections'
export const connectionHref = (id: number) => `${CONNECTIONS}/${id}`
export const credentialHref = (id: number) => `${connectionHref(id)}/credential`
export const permissionsHref = (id: number) => `${connectionHref(id)}/permissions`
export const connectionsOfHref = (directoryId: string) => `${CONNECTIONS}?tenant=${directoryId}`
export const newConnectionHref = (directoryId: string | null) =>
  `${CONNECTIONS}/new${directoryId === null ? '' : `?tenant=${directoryId}`}`

/** The connection that a path names; undefined for a malformed, an unknown and an invisible one alike. */
export async function connectionInPath(web: Web, c: Request): Promise<SeenConnection | undefined> {
  const id = parseRecordId(c.req.param('connection') ?? '')
  if (id === null) return undefined
  return connectionById(web.db, asConnectionId(id), personOf(c).actor)
}

/** Who asks, for the record of what they do. */
export const byOf = (c: Request): By => ({
  actor: personOf(c).actor,
  correlationId: c.var.correlationId,
})

/** What a change needs to know before it begins, or the answer that ends the request. */
export type Permitted<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

/** The connection of the path, for somebody who may do this with it; otherwise 404, or 403 with its record. */
export async function permitted(
  web: Web,
  c: Request,
  action: ConnectionDeed,
  capability: Capability,
): Promise<Permitted<SeenConnection>> {
  const connection = await connectionInPath(web, c)
  if (!connection) return { ok: false, answer: problem(web, c, 'not_found') }
  if (roleMay(connection.tenant.role, capability)) return { ok: true, value: connection }
  return { ok: false, answer: forbidden(web, c, action, connection.tenant, connection) }
}

/** Answers 403 and records who tried what. */
export async function forbidden(
  web: Web,
  c: Request,
  action: ConnectionDeed,
  tenant: SeenTenant,
  connection: SeenConnection | null = null,
): Promise<Response> {
  await recordDeed(web.db, tenant.workspaceId, {
    ...byOf(c),
    action,
    outcome: 'forbidden',
    tenantId: tenant.id,
    connectionId: connection?.id ?? null,
    facts: { role: tenant.role },
  })
  return problem(web, c, 'forbidden')
}

const REFUSED = { unsupported: 'unsupported_media_type', too_large: 'too_large' } as const

/** The fields of a body, JSON or form, or the problem with it. */
export async function fieldsOf(web: Web, c: Request): Promise<Permitted<{ readonly [name: string]: Json }>> {
  const body = await readBody(c)
  if (body.kind === 'fields') return { ok: true, value: body.fields }
  if (body.kind === 'unreadable')
    return { ok: false, answer: problem(web, c, 'malformed', [{ pointer: '', detail: body.detail }]) }
  return { ok: false, answer: problem(web, c, REFUSED[body.kind]) }
}
