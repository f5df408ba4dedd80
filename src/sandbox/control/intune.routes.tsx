import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { changeCompliance, createLike, deletePolicy, renamePolicy } from '../intune/change-intune.ts'
import { KIND_NAMES, type KindName } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'
import { COMPLIANCE_STATES } from '../intune/managed-devices.ts'
import { changeAtRandom } from '../intune/random-rounds.ts'
import type { SandboxWorld } from '../world.ts'
import { changeDirectory } from './change-directory.ts'
import { IntunePage } from './intune.page.tsx'

/** The pages and forms of Intune and conditional access. */
export function intuneRoutes(world: SandboxWorld): Hono {
  const routes = new Hono()

  routes.get('/directories/:id/intune/:kind', (c) => {
    const directory = world.find(c.req.param('id'))
    const kind = kindIn(c)
    if (!directory || !kind) return c.notFound()
    const page = Number(c.req.query('page') ?? 1)
    return c.html(`<!doctype html>${<IntunePage directory={directory} kind={KINDS[kind]} page={page} />}`)
  })

  routes.post('/directories/:id/intune/changes', (c) =>
    changeDirectory(c, world, (directory, form) => {
      const times = z.coerce.number().int().min(1).max(1_000).safeParse(form.get('times'))
      if (times.success) changeAtRandom(directory, directory.intune.clock.now().getTime(), times.data)
    }),
  )

  routes.post('/directories/:id/intune/:kind', (c) =>
    changeKind(c, world, (directory, kind, name) => {
      if (KINDS[kind].writes && name) createLike(directory, kind, name)
    }),
  )

  routes.post('/directories/:id/intune/:kind/:object', (c) =>
    changeKind(c, world, (directory, kind, name) => {
      if (name) renamePolicy(directory, kind, c.req.param('object'), name)
    }),
  )

  routes.post('/directories/:id/intune/:kind/:object/delete', (c) =>
    changeKind(c, world, (directory, kind) => {
      deletePolicy(directory, kind, c.req.param('object'))
    }),
  )

  routes.post('/directories/:id/intune/:kind/:object/compliance', (c) =>
    changeKind(c, world, (directory, kind, _, form) => {
      const state = z.enum(COMPLIANCE_STATES).safeParse(form.get('state'))
      if (kind === 'managedDevices' && state.success)
        changeCompliance(directory, c.req.param('object'), state.data)
    }),
  )

  return routes
}

type Directory = Parameters<Parameters<typeof changeDirectory>[2]>[0]

/** Applies a form to one kind and leads back to its page. */
function changeKind(
  c: Context,
  world: SandboxWorld,
  change: (directory: Directory, kind: KindName, name: string | undefined, form: URLSearchParams) => void,
): Promise<Response> | Response {
  const kind = kindIn(c)
  if (!kind) return c.notFound()
  return changeDirectory(
    c,
    world,
    (directory, form) => change(directory, kind, form.get('displayName')?.trim().slice(0, 256), form),
    `/intune/${kind}`,
  )
}

const kindIn = (c: Context): KindName | null =>
  KIND_NAMES.find((name) => name === c.req.param('kind')) ?? null
