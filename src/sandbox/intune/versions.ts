import type { Properties } from './kind.ts'

/** A policy as version 1.0 knows it: without scope tags, and without what else only beta has. */
export function withoutBeta(object: Properties, version: string, more: readonly string[] = []): Properties {
  if (version === 'beta') return object
  const hidden = new Set(['roleScopeTagIds', ...more])
  return Object.fromEntries(Object.entries(object).filter(([name]) => !hidden.has(name)))
}
