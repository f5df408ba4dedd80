import { z } from '@hono/zod-openapi'
import { OPERATION_CODES } from '../../engine/catalog/index.ts'
import { REASON_CODES } from '../../engine/reasons/index.ts'
import { FRESHNESS, OUTCOMES, STATUSES } from './run-filter.ts'

/** What the list of operations takes beside its part and its tenant, as its description tells programs. */
export const runFilterQuery = {
  status: z.enum(STATUSES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  operation: z.enum(OPERATION_CODES).optional(),
  initiator: z.string().optional().openapi({ description: 'The id of a person, or “system”' }),
  freshness: z.enum(FRESHNESS).optional(),
  reason: z.enum(REASON_CODES).optional(),
  from: z
    .string()
    .optional()
    .openapi({ description: 'Asked for then or later: a date, or a time (ISO 8601)' }),
  to: z
    .string()
    .optional()
    .openapi({ description: 'Asked for before: a date, included, or a time (ISO 8601)' }),
}
