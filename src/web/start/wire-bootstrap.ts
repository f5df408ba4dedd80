import { z } from '@hono/zod-openapi'
import type { Role } from '../../access/index.ts'
import type { BootstrapOrder, DraftOutcome, StartOutcome } from '../../engine/gate/index.ts'
import type { Reader } from '../reader.ts'
import { startOutcomeSchema, wireOutcome } from './wire.ts'

export const BOOTSTRAP_OUTCOME_TYPE = 'application/vnd.tenantpilot.onboarding-bootstrap-start-outcome+json'

export const bootstrapOutcomeSchema = startOutcomeSchema
  .extend({
    acceptedOperation: z.string().nullable().optional().openapi({
      description: 'The operation that is at work now, new or joined; null while none is',
    }),
    pendingOperations: z
      .array(z.string())
      .optional()
      .openapi({ description: 'What is still to come, in the order in which it will be let in' }),
  })
  .openapi('OnboardingBootstrapStartOutcome')

type Said = DraftOutcome & { readonly run: StartOutcome['run'] | null }

/** The outcome of a bootstrap as the contract words it: of the step that was tried, with the order behind it. */
export const wireBootstrap = (
  outcome: Said,
  order: BootstrapOrder,
  role: Role,
  reader: Reader,
): z.infer<typeof bootstrapOutcomeSchema> => ({
  ...wireOutcome(outcome, role, reader),
  acceptedOperation: order.acceptedOperation,
  pendingOperations: [...order.pendingOperations],
})
