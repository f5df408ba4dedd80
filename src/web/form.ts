import { problem } from './problems.tsx'
import { readBody } from './start/start-body.ts'
import type { Request, Web } from './web.ts'

/** The texts of a form or JSON body by their names, or the problem with a body that cannot be read. */
export type Form =
  | { readonly ok: true; readonly texts: Readonly<Record<string, string | undefined>> }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

const REFUSED = { unsupported: 'unsupported_media_type', too_large: 'too_large' } as const

/** Reads a body; whatever is no text or number in it counts as left out. */
export async function formOf(web: Web, c: Request): Promise<Form> {
  const body = await readBody(c)
  if (body.kind === 'unreadable')
    return { ok: false, answer: problem(web, c, 'malformed', [{ pointer: '', detail: body.detail }]) }
  if (body.kind !== 'fields') return { ok: false, answer: problem(web, c, REFUSED[body.kind]) }
  const texts = Object.entries(body.fields).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
  )
  return { ok: true, texts: Object.fromEntries(texts) }
}
