import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What the build made: each asset's plain name and the file name that carries its content hash. */
export type Assets = Readonly<Record<string, string>>

/** Reads the manifest of the folder the build wrote; throws when the assets were never built. */
export const readAssets = (folder: string): Assets =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))

/** The address of an asset, by its plain name; an unknown name is a bug and throws. */
export function assetUrl(assets: Assets, name: string): string {
  const file = assets[name]
  if (file === undefined) throw new Error(`No asset is called ${name}.`)
  return `/assets/${file}`
}

/**
 * How long a browser may keep a file of that folder. A hashed name never changes its content; the sprite keeps
 * one name, because every icon refers to it, and is refreshed in the background.
 */
export const assetCaching = (file: string): string =>
  /\.[0-9a-f]{10}\.[a-z0-9]+$/.test(file)
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=600, stale-while-revalidate=86400'
