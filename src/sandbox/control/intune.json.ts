import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { LiveDirectory } from '../directory.ts'
import {
  createLike,
  deletePolicy,
  editPolicy,
  reassignPolicy,
  renamePolicy,
} from '../intune/change-intune.ts'
import { countsOf } from '../intune/intune.ts'
import { KIND_NAMES, type KindName, type Properties } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'
import { COMPLIANCE_STATES } from '../intune/managed-devices.ts'
import { find } from '../intune/objects.ts'
import { changeAtRandom } from '../intune/random-rounds.ts'
import { shownWhole, truthOf } from '../intune/truth.ts'
import type { SandboxWorld } from '../world.ts'

/** Intune and conditional access of a directory in the control API. */
export function intuneJson(world: SandboxWorld): Hono {
  const routes = new Hono()

  routes.get('/directories/:id/intune', (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c)
    return c.json({ counts: countsOf(directory.intune), writes: directory.intune.writes })
  })

  routes.post('/directories/:id/intune/changes', async (c) => {
    const directory = world.find(c.req.param('id'))
    if (!directory) return unknown(c)
    const wanted = round.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return c.json({ error: z.prettifyError(wanted.error) }, 400)
    const { kinds, seed, times } = wanted.data
    return c.json(changeAtRandom(directory, seed, times, kinds))
  })

  routes.get('/directories/:id/intune/:kind', (c) => {
    const place = placeIn(c, world)
    return place ? c.json(truthOf(place.directory, place.kind)) : unknown(c)
  })

  routes.post('/directories/:id/intune/:kind', async (c) => {
    const place = placeIn(c, world)
    if (!place || !KINDS[place.kind].writes) return unknown(c)
    const wanted = newObject.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return c.json({ error: z.prettifyError(wanted.error) }, 400)
    const { assignments, name, set } = wanted.data
    const { id } = createLike(place.directory, place.kind, name, set)
    if (assignments) reassignPolicy(place.directory, place.kind, id, assignments)
    return c.json(viewOf({ ...place, id }), 201)
  })

  routes.patch('/directories/:id/intune/:kind/:object', async (c) => {
    const place = placeIn(c, world)
    const id = c.req.param('object')
    if (!place || !find(place.directory.intune.objects[place.kind], id)) return unknown(c)
    const change = objectChange(place.kind).safeParse(await c.req.json().catch(() => null))
    if (!change.success) return c.json({ error: z.prettifyError(change.error) }, 400)
    const { assignments, name, set } = change.data
    if (set) editPolicy(place.directory, place.kind, id, set)
    if (name) renamePolicy(place.directory, place.kind, id, name)
    if (assignments) reassignPolicy(place.directory, place.kind, id, assignments)
    return c.json(viewOf({ ...place, id }))
  })

  routes.delete('/directories/:id/intune/:kind/:object', (c) => {
    const place = placeIn(c, world)
    const found = place && deletePolicy(place.directory, place.kind, c.req.param('object'))
    return found ? c.body(null, 204) : unknown(c)
  })

  return routes
}

interface Place {
  readonly directory: LiveDirectory
  readonly kind: KindName
}

function placeIn(c: Context, world: SandboxWorld): Place | null {
  const directory = world.find(c.req.param('id') ?? '')
  const kind = KIND_NAMES.find((name) => name === c.req.param('kind'))
  return directory && kind ? { directory, kind } : null
}

function viewOf({ directory, id, kind }: Place & { id: string }): Properties | null {
  const found = find(directory.intune.objects[kind], id)
  return found && { ...shownWhole(KINDS[kind], found), assignments: found.part('assignments') }
}

const unknown = (c: Context): Response => c.json({ error: 'The sandbox has no such object.' }, 404)

const target = z.looseObject({ '@odata.type': z.string() })
const name = z.string().trim().min(1).max(256)
const newObject = z.strictObject({
  name,
  set: z.record(z.string(), z.unknown()).optional(),
  assignments: z.array(target).optional(),
})
/** A device changes its compliance and its name; everything else of it only Intune knows. */
const objectChange = (kind: KindName) =>
  kind === 'managedDevices'
    ? newObject
        .extend({ set: z.strictObject({ complianceState: z.enum(COMPLIANCE_STATES) }).optional() })
        .partial()
    : newObject.partial()

const round = z.strictObject({
  seed: z.int().nonnegative(),
  times: z.int().min(1).max(10_000),
  kinds: z.array(z.enum(KIND_NAMES)).min(1).optional(),
})
