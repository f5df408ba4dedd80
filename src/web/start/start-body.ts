import { z } from '@hono/zod-openapi'
import type { FieldIssue, ParsedInput } from '../../engine/gate/index.ts'
import { isPlainText, type Json, type Language } from '../../kernel/index.ts'
import type { Request } from '../web.ts'
import { BODY_WORDS, type FieldName } from './body-words.ts'
import { chosenSelection } from './chosen-selection.ts'

/** No body here has a reason to be larger. */
const MOST_BYTES = 64 * 1024
const MOST_DEPTH = 12

/** A body as it came, before anybody judged whether it may be looked at. */
export type RawBody =
  | { readonly kind: 'fields'; readonly fields: { readonly [name: string]: Json } }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'unreadable'; readonly detail: string }

/** Reads a body as JSON or as a form, whichever it says it is; no body is an empty one. */
export async function readBody(c: Request): Promise<RawBody> {
  const words = BODY_WORDS[c.var.reader.language]
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength > MOST_BYTES) return { kind: 'too_large' }
  if (bytes.byteLength === 0) return { kind: 'fields', fields: {} }
  const [type = '', ...parameters] = (c.req.header('content-type') ?? '').toLowerCase().split(';')
  const charset = /charset="?([^";\s]+)/.exec(parameters.join(';'))?.[1] ?? 'utf-8'
  if (charset !== 'utf-8' && charset !== 'us-ascii') return { kind: 'unsupported' }
  const text = decoded(bytes)
  if (text === null) return { kind: 'unreadable', detail: words.notUtf8 }
  if (type.trim() === 'application/json') return readJson(text, words)
  if (type.trim() === 'application/x-www-form-urlencoded') return readForm(text)
  return { kind: 'unsupported' }
}

function decoded(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function readJson(text: string, words: (typeof BODY_WORDS)[Language]): RawBody {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { kind: 'unreadable', detail: words.notAnObject }
    if (depthOf(value as Json) > MOST_DEPTH) return { kind: 'unreadable', detail: words.tooDeep(MOST_DEPTH) }
    return { kind: 'fields', fields: value as { [name: string]: Json } }
  } catch {
    return { kind: 'unreadable', detail: words.notJson }
  }
}

/** A form's empty fields count as left out, whole numbers as numbers, and each ticked `types` or `selectedOperations` as one of them. */
function readForm(text: string): RawBody {
  const fields: { [name: string]: Json } = {}
  const form = new URLSearchParams(text)
  if (form.has('types')) fields.targetContext = { types: form.getAll('types') }
  if (form.has('selectedOperations')) fields.selectedOperations = form.getAll('selectedOperations')
  for (const [name, value] of form) {
    if (value === '' || name === 'types' || name === 'selectedOperations') continue
    fields[name] = /^(?:0|-?[1-9]\d{0,15})$/.test(value) && name.endsWith('Id') ? Number(value) : value
  }
  return { kind: 'fields', fields }
}

const depthOf = (value: Json): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((member) => depthOf(member ?? null)))
    : 0

/** What every start may carry, null only where the contract has it; further fields are ignored. */
export const startRequestSchema = z.object({
  providerConnectionId: z
    .int()
    .positive()
    .nullish()
    .openapi({ description: 'The number of the connection; without it, the default of the tenant' }),
  sourceSurface: z
    .string()
    .max(100)
    .refine(isPlainText)
    .optional()
    .openapi({ description: 'Where the start came from, at most 100 characters; kept in the audit record' }),
  targetContext: z.record(z.string(), z.unknown()).optional().openapi({
    description:
      'What the operation is to work on. `inventory.sync` reads `types`: an array of policy types; all of them without it',
  }),
})

/** Where in onboarding a check was started. */
export const stepField = z
  .string()
  .max(100)
  .refine(isPlainText)
  .optional()
  .openapi({ description: 'The step it was started from, at most 100 characters; kept in the audit record' })

/** Reads the step of a start from onboarding; it is kept where other starts keep their surface. */
export function parseStep(body: RawBody, parsed: ParsedInput, language: Language): ParsedInput {
  if (body.kind !== 'fields') return parsed
  const step = stepField.safeParse(body.fields.step)
  if (!step.success) {
    const issue = { pointer: '/step', detail: BODY_WORDS[language].fields.sourceSurface }
    return { ok: false, issues: parsed.ok ? [issue] : [...parsed.issues, issue] }
  }
  if (!parsed.ok) return parsed
  const { input } = parsed
  return { ok: true, input: { ...input, sourceSurface: input.sourceSurface ?? step.data ?? null } }
}

/** Reads the fields of a start of this operation, and what it is to work on. */
export function parseStart(body: RawBody, language: Language, operation: string): ParsedInput {
  if (body.kind === 'unreadable') return { ok: false, issues: [{ pointer: '', detail: body.detail }] }
  if (body.kind !== 'fields') return { ok: false, issues: [] }
  const parsed = startRequestSchema.safeParse(body.fields)
  const selection = chosenSelection(operation, body.fields, language)
  if (!parsed.success || !selection.ok) {
    const issues = parsed.error?.issues.map((issue) => issueOf(issue, language)) ?? []
    return { ok: false, issues: selection.ok ? issues : [...issues, ...selection.issues] }
  }
  const { providerConnectionId = null, sourceSurface = null } = parsed.data
  return {
    ok: true,
    input: { connectionId: providerConnectionId, selection: selection.selection, sourceSurface },
  }
}

const issueOf = ({ path }: z.core.$ZodIssue, language: Language): FieldIssue => ({
  pointer: `/${path.map((part) => String(part).replace(/~/g, '~0').replace(/\//g, '~1')).join('/')}`,
  detail: BODY_WORDS[language].fields[path[0] as FieldName],
})
