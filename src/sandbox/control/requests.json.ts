import { type Context, Hono } from 'hono'
import { forgetRequests } from '../traffic.ts'
import type { SandboxWorld } from '../world.ts'

/** Who asked what of a directory lately, in the control API. */
export function requestsJson(world: SandboxWorld): Hono {
  const routes = new Hono()

  routes.get('/directories/:id/requests', (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c)
    const { counts, lately, told } = directory.traffic
    const waiting = [...told].map(([clientId, until]) => ({ clientId, until: new Date(until).toISOString() }))
    return c.json({ ...counts, waiting, lately })
  })

  routes.delete('/directories/:id/requests', (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c)
    forgetRequests(directory.traffic)
    return c.body(null, 204)
  })

  return routes
}

const unknown = (c: Context): Response => c.json({ error: 'The sandbox has no such directory.' }, 404)
