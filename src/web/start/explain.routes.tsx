import type { Context } from 'hono'
import type { Surface } from '../../engine/catalog/index.ts'
import { explain, type StartTarget } from '../../engine/gate/index.ts'
import { asConnectionId, type Json, parseDirectoryId, parseRecordId } from '../../kernel/index.ts'
import type { Routes } from '../app.ts'
import { representationFor } from '../negotiation.ts'
import { problem } from '../problems.tsx'
import { personOf } from '../signed-in.ts'
import type { Request, Web } from '../web.ts'
import { parseStart } from './start-body.ts'
import { START_OUTCOME_TYPE, wireOutcome } from './wire.ts'

/** What a start would be answered now: each start path with `explain` as its last word; starts nothing. */
export const explainRoutes: Routes = (app, web) => {
  app.get('/admin/t/:tenant/provider-actions/:operation/explain', (c) =>
    explained(web, c, directoryTarget(c), c.req.param('operation'), 'tenant'),
  )
  app.get('/admin/t/:tenant/directory/role-definitions/explain', (c) =>
    explained(web, c, directoryTarget(c), 'directory.role_definitions.sync', 'role_definitions'),
  )
  app.get('/admin/t/:tenant/directory/groups/explain', (c) =>
    explained(web, c, directoryTarget(c), 'directory.groups.sync', 'groups'),
  )
  app.get('/admin/provider-connections/:connection/actions/:operation/explain', (c) =>
    explained(web, c, connectionTarget(c), c.req.param('operation'), 'connection'),
  )
}

/** The tenant of a path by its directory id; null when the text cannot be one. */
function directoryTarget(c: Context): StartTarget | null {
  const directoryId = parseDirectoryId(c.req.param('tenant') ?? '')
  return directoryId && { kind: 'directory', directoryId }
}

/** The connection of a path; null when the text cannot be a connection's number. */
function connectionTarget(c: Context): StartTarget | null {
  const id = parseRecordId(c.req.param('connection') ?? '')
  return id === null ? null : { kind: 'connection', connectionId: asConnectionId(id) }
}

const explained = (
  web: Web,
  c: Request,
  target: StartTarget | null,
  operation: string,
  surface: Surface,
): Promise<Response> => explainedAt(web, c, { target, operation, surface })

interface ExplainedPlace {
  readonly target: StartTarget | null
  readonly operation: string
  readonly surface: Surface
  /** The connection that is meant when the query names none. */
  readonly given?: { readonly connectionId: number | null }
}

/** What a start at this place would be answered now, with the fields of the query; starts nothing. */
export async function explainedAt(
  web: Web,
  c: Request,
  { given, operation, surface, target }: ExplainedPlace,
): Promise<Response> {
  if (representationFor(c, START_OUTCOME_TYPE) === null) return problem(web, c, 'not_acceptable')
  if (!target) return problem(web, c, 'not_found')
  const answer = await explain(web.gate, {
    actor: personOf(c).actor,
    target,
    operation,
    surface,
    parsed: parseStart(
      { kind: 'fields', fields: { ...chosenHere(given), ...queryFields(c) } },
      c.var.reader.language,
      operation,
    ),
    idempotency: null,
    correlationId: c.var.correlationId,
  })
  if (answer.kind === 'invisible') return problem(web, c, 'not_found')
  if (answer.kind === 'forbidden') return problem(web, c, 'forbidden')
  if (answer.kind === 'malformed') return problem(web, c, 'malformed', answer.issues)
  if (answer.kind !== 'explained') return problem(web, c, 'unavailable')
  const run = answer.holder && { id: answer.holder.runId, status: 'running' as const, tries: 1 }
  const wire = wireOutcome({ ...answer.draft, run }, answer.role, c.var.reader)
  return c.body(JSON.stringify(wire), 200, { 'Content-Type': START_OUTCOME_TYPE })
}

const chosenHere = (given: ExplainedPlace['given']): { [name: string]: Json } =>
  given?.connectionId == null ? {} : { providerConnectionId: given.connectionId }

/** Query fields as a body would have them: whole numbers of ids are numbers. */
const queryFields = (c: Request): { [name: string]: Json } => ({
  ...Object.fromEntries(
    Object.entries(c.req.query()).map(([name, value]) => [
      name,
      name.endsWith('Id') && /^\d{1,16}$/.test(value) ? Number(value) : value,
    ]),
  ),
  ...(c.req.queries('types') && { targetContext: { types: c.req.queries('types') ?? [] } }),
})
