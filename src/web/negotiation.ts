import { parseAccept } from 'hono/utils/accept'
import { isLanguage, type Language } from '../kernel/index.ts'
import type { Request } from './web.ts'

export type Representation = 'html' | 'json'

/**
 * What a client wants, by the q-values of `Accept`: HTML, or JSON under `vendorType` (which
 * `application/json` also asks for). Anything goes: HTML for a browser's cookie, JSON for a key.
 * Null when it wants nothing we have (406).
 */
export function representationFor(c: Request, vendorType: string | null): Representation | null {
  const fallback: Representation = c.req.header('authorization') ? 'json' : 'html'
  const accept = c.req.header('accept')
  if (!accept?.trim()) return fallback
  const ranges = parseAccept(accept)
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  for (const { type } of ranges) {
    const range = type.toLowerCase()
    if (range === '*/*') return fallback
    if (range === 'text/html' || range === 'text/*') return 'html'
    if (range === 'application/json' || range === 'application/*' || range === vendorType) return 'json'
  }
  return null
}

/** The language of the interface: the person's choice, else what the browser prefers, else English. */
export function languageFor(chosen: Language | null, acceptLanguage: string | undefined): Language {
  if (chosen) return chosen
  const wanted = parseAccept(acceptLanguage ?? '')
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ type }) => type.slice(0, 2).toLowerCase())
  return wanted.find(isLanguage) ?? 'en'
}
