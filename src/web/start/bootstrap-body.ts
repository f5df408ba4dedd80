import { z } from '@hono/zod-openapi'
import { type Role, roleMay } from '../../access/index.ts'
import {
  definitionOf,
  isOperationCode,
  OPERATION_CODES,
  type OperationCode,
} from '../../engine/catalog/index.ts'
import type { FieldIssue } from '../../engine/gate/index.ts'
import { isPlainText, type Json, type Language } from '../../kernel/index.ts'
import { BODY_WORDS } from './body-words.ts'

/** What a bootstrap may carry; further fields are ignored. */
export const bootstrapRequestSchema = z.object({
  providerConnectionId: z
    .int()
    .positive()
    .openapi({ description: 'The number of the connection that the session has chosen' }),
  selectedOperations: z
    .array(z.string())
    .min(1)
    .openapi({ description: 'The operations to let in, one after the other in the order of the catalog' }),
  sourceSurface: z
    .string()
    .max(100)
    .refine(isPlainText)
    .default('onboarding.bootstrap')
    .openapi({ description: 'Where the start came from, at most 100 characters; kept in the audit record' }),
})

type Fields = { readonly [name: string]: Json }

/** The connection that a body names, if what it names can be one: whether it is there is judged before the fields. */
export const namedConnection = ({ providerConnectionId }: Fields): number | null =>
  bootstrapRequestSchema.shape.providerConnectionId.safeParse(providerConnectionId).data ?? null

/** The operations that may be steps of a bootstrap, in its order. */
export const BOOTSTRAP_OPERATIONS: readonly OperationCode[] = OPERATION_CODES.filter((code) =>
  definitionOf(code).surfaces.includes('bootstrap'),
)

export type ParsedBootstrap =
  | {
      readonly ok: true
      readonly operations: readonly OperationCode[]
      readonly sourceSurface: string
    }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/**
 * Reads the fields of a bootstrap for somebody in this role: every operation has to be one of a bootstrap, one that
 * they may start, and named once.
 */
export function parseBootstrap(fields: Fields, role: Role, language: Language): ParsedBootstrap {
  const { shape } = bootstrapRequestSchema
  const words = BODY_WORDS[language]
  const issues: FieldIssue[] = []
  if (!shape.providerConnectionId.safeParse(fields.providerConnectionId).success)
    issues.push({ pointer: '/providerConnectionId', detail: words.noConnection })
  const source = shape.sourceSurface.safeParse(fields.sourceSurface)
  if (!source.success) issues.push({ pointer: '/sourceSurface', detail: words.fields.sourceSurface })
  const names = shape.selectedOperations.safeParse(fields.selectedOperations)
  if (!names.success) issues.push({ pointer: '/selectedOperations', detail: words.noOperations })
  const chosen = names.data ?? []
  issues.push(...chosen.flatMap((name, place) => flawOf(name, chosen.indexOf(name) < place, place)))
  if (issues.length > 0 || !source.success) return { ok: false, issues }
  return {
    ok: true,
    operations: OPERATION_CODES.filter((code) => chosen.includes(code)),
    sourceSurface: source.data,
  }

  function flawOf(name: string, isRepeated: boolean, place: number): FieldIssue[] {
    const pointer = `/selectedOperations/${place}`
    const known = isOperationCode(name) && BOOTSTRAP_OPERATIONS.includes(name)
    if (!known) return [{ pointer, detail: words.notInBootstrap(BOOTSTRAP_OPERATIONS) }]
    if (!roleMay(role, definitionOf(name).capability)) return [{ pointer, detail: words.notYours }]
    return isRepeated ? [{ pointer, detail: words.repeated }] : []
  }
}
