import { z } from '@hono/zod-openapi'
import { roleMay } from '../../access/index.ts'
import {
  type NextStep,
  nextStepsFor,
  parseReason,
  type Reason,
  wordsFor,
} from '../../engine/reasons/index.ts'
import { nextStepSchema, providerConnectionSchema, type Reader } from '../../web/index.ts'
import type { RunDetail, RunRow } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { freshness, waitKindOf, waitOf } from './run-state.ts'

export const RUN_DETAIL_TYPE = 'application/vnd.tenantpilot.provider-backed-run-detail+json'

export const runDetailSchema = z
  .object({
    runId: z.int(),
    operationType: z.string(),
    executionStatus: z.string(),
    outcome: z.string().nullable().optional(),
    providerConnection: providerConnectionSchema.optional(),
    protectedScope: z.record(z.string(), z.unknown()).optional(),
    shortReason: z.string().nullable().optional(),
    reasonCode: z.string().optional(),
    nextSteps: z.array(nextStepSchema).optional(),
    diagnosticsAvailable: z.boolean().optional(),
  })
  .openapi('ProviderBackedRunDetail')

/** A run as the contract words it, as far as this reader may see it; empty fields are left out. */
export function wireRun(run: RunDetail, reader: Reader): z.infer<typeof runDetailSchema> {
  const { language, say } = reader
  const wait = waitOf(run, run.now)
  const reason = wait ? reasonOfWait(wait) : parseReason(run.reason)
  const said = reason && wordsFor(reason, language, say)
  const steps = wait ? [stepOfWait(run, wait, reader)] : stepsOf(run, reason, reader)
  return {
    runId: run.id,
    operationType: run.operation,
    executionStatus: run.status,
    ...(run.outcome && { outcome: run.outcome }),
    ...(run.connection_id !== null && {
      providerConnection: {
        id: run.connection_id,
        provider: run.provider,
        label: run.connection_label ?? '',
      },
    }),
    protectedScope: {
      provider: run.provider,
      kind: 'directory',
      id: run.directory_id,
      label: run.tenant_name,
    },
    ...(reason && said && { shortReason: said.label, reasonCode: reason.code }),
    ...(steps.length > 0 && { nextSteps: steps }),
    diagnosticsAvailable: roleMay(run.role, 'tenant.operations.diagnose'),
  }
}

type Wait = NonNullable<ReturnType<typeof waitOf>>

/** Why a run waits, as it would read if it had ended for that. */
const reasonOfWait = ({ for: what, until }: Wait): Reason =>
  what === 'throttle_window'
    ? { code: 'provider_throttled', until: until.toISOString() }
    : { code: 'provider_unreachable' }

/** A run that waits goes on by itself: there is nothing to do until then. */
function stepOfWait(run: RunDetail, { until }: Wait, reader: Reader): NextStep {
  const { waits } = operationsWords(reader.language)
  return {
    label: waits.title(reader.moment(until)),
    description: waits.why[waitKindOf(run)],
    actionType: 'wait',
  }
}

/** What this reader can do about a run's reason. */
export const stepsOf = (run: RunDetail, reason: Reason | null, { language, say }: Reader): NextStep[] =>
  reason === null
    ? []
    : nextStepsFor(
        reason,
        {
          directoryId: run.directory_id,
          connectionId: run.connection_id,
          runId: run.id,
          may: (capability) => roleMay(run.role, capability),
        },
        language,
        say,
      )

/** One row of the list of operations, for programs. */
export const wireRow = (run: RunRow) => ({
  runId: run.id,
  operationType: run.operation,
  executionStatus: run.status,
  ...(run.outcome && { outcome: run.outcome }),
  tenant: { id: run.directory_id, name: run.tenant_name },
  initiator: run.initiator_name ?? 'System',
  freshness: freshness(run),
  ...(waitOf(run) && { waitsFor: run.waits_for, waitsUntil: run.wake_at?.toISOString() }),
  ...(Object.keys(run.counts).length > 0 && { counts: run.counts }),
  ...(parseReason(run.reason) && { reasonCode: parseReason(run.reason)?.code }),
  createdAt: run.created_at.toISOString(),
  ...(run.finished_at && { finishedAt: run.finished_at.toISOString() }),
  href: `/admin/operations/${run.id}`,
})
