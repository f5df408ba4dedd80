import { parseAccept } from 'hono/utils/accept'
import { isLanguage, type Language } from '../kernel/index.ts'
import type { Request } from './web.ts'

export type Representation = 'html' | 'json'

/** What asks for JSON beside `application/json`: one vendor type, or every type that is JSON underneath. */
type JsonType = string | typeof ANY_JSON | null
export const ANY_JSON = /^application\/[\w.+-]+\+json$/

/**
 * What a client wants, by the q-values of `Accept`: HTML, or JSON under `jsonType` (which
 * `application/json` also asks for). The most specific range speaks for each (RFC 9110, 12.5.1), so
 * `text/html;q=0` beside a wildcard is JSON. Anything goes: HTML for a browser's cookie, JSON for a key. Null when it
 * wants nothing we have (406).
 */
export function representationFor(c: Request, jsonType: JsonType): Representation | null {
  const fallback: Representation = c.req.header('authorization') ? 'json' : 'html'
  const accept = c.req.header('accept')
  if (!accept?.trim()) return fallback
  const ranges = parseAccept(accept).map(({ q, type }, place) => ({ q, type: type.toLowerCase(), place }))
  const html = best(ranges, (type) => ['*/*', 'text/*', 'text/html'].indexOf(type))
  const json = best(ranges, (type) => (isJson(type, jsonType) ? 2 : ['*/*', 'application/*'].indexOf(type)))
  if (!html && !json) return null
  if (!html || !json) return html ? 'html' : 'json'
  if (html.place === json.place) return fallback
  const jsonFirst = json.q - html.q || json.how - html.how || html.place - json.place
  return jsonFirst > 0 ? 'json' : 'html'
}

interface Range {
  readonly q: number
  readonly type: string
  readonly place: number
}

/** The range that speaks for a representation; undefined when none does, or it says no. */
function best(ranges: readonly Range[], howSpecific: (type: string) => number) {
  const speaking = ranges
    .map((range) => ({ ...range, how: howSpecific(range.type) }))
    .filter(({ how }) => how >= 0)
    .sort((a, b) => b.how - a.how || b.q - a.q)
  return speaking[0] && speaking[0].q > 0 ? speaking[0] : undefined
}

const isJson = (type: string, jsonType: JsonType) =>
  type === 'application/json' || (jsonType instanceof RegExp ? jsonType.test(type) : type === jsonType)

/** The language of the interface: the person's choice, else what the browser prefers, else English. */
export function languageFor(chosen: Language | null, acceptLanguage: string | undefined): Language {
  if (chosen) return chosen
  const wanted = parseAccept(acceptLanguage ?? '')
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ type }) => type.slice(0, 2).toLowerCase())
  return wanted.find(isLanguage) ?? 'en'
}
