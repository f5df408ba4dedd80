import { z } from '@hono/zod-openapi'
import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { type Reader, runHref } from '../../web/index.ts'
import { type SessionFacts, STEPS, sessionHref } from './onboarding.ts'
import { progressOf } from './steps.ts'

const runSchema = z.object({ id: z.int(), url: z.string() })

export const sessionSchema = z
  .object({
    id: z.int(),
    href: z.string(),
    state: z.enum(['open', 'completed', 'cancelled']),
    version: z.int().openapi({ description: 'To be sent with every change, as `version` or `If-Match`' }),
    steps: z.array(z.object({ name: z.enum(STEPS), state: z.string() })),
    next: z.string().openapi({ description: 'The one thing to do next' }),
    begunBy: z.string(),
    begunAt: z.string(),
    endedBy: z.string().optional(),
    endedAt: z.string().optional(),
    tenant: z
      .object({ id: z.string(), name: z.string(), domain: z.string().optional(), state: z.string() })
      .optional(),
    providerConnection: z.object({ id: z.int(), label: z.string(), type: z.string() }).optional(),
    verification: z.object({
      state: z.enum(['none', 'outdated', 'checking', 'ready', 'attention', 'blocked']),
      run: runSchema.optional(),
      reasonCode: z.string().optional(),
      shortReason: z.string().optional(),
    }),
    bootstrap: z.array(
      z.object({
        operation: z.string(),
        state: z.enum(['pending', 'active', 'finished', 'skipped']),
        outcome: z.string().optional(),
        reasonCode: z.string().optional(),
        run: runSchema.optional(),
      }),
    ),
  })
  .openapi('OnboardingSession')

/** A session for programs; what is empty is left out. */
export function sessionJson(facts: SessionFacts, { language, say }: Reader): z.infer<typeof sessionSchema> {
  const { connection, endedAt, endedBy, tenant, verification } = facts
  const { next, steps } = progressOf(facts)
  const reason = 'reason' in verification ? verification.reason : null
  return {
    id: facts.id,
    href: sessionHref(facts.id),
    state: facts.state,
    version: facts.version,
    steps: STEPS.map((name) => ({ name, state: steps[name] })),
    next,
    begunBy: facts.begunBy,
    begunAt: facts.begunAt,
    ...(endedBy !== null && endedAt !== null && { endedBy, endedAt }),
    ...(tenant && {
      tenant: {
        id: tenant.directoryId,
        name: tenant.name,
        ...(tenant.domain !== null && { domain: tenant.domain }),
        state: tenant.state,
      },
    }),
    ...(connection && {
      providerConnection: { id: connection.id, label: connection.label, type: connection.type },
    }),
    verification: {
      state: verification.kind,
      ...('runId' in verification && { run: runOf(verification.runId) }),
      ...(reason && { reasonCode: reason.code, shortReason: wordsFor(reason, language, say).label }),
    },
    bootstrap: facts.bootstrap.map(({ operation, reason, run, state }) => ({
      operation,
      state,
      ...(run?.outcome && { outcome: run.outcome }),
      ...reasonOf(reason),
      ...(run && { run: runOf(run.id) }),
    })),
  }
}

const reasonOf = (reason: unknown) => {
  const read = parseReason(reason)
  return read && { reasonCode: read.code }
}

const runOf = (id: number) => ({ id, url: runHref(id) })
