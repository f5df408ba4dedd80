import type { Context } from 'hono'
import type { LiveDirectory, SandboxApp } from '../directory.ts'
import { findApp, type SandboxWorld } from '../world.ts'

/** Applies a form to a directory and leads back to its page, or to one below it. */
export async function changeDirectory(
  c: Context,
  world: SandboxWorld,
  change: (directory: LiveDirectory, form: URLSearchParams) => void,
  below = '',
): Promise<Response> {
  const directory = world.find(c.req.param('id') ?? '')
  if (!directory) return c.notFound()
  change(directory, new URLSearchParams(await c.req.text()))
  return c.redirect(`/directories/${directory.id}${below}`, 303)
}

/** Applies a form to an application and leads back to its directory. */
export async function changeApp(
  c: Context,
  world: SandboxWorld,
  change: (app: SandboxApp, form: URLSearchParams, directory: LiveDirectory) => void,
): Promise<Response> {
  const directory = world.find(c.req.param('id') ?? '')
  const app = directory && findApp(directory, c.req.param('client') ?? '')
  if (!app) return c.notFound()
  return changeDirectory(c, world, (_, form) => change(app, form, directory))
}
