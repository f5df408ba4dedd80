import type { Json } from '../kernel/index.ts'
import { problem } from './problems.tsx'
import { readBody } from './start/start-body.ts'
import type { Request, Web } from './web.ts'

interface Unreadable {
  readonly ok: false
  readonly answer: Response | Promise<Response>
}

/** The fields of a form or JSON body by their names, or the problem with a body that cannot be read. */
export type Fields = { readonly ok: true; readonly fields: { readonly [name: string]: Json } } | Unreadable

/** The texts of a form or JSON body by their names, or the problem with a body that cannot be read. */
export type Form =
  | { readonly ok: true; readonly texts: Readonly<Record<string, string | undefined>> }
  | Unreadable

const REFUSED = { unsupported: 'unsupported_media_type', too_large: 'too_large' } as const

/** Reads a body as it came. */
export async function fieldsOf(web: Web, c: Request): Promise<Fields> {
  const body = await readBody(c)
  if (body.kind === 'fields') return { ok: true, fields: body.fields }
  if (body.kind === 'unreadable')
    return { ok: false, answer: problem(web, c, 'malformed', [{ pointer: '', detail: body.detail }]) }
  return { ok: false, answer: problem(web, c, REFUSED[body.kind]) }
}

/** Reads a body; whatever is no text or number in it counts as left out. */
export async function formOf(web: Web, c: Request): Promise<Form> {
  const body = await fieldsOf(web, c)
  if (!body.ok) return body
  const texts = Object.entries(body.fields).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
  )
  return { ok: true, texts: Object.fromEntries(texts) }
}
