import { z } from '@hono/zod-openapi'
import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import type { Reader } from '../reader.ts'
import { runHref, startOutcomeSchema } from './wire.ts'

export const waitingStartSchema = z
  .object({
    id: z.int(),
    state: z.enum(['waiting', 'started', 'joined', 'refused', 'cancelled', 'skipped']),
    operationType: z.string(),
    tenant: z.object({ id: z.string(), name: z.string() }),
    askedBy: z.string(),
    askedAt: z.string(),
    place: z.int().optional().openapi({ description: 'Its place in the line, from 1; only while it waits' }),
    endedAt: z.string().optional(),
    cancelledBy: z.string().optional(),
    reasonCode: z.string().optional(),
    shortReason: z.string().optional(),
    run: z
      .object({ id: z.int(), url: z.string(), status: z.string() })
      .optional()
      .openapi({ description: 'What it became, joined, or was recorded as' }),
    href: z.string(),
  })
  .openapi('WaitingStart')

/** What comes of asking for a start when its directory is free: how it was answered, and what waits. */
export const whenFreeSchema = z
  .object({ outcome: startOutcomeSchema, waitingStart: waitingStartSchema.optional() })
  .openapi('StartWhenFree')

export const waitingHref = (id: number) => `/admin/waiting-starts/${id}`

/** A waiting start for programs; what is empty is left out. */
export function wireWaiting(
  waiting: SeenWaiting,
  { language, say }: Reader,
): z.infer<typeof waitingStartSchema> {
  const { run } = waiting
  const reason = waiting.state === 'refused' ? parseReason(waiting.reason) : null
  return {
    id: waiting.id,
    state: waiting.state,
    operationType: waiting.operation,
    tenant: { id: waiting.tenant.directoryId, name: waiting.tenant.name },
    askedBy: waiting.person.name,
    askedAt: waiting.since,
    ...(waiting.place !== null && { place: waiting.place }),
    ...(waiting.endedAt !== null && { endedAt: waiting.endedAt }),
    ...(waiting.cancelledBy !== null && { cancelledBy: waiting.cancelledBy }),
    ...(reason && { reasonCode: reason.code, shortReason: wordsFor(reason, language, say).label }),
    ...(run && { run: { id: run.id, url: runHref(run.id), status: run.status } }),
    href: waitingHref(waiting.id),
  }
}
