import { bytesOf, makeCertificate } from '../../providers/index.ts'
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
  connectionInPath,
  credentialHref,
  fieldsOf,
  type Permitted,
  permitted,
} from './at-hand.ts'
import {
  type ConnectionFlaws,
  CREDENTIAL_WAYS,
  type CredentialWay,
  readPem,
  readSecret,
  type TypedConnection,
  typedConnection,
  typedHidden,
} from './connection-input.ts'
import { issuesOf } from './connection-issues.ts'
import { connectionJson, credentialJson } from './connection-json.ts'
import { connectionById, type SeenConnection } from './connections.sql.ts'
import { CredentialPage } from './credential-page.tsx'
import { credentialsOf } from './credentials.sql.ts'
import { commonNameOf, discardNext, type Proof, storeCredential } from './store-credential.ts'
import { newestReport } from './verification-report.sql.ts'

const HERE = `${CONNECTIONS}/:connection/credential` as const

/** The credentials of a connection: to be seen, stored, made here, handed out in their public part, taken back. */
export const credentialRoutes: Routes = (app, web) => {
  app.get(HERE, async (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    const connection = await connectionInPath(web, c)
    if (!connection) return problem(web, c, 'not_found')
    if (form === 'json')
      return c.json(credentialJson(await credentialsOf(web.db, connection.tenant.id, connection.id)))
    return page(web, c, connection, { way: wayOf(c), typed: NOTHING_TYPED, flaws: {} })
  })

  app.post(HERE, async (c) => {
    const at = await dedicated(web, c, 'connection.credential.rotate')
    if (!at.ok) return at.answer
    const body = await fieldsOf(web, c)
    if (!body.ok) return body.answer
    const { expiresOn } = typedConnection(body.value)
    const read = readSecret(typedHidden(body.value).secret, expiresOn, new Date())
    if (read.ok) return store(web, c, at.value, { kind: 'client_secret', ...read.value })
    const typed = { ...NOTHING_TYPED, expiresOn }
    return refused(web, c, at.value, { way: 'secret', typed, flaws: read.flaws })
  })

  app.post(`${HERE}/certificate`, async (c) => {
    const at = await dedicated(web, c, 'connection.credential.rotate')
    if (!at.ok) return at.answer
    const body = await fieldsOf(web, c)
    if (!body.ok) return body.answer
    const read = readPem(typedHidden(body.value).pem, new Date())
    if (read.ok) return store(web, c, at.value, { kind: 'certificate', madeHere: false, ...read.value })
    return refused(web, c, at.value, { way: 'certificate', typed: NOTHING_TYPED, flaws: read.flaws })
  })

  app.post(`${HERE}/generate`, async (c) => {
    const at = await dedicated(web, c, 'connection.credential.rotate')
    if (!at.ok) return at.answer
    const made = await makeCertificate(commonNameOf(at.value.clientId), new Date())
    return store(web, c, at.value, { kind: 'certificate', madeHere: true, ...made })
  })

  app.post(`${HERE}/discard`, async (c) => {
    const at = await dedicated(web, c, 'connection.credential.discard')
    if (!at.ok) return at.answer
    await discardNext(web.db, at.value, byOf(c))
    return done(web, c, at.value)
  })

  app.get(`${HERE}/certificate`, async (c) => {
    const connection = await connectionInPath(web, c)
    if (!connection) return problem(web, c, 'not_found')
    const slot = c.req.query('slot') ?? 'in_use'
    const stored = await credentialsOf(web.db, connection.tenant.id, connection.id)
    const { certificate = null } = stored.find((each) => each.slot === slot) ?? {}
    if (certificate === null) return problem(web, c, 'not_found')
    const isText = c.req.query('form') === 'pem'
    return c.body(isText ? certificate : Uint8Array.from(bytesOf(certificate)).buffer, 200, {
      'Content-Type': isText ? 'application/x-pem-file' : 'application/pkix-cert',
      'Content-Disposition': `attachment; filename="tenantpilot-${connection.id}.${isText ? 'pem' : 'cer'}"`,
    })
  })
}

/** A connection with an app registration of its own, for somebody who may change its credentials. */
async function dedicated(
  web: Web,
  c: Request,
  action: 'connection.credential.rotate' | 'connection.credential.discard',
): Promise<Permitted<SeenConnection>> {
  const at = await permitted(web, c, action, 'tenant.credentials.rotate')
  if (!at.ok || at.value.facts.type === 'dedicated') return at
  return { ok: false, answer: problem(web, c, 'not_found') }
}

async function store(web: Web, c: Request, connection: SeenConnection, proof: Proof): Promise<Response> {
  const slot = await storeCredential(web.db, web.vault, connection, byOf(c), proof)
  return slot ? done(web, c, connection) : problem(web, c, 'not_found')
}

/** Back to the credentials; a program gets the connection as it is now. */
async function done(web: Web, c: Request, { id }: SeenConnection): Promise<Response> {
  if (representationFor(c, null) !== 'json') return c.redirect(credentialHref(id), 303)
  const connection = await connectionById(web.db, id, personOf(c).actor)
  return connection ? c.json(connectionJson(connection)) : problem(web, c, 'not_found')
}

interface Filled {
  readonly way: CredentialWay
  readonly typed: TypedConnection
  readonly flaws: ConnectionFlaws
}

const NOTHING_TYPED: TypedConnection = typedConnection({})

const wayOf = (c: Request): CredentialWay =>
  CREDENTIAL_WAYS.find((way) => way === c.req.query('way')) ?? 'secret'

/** A program gets the fields that are wrong, a person the form again; neither a secret nor a key comes back. */
const refused = (web: Web, c: Request, connection: SeenConnection, filled: Filled) =>
  representationFor(c, null) === 'json'
    ? problem(web, c, 'malformed', issuesOf(c, filled.flaws))
    : page(web, c, connection, filled)

async function page(web: Web, c: Request, connection: SeenConnection, filled: Filled): Promise<Response> {
  const stored = await credentialsOf(web.db, connection.tenant.id, connection.id)
  const props = {
    shell: await frameFor(web, c),
    reader: c.var.reader,
    connection,
    stored,
    report: (await newestReport(web.db, connection.tenant.id, connection.id)) ?? null,
    confirming: c.req.query('confirm') === 'discard' && connection.next !== null,
    ...filled,
  }
  return c.html(<CredentialPage {...props} />, Object.keys(filled.flaws).length > 0 ? 422 : 200)
}
