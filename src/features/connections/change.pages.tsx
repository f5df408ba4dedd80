import { roleMay } from '../../access/index.ts'
import { asConnectionId } from '../../kernel/index.ts'
import {
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import {
  byOf,
  CONNECTIONS,
  connectionHref,
  connectionInPath,
  fieldsOf,
  forbidden,
  permitted,
} from './at-hand.ts'
import { type ConnectionFlaws, readApp, type TypedConnection, typedConnection } from './connection-input.ts'
import { issuesOf } from './connection-issues.ts'
import { connectionJson } from './connection-json.ts'
import { connectionById, type SeenConnection } from './connections.sql.ts'
import { EditConnectionPage } from './edit-page.tsx'
import { editConnection, makeDefault, setEnabled } from './manage-connection.ts'

const ONE = `${CONNECTIONS}/:connection` as const
const MANAGE = 'tenant.providers.manage'

/** What changes a connection beside its credentials: its app, its place as the default, its switch. */
export const changeConnectionRoutes: Routes = (app, web) => {
  app.get(`${ONE}/edit`, async (c) => {
    const connection = await connectionInPath(web, c)
    if (!connection) return problem(web, c, 'not_found')
    const { tenant } = connection
    if (!roleMay(tenant.role, MANAGE)) return forbidden(web, c, 'connection.update', tenant, connection)
    return editPage(web, c, connection, storedAs(connection), {})
  })

  app.post(ONE, async (c) => {
    const at = await permitted(web, c, 'connection.update', MANAGE)
    if (!at.ok) return at.answer
    const body = await fieldsOf(web, c)
    if (!body.ok) return body.answer
    const typed = typedConnection(body.value)
    const read = readApp(appOf(at.value, typed), at.value.tenant.directoryId)
    const changed = read.ok ? await editConnection(web.db, at.value, byOf(c), read.value) : read
    if (changed.ok) return done(web, c, at.value)
    return refused(web, c, at.value, typed, changed.flaws)
  })

  app.post(`${ONE}/make-default`, async (c) => {
    const at = await permitted(web, c, 'connection.make_default', MANAGE)
    if (!at.ok) return at.answer
    await makeDefault(web.db, at.value, byOf(c))
    return done(web, c, at.value)
  })

  for (const [path, isEnabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    app.post(`${ONE}/${path}`, async (c) => {
      const at = await permitted(web, c, `connection.${path}`, MANAGE)
      if (!at.ok) return at.answer
      await setEnabled(web.db, at.value, byOf(c), isEnabled)
      return done(web, c, at.value)
    })
}

/** Of a connection with the central app only the label can be changed: consent is about that app in that directory. */
const appOf = (connection: SeenConnection, typed: TypedConnection): TypedConnection =>
  connection.facts.type === 'platform' ? { ...storedAs(connection), label: typed.label } : typed

/** What the form shows of a connection as it is stored. */
const storedAs = ({ clientId, facts, tenant }: SeenConnection): TypedConnection => ({
  tenant: tenant.directoryId,
  type: facts.type,
  label: facts.label,
  clientId,
  directoryId: facts.directoryId,
  expiresOn: '',
  way: 'secret',
})

/** Back to the connection; a program gets it as it is now. */
async function done(web: Web, c: Request, { id }: SeenConnection): Promise<Response> {
  if (representationFor(c, null) !== 'json') return c.redirect(connectionHref(id), 303)
  const connection = await connectionById(web.db, asConnectionId(id), personOf(c).actor)
  return connection ? c.json(connectionJson(connection)) : problem(web, c, 'not_found')
}

/** A program gets the fields that are wrong, a person the form with what was typed. */
function refused(
  web: Web,
  c: Request,
  connection: SeenConnection,
  typed: TypedConnection,
  flaws: ConnectionFlaws,
): Response | Promise<Response> {
  if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', issuesOf(c, flaws))
  return editPage(web, c, connection, typed, flaws)
}

async function editPage(
  web: Web,
  c: Request,
  connection: SeenConnection,
  typed: TypedConnection,
  flaws: ConnectionFlaws,
): Promise<Response> {
  const shell = await frameFor(web, c)
  const props = { shell, reader: c.var.reader, connection, typed, flaws }
  return c.html(<EditConnectionPage {...props} />, Object.keys(flaws).length > 0 ? 422 : 200)
}
