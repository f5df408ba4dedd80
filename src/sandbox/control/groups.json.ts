import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { createGroup, deleteGroup, everyGroup, findGroup, renameGroup, restoreGroup } from '../groups.ts'
import { GROUP_KINDS } from '../made-up-groups.ts'
import type { SandboxWorld } from '../world.ts'

/** The groups of a directory in the control API. */
export function groupsJson(world: SandboxWorld): Hono {
  const routes = new Hono()

  routes.get('/directories/:id/groups', (c) => {
    const directory = world.find(c.req.param('id'))
    return directory ? c.json(everyGroup(directory)) : unknown(c, 'directory')
  })

  routes.post('/directories/:id/groups', async (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c, 'directory')
    const wanted = newGroup.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return c.json({ error: z.prettifyError(wanted.error) }, 400)
    return c.json(createGroup(directory, wanted.data.displayName, wanted.data.kind), 201)
  })

  routes.patch('/directories/:id/groups/:group', async (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory || !findGroup(directory, c.req.param('group'))) return unknown(c, 'group')
    const change = newName.safeParse(await c.req.json().catch(() => null))
    if (!change.success) return c.json({ error: z.prettifyError(change.error) }, 400)
    renameGroup(directory, c.req.param('group'), change.data.displayName)
    return c.json(findGroup(directory, c.req.param('group')))
  })

  routes.delete('/directories/:id/groups/:group', (c) => {
    const directory = world.find(c.req.param('id'))
    const how = c.req.query('forGood') === 'yes' ? 'deleted' : 'soft_deleted'
    const found = directory && deleteGroup(directory, c.req.param('group'), how)
    return found ? c.body(null, 204) : unknown(c, 'group')
  })

  routes.post('/directories/:id/groups/:group/restore', (c) => {
    const directory = world.find(c.req.param('id'))
    const found = directory && restoreGroup(directory, c.req.param('group'))
    return found ? c.json(findGroup(directory, c.req.param('group'))) : unknown(c, 'group')
  })

  return routes
}

const unknown = (c: Context, what: string): Response =>
  c.json({ error: `The sandbox has no such ${what}.` }, 404)

const newName = z.strictObject({ displayName: z.string().trim().min(1).max(256) })
const newGroup = newName.extend({ kind: z.enum(GROUP_KINDS).optional() })
