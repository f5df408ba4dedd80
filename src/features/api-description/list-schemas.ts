import { z } from '@hono/zod-openapi'
import { MOST_LISTED } from '../../web/index.ts'

const text = z.string()
const instant = z.iso.datetime()
const number = z.int()

/** What every list takes to be read part by part. */
export const partQuery = (cursor: 'after' | 'before') => ({
  limit: z
    .int()
    .min(1)
    .max(MOST_LISTED)
    .optional()
    .openapi({ description: 'How many at most; 50 when it is left out' }),
  [cursor]: number
    .optional()
    .openapi({ description: 'Where the next part begins; “next” of the answer has the whole address' }),
})

/** The address of the next part; left out on the last. */
export const next = text
  .optional()
  .openapi({ description: 'The address of the next part, relative to this server; absent on the last one' })

/** One tenant; what is empty is left out. */
export const tenantSchema = z
  .object({
    id: text.openapi({ description: 'The directory id, as the paths of starts take it' }),
    name: text,
    domain: text.optional(),
    state: z.enum(['draft', 'onboarding', 'active', 'archived']),
    isProven: z.boolean().openapi({ description: 'Whether a check was let into the directory' }),
    readiness: z.enum(['ready', 'partly_ready', 'check_first', 'not_ready', 'archived']),
    reasonCode: text.optional().openapi({ description: 'Why it is not ready' }),
    archivedAt: instant.optional(),
    conflictedAt: instant.optional().openapi({
      description: 'When a check saw that the directory is managed in another workspace',
    }),
    href: text,
  })
  .openapi('Tenant')

export const tenantsSchema = z.object({ tenants: z.array(tenantSchema), next }).openapi('TenantList')

/** What a connection's app proves itself with, and how long it is good; nothing secret. */
const credential = z.object({
  kind: z.enum(['client_secret', 'certificate']),
  expiresAt: text.optional(),
  rejectedAt: text.optional(),
})

export const connectionsSchema = z
  .object({
    connections: z.array(
      z.object({
        id: number,
        provider: text,
        label: text,
        tenant: z.object({ id: text, name: text }),
        isDefault: z.boolean(),
        isEnabled: z.boolean(),
        consentStatus: z.enum(['unknown', 'required', 'granted', 'failed', 'revoked']),
        verificationStatus: z.enum(['unknown', 'pending', 'healthy', 'degraded', 'blocked', 'error']),
        readiness: z.enum(['ready', 'partly_ready', 'check_first', 'not_ready', 'archived']),
        reasonCode: text.optional(),
        credential: credential.optional(),
        nextCredential: credential.optional(),
        href: text,
      }),
    ),
    next,
  })
  .openapi('ProviderConnectionList')

export const operationsSchema = z
  .object({
    operations: z.array(
      z.object({
        runId: number,
        operationType: text,
        executionStatus: z.enum(['queued', 'running', 'completed']),
        outcome: text.optional(),
        tenant: z.object({ id: text, name: text }),
        initiator: text,
        freshness: text,
        waitsFor: z.enum(['throttle_window', 'answer']).optional(),
        waitsUntil: text.optional(),
        counts: z.record(text, number).optional(),
        reasonCode: text.optional(),
        createdAt: text,
        finishedAt: text.optional(),
        href: text,
      }),
    ),
    next,
  })
  .openapi('OperationList')
