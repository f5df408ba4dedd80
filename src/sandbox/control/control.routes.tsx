import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import type { Clock } from '../../kernel/index.ts'
import {
  addCertificate,
  addRole,
  addSecret,
  changeFaults,
  deleteRole,
  findRole,
  registerApp,
  removeCertificate,
  SECRET_STATES,
  setGranted,
  setSecretState,
} from '../change-world.ts'
import { emptyDirectory, type LiveDirectory, newDirectory, type SandboxApp } from '../directory.ts'
import { createGroup, deleteGroup, renameGroup, restoreGroup } from '../groups.ts'
import { GROUP_KINDS } from '../made-up-groups.ts'
import { forgetRequests } from '../traffic.ts'
import type { SandboxWorld } from '../world.ts'
import { changeApp, changeDirectory } from './change-directory.ts'
import { DirectoriesPage } from './directories.page.tsx'
import { DirectoryPage } from './directory.page.tsx'
import { faultsFromForm } from './faults-form.ts'
import { intuneRoutes } from './intune.routes.tsx'
import type { NewSecret } from './new-secret.tsx'
import { STYLESHEET } from './stylesheet.ts'

/** The control page: plain forms that post, change the world and lead back. Works without script. */
export function controlRoutes(world: SandboxWorld, clock: Clock): Hono {
  const routes = new Hono()
  const page = (c: Context, content: Child) => c.html(`<!doctype html>${content}`)

  routes.get('/sandbox.css', (c) => c.body(STYLESHEET, 200, { 'Content-Type': 'text/css; charset=utf-8' }))

  /** By directory: what the next look at its page shows, once. */
  const newSecrets = new Map<string, NewSecret>()

  routes.route('/', intuneRoutes(world))

  routes.get('/', (c) => page(c, <DirectoriesPage directories={world.directories} />))

  routes.post('/directories', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const wanted = newDirectory.safeParse({
      displayName: form.get('displayName') ?? '',
      domain: form.get('domain') ?? '',
      ...(form.get('id')?.trim() && { id: form.get('id')?.trim() }),
    })
    const added = wanted.success ? world.add(emptyDirectory(wanted.data)) : null
    if (added) return c.redirect(`/directories/${added.id}`, 303)
    c.status(wanted.success ? 409 : 400)
    return page(c, <DirectoriesPage directories={world.directories} isRefused />)
  })

  routes.get('/directories/:id', (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return c.notFound()
    const number = Number(c.req.query('page') ?? 1) || 1
    const newSecret = newSecrets.get(directory.id) ?? null
    newSecrets.delete(directory.id)
    c.header('Cache-Control', 'no-store')
    return page(
      c,
      <DirectoryPage
        directory={directory}
        now={clock.now()}
        page={Math.floor(number)}
        groupsPage={Math.floor(Number(c.req.query('groups') ?? 1) || 1)}
        newSecret={newSecret}
      />,
    )
  })

  routes.post('/directories/:id/apps/:client/grants', (c) =>
    changeApp(c, world, (app, form) => setGranted(app, form.getAll('granted'))),
  )

  routes.post('/directories/:id/apps/:client/installed', (c) =>
    changeApp(c, world, (app, form) => {
      app.installed = form.get('on') === 'yes'
    }),
  )

  routes.post('/directories/:id/apps/:client/enabled', (c) =>
    changeApp(c, world, (app, form) => {
      app.enabled = form.get('on') === 'yes'
    }),
  )

  const showNewSecret = (directory: LiveDirectory, app: SandboxApp) =>
    newSecrets.set(directory.id, { app, secret: addSecret(app, clock.now()) })

  routes.post('/directories/:id/apps', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const name = form.get('displayName')?.trim().slice(0, 120)
      if (name) showNewSecret(directory, registerApp(directory, name))
    }),
  )

  routes.post('/directories/:id/apps/:client/secrets', (c) =>
    changeApp(c, world, (app, _, directory) => showNewSecret(directory, app)),
  )

  routes.post('/directories/:id/apps/:client/secrets/:index', (c) =>
    changeApp(c, world, (app, form) => {
      const secret = app.secrets[Number(c.req.param('index'))]
      const state = z.enum(SECRET_STATES).safeParse(form.get('state'))
      if (secret && state.success) setSecretState(secret, state.data, clock.now())
    }),
  )

  routes.post('/directories/:id/apps/:client/certificates', async (c) => {
    let isRead = false
    const answer = await changeApp(c, world, (app, form) => {
      isRead = addCertificate(app, form.get('pem') ?? '') !== null
    })
    return isRead || answer.status === 404 ? answer : c.text('This is no certificate in PEM form.', 400)
  })

  routes.post('/directories/:id/apps/:client/certificates/:thumbprint/delete', (c) =>
    changeApp(c, world, (app) => {
      removeCertificate(app, c.req.param('thumbprint'))
    }),
  )

  routes.post('/directories/:id/faults', async (c) => {
    let wrong: readonly string[] = []
    const answer = await changeDirectory(c, world, (directory, form) => {
      const read = faultsFromForm(form)
      if (read.kind === 'read') changeFaults(directory, read.change)
      else wrong = read.labels
    })
    return wrong.length === 0 ? answer : c.text(`Nothing was saved. Please look at: ${wrong.join(', ')}`, 400)
  })

  routes.post('/directories/:id/requests/forget', (c) =>
    changeDirectory(c, world, ({ traffic }) => forgetRequests(traffic)),
  )

  routes.post('/directories/:id/role-definitions', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const name = form.get('displayName')?.trim()
      if (name) addRole(directory, name, null)
    }),
  )

  routes.post('/directories/:id/role-definitions/:role', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const role = findRole(directory, c.req.param('role'))
      const name = form.get('displayName')?.trim()
      if (role && name) role.displayName = name
    }),
  )

  routes.post('/directories/:id/role-definitions/:role/delete', (c) =>
    changeDirectory(c, world, (directory) => {
      deleteRole(directory, c.req.param('role'))
    }),
  )

  routes.post('/directories/:id/groups', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const name = form.get('displayName')?.trim().slice(0, 256)
      if (name) createGroup(directory, name, z.enum(GROUP_KINDS).safeParse(form.get('kind')).data)
    }),
  )

  routes.post('/directories/:id/groups/:group', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const name = form.get('displayName')?.trim().slice(0, 256)
      if (name) renameGroup(directory, c.req.param('group'), name)
    }),
  )

  routes.post('/directories/:id/groups/:group/delete', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const how = form.get('forGood') === 'yes' ? 'deleted' : 'soft_deleted'
      deleteGroup(directory, c.req.param('group'), how)
    }),
  )

  routes.post('/directories/:id/groups/:group/restore', (c) =>
    changeDirectory(c, world, (directory) => {
      restoreGroup(directory, c.req.param('group'))
    }),
  )

  return routes
}
