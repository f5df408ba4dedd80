/*
 * The control API, for tests and scripts. Everything a person can change on the control page:
 *
 *   POST   /control/reset                                     everything as it was at the start → 204
 *   GET    /control/directories                               every directory
 *   POST   /control/directories                               { displayName, domain, id? } → 201 with the directory; 409 when it is there
 *   GET    /control/directories/{id}                          one directory, by id or domain
 *   PATCH  /control/directories/{id}                          { displayName?, granted?, installed?, enabled?, secrets?, faults? }
 *            granted:   { "<client id>": ["Group.Read.All", …] }   replaces what is granted
 *            installed: { "<client id>": true | false }
 *            enabled:   { "<client id>": true | false }
 *            secrets:   { "<client id>": "accepted" | "rejected" | "expired" }   all secrets of the application
 *            faults:    any of the faults in faults.ts; null takes one away
 *   POST   /control/directories/{id}/apps                     { displayName } → 201 { directoryId, clientId, displayName, secret, expiresAt }
 *   POST   /control/directories/{id}/apps/{client}/secrets    → 201, the same; the only answers with a secret in full
 *   POST   /control/directories/{id}/apps/{client}/certificates  { pem } → 201 { thumbprint, subject, expiresAt }
 *   DELETE /control/directories/{id}/apps/{client}/certificates/{thumbprint}  → 204; the thumbprint is SHA-1 in hex
 *   GET    /control/directories/{id}/role-definitions         every role definition
 *   POST   /control/directories/{id}/role-definitions         { displayName, description? } → 201 with the role
 *   PATCH  /control/directories/{id}/role-definitions/{role}  { displayName?, description?, isEnabled? }
 *   DELETE /control/directories/{id}/role-definitions/{role}  → 204
 *   GET    /control/directories/{id}/groups                   every group that is there
 *   POST   /control/directories/{id}/groups                   { displayName, kind? } → 201 with the group
 *   PATCH  /control/directories/{id}/groups/{group}           { displayName }
 *   DELETE /control/directories/{id}/groups/{group}           → 204; soft, or for good with ?forGood=yes
 *   POST   /control/directories/{id}/groups/{group}/restore   a soft-deleted one comes back
 *   GET    /control/directories/{id}/intune                   { counts, writes }: by kind; the last writes over Graph, oldest first
 *   POST   /control/directories/{id}/intune/changes           { seed, times, kinds? } → what was changed at random
 *   GET    /control/directories/{id}/intune/{kind}            everything of a kind, such as configurationPolicies
 *   POST   /control/directories/{id}/intune/{kind}            { name, set?, assignments? } → 201; set: properties, assignments: targets
 *   PATCH  /control/directories/{id}/intune/{kind}/{object}   the same, any of it; of a device set.complianceState
 *   DELETE /control/directories/{id}/intune/{kind}/{object}   → 204
 *   GET    /control/directories/{id}/requests                 { requests, tooEarly, byStatus, waiting, lately }: who asked what, each
 *            of a batch for itself; how many came although they were told to wait longer; the last 500, oldest first
 *   DELETE /control/directories/{id}/requests                 forgets them and the counts → 204
 *
 * Answers are JSON; an unknown directory, application or role is 404 and a body of another shape 400, both { error }.
 */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Clock } from '../../kernel/index.ts'
import {
  addCertificate,
  addRole,
  addSecret,
  certificateView,
  changeFaults,
  deleteRole,
  findRole,
  registerApp,
  removeCertificate,
  SECRET_STATES,
  secretState,
  setGranted,
  setSecretState,
} from '../change-world.ts'
import { emptyDirectory, type LiveDirectory, newDirectory, type SandboxApp } from '../directory.ts'
import { faultsChange } from '../faults.ts'
import { groupCount } from '../groups.ts'
import { countsOf } from '../intune/intune.ts'
import { findApp, type SandboxWorld } from '../world.ts'
import { groupsJson } from './groups.json.ts'
import { intuneJson } from './intune.json.ts'
import { requestsJson } from './requests.json.ts'

/** The control API under /control. */
export function controlJson(world: SandboxWorld, clock: Clock): Hono {
  const routes = new Hono()
  routes.route('/', groupsJson(world))
  routes.route('/', intuneJson(world))
  routes.route('/', requestsJson(world))

  routes.post('/reset', (c) => {
    world.reset()
    return c.body(null, 204)
  })

  routes.get('/directories', (c) =>
    c.json(world.directories.map((directory) => viewOf(directory, clock.now()))),
  )

  routes.post('/directories', async (c) => {
    const wanted = newDirectory.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return c.json({ error: z.prettifyError(wanted.error) }, 400)
    const added = world.add(emptyDirectory(wanted.data))
    if (!added) return c.json({ error: 'The sandbox has a directory with this id or domain.' }, 409)
    return c.json(viewOf(added, clock.now()), 201)
  })

  routes.get('/directories/:id', (c) => {
    const directory = world.find(c.req.param('id'))
    return directory ? c.json(viewOf(directory, clock.now())) : unknown(c, 'directory')
  })

  routes.patch('/directories/:id', async (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c, 'directory')
    const change = directoryChange.safeParse(await c.req.json().catch(() => null))
    if (!change.success) return c.json({ error: z.prettifyError(change.error) }, 400)
    if (!knowsEveryApp(directory, change.data)) return unknown(c, 'application')
    changeDirectory(directory, change.data, clock.now())
    return c.json(viewOf(directory, clock.now()))
  })

  routes.post('/directories/:id/apps', async (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c, 'directory')
    const wanted = newApp.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return c.json({ error: z.prettifyError(wanted.error) }, 400)
    return c.json(withNewSecret(directory, registerApp(directory, wanted.data.displayName), clock), 201)
  })

  routes.post('/directories/:id/apps/:client/secrets', (c) => {
    const directory = world.find(c.req.param('id'))
    const app = directory && findApp(directory, c.req.param('client'))
    return app ? c.json(withNewSecret(directory, app, clock), 201) : unknown(c, 'application')
  })

  routes.post('/directories/:id/apps/:client/certificates', async (c) => {
    const directory = world.find(c.req.param('id'))
    const app = directory && findApp(directory, c.req.param('client'))
    if (!app) return unknown(c, 'application')
    const wanted = newCertificate.safeParse(await c.req.json().catch(() => null))
    const added = wanted.success ? addCertificate(app, wanted.data.pem) : null
    return added ? c.json(added, 201) : c.json({ error: 'This is no certificate in PEM form.' }, 400)
  })

  routes.delete('/directories/:id/apps/:client/certificates/:thumbprint', (c) => {
    const directory = world.find(c.req.param('id'))
    const app = directory && findApp(directory, c.req.param('client'))
    const found = app && removeCertificate(app, c.req.param('thumbprint'))
    return found ? c.body(null, 204) : unknown(c, 'certificate')
  })

  routes.get('/directories/:id/role-definitions', (c) => {
    const directory = world.find(c.req.param('id'))
    return directory ? c.json(directory.roleDefinitions) : unknown(c, 'directory')
  })

  routes.post('/directories/:id/role-definitions', async (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c, 'directory')
    const role = newRole.safeParse(await c.req.json().catch(() => null))
    if (!role.success) return c.json({ error: z.prettifyError(role.error) }, 400)
    return c.json(addRole(directory, role.data.displayName, role.data.description ?? null), 201)
  })

  routes.patch('/directories/:id/role-definitions/:role', async (c) => {
    const directory = world.find(c.req.param('id'))
    const role = directory && findRole(directory, c.req.param('role'))
    if (!role) return unknown(c, 'role definition')
    const change = roleChange.safeParse(await c.req.json().catch(() => null))
    if (!change.success) return c.json({ error: z.prettifyError(change.error) }, 400)
    return c.json(Object.assign(role, change.data))
  })

  routes.delete('/directories/:id/role-definitions/:role', (c) => {
    const directory = world.find(c.req.param('id'))
    const found = directory && deleteRole(directory, c.req.param('role'))
    return found ? c.body(null, 204) : unknown(c, 'role definition')
  })

  return routes
}

const unknown = (c: Context, what: string): Response =>
  c.json({ error: `The sandbox has no such ${what}.` }, 404)

const directoryChange = z.strictObject({
  displayName: z.string().min(1).optional(),
  granted: z.record(z.string(), z.array(z.string())).default({}),
  installed: z.record(z.string(), z.boolean()).default({}),
  enabled: z.record(z.string(), z.boolean()).default({}),
  secrets: z.record(z.string(), z.enum(SECRET_STATES)).default({}),
  faults: faultsChange.default({}),
})

const newApp = z.strictObject({ displayName: z.string().trim().min(1).max(120) })

const newCertificate = z.strictObject({ pem: z.string() })

type DirectoryChange = z.infer<typeof directoryChange>

const newRole = z.strictObject({
  displayName: z.string().min(1),
  description: z.string().nullable().optional(),
})

const roleChange = z
  .strictObject({
    displayName: z.string().min(1),
    description: z.string().nullable(),
    isEnabled: z.boolean(),
  })
  .partial()

/** A secret made just now, with everything that a connection is made from. */
function withNewSecret(directory: LiveDirectory, app: SandboxApp, clock: Clock) {
  const { expiresAt, value } = addSecret(app, clock.now())
  const { clientId, displayName } = app
  return { directoryId: directory.id, clientId, displayName, secret: value, expiresAt }
}

const knowsEveryApp = (directory: LiveDirectory, { granted, installed, enabled, secrets }: DirectoryChange) =>
  [granted, installed, enabled, secrets].flatMap(Object.keys).every((id) => findApp(directory, id) !== null)

function changeDirectory(directory: LiveDirectory, change: DirectoryChange, now: Date): void {
  directory.displayName = change.displayName ?? directory.displayName
  for (const app of directory.apps) {
    const granted = change.granted[app.clientId]
    if (granted) setGranted(app, granted)
    app.installed = change.installed[app.clientId] ?? app.installed
    app.enabled = change.enabled[app.clientId] ?? app.enabled
    const state = change.secrets[app.clientId]
    for (const secret of app.secrets) if (state) setSecretState(secret, state, now)
  }
  changeFaults(directory, change.faults)
}

/** A directory as the API shows it: no secret in full, and what is in it only counted. */
const viewOf = ({ traffic: _, intune, ...directory }: LiveDirectory, now: Date) => ({
  ...directory,
  apps: directory.apps.map((app) => ({
    ...app,
    secrets: app.secrets.map((secret) => ({
      hint: secret.value.slice(0, 3),
      state: secretState(secret, now),
      expiresAt: secret.expiresAt ?? null,
    })),
    certificates: (app.certificates ?? []).map(({ pem }) => certificateView(pem)),
  })),
  roleDefinitions: directory.roleDefinitions.length,
  groups: groupCount(directory),
  intune: countsOf(intune),
})
