import { definitionOf } from '../../../catalog/index.ts'
import type { Holder } from '../../reason.ts'
import type { Sayer } from '../../sayer.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons that lie in another operation, or in how this one ended. */
export const runTexts = {
  scope_busy: ({ holder }, say) =>
    holder === null
      ? {
          label: 'Other work holds the directory',
          explanation: 'Another operation holds this directory, and only one may work on it at a time.',
          cause: 'The directory is free again as soon as that operation ends.',
        }
      : {
          label: 'Other work holds the directory',
          explanation: `“${definitionOf(holder.operation).words.en.title}” holds this directory, and only one operation may work on it at a time.${waits(holder, say)}`,
          cause: `It is Operation #${holder.runId}, started by ${holder.initiatorName ?? 'System'} on ${say.time(holder.since)}. The directory is free again as soon as it ends.`,
        },
  already_running: ({ holder }, say) =>
    holder === null
      ? {
          label: 'Already running',
          explanation: 'The same work is already under way.',
          cause: 'A second operation would only do the same again.',
        }
      : {
          label: 'Already running',
          explanation: `${holder.initiatorName ?? 'System'} started the same work on ${say.time(holder.since)}, and it has not ended yet.${waits(holder, say)}`,
          cause: `Operation #${holder.runId} does this work. A second one would only do the same again.`,
        },
  waited_too_long: ({ hours, since }, say) => ({
    label: 'Waited too long',
    explanation: `This start has waited since ${say.time(since)} for the directory to be free, and its turn did not come within ${hours} hours.`,
    cause: 'After so long nobody can be sure that it is still wanted, so it was not started.',
  }),
  authorization_lost: () => ({
    label: 'No longer authorised',
    explanation: 'The person who started this operation may no longer start it.',
    cause:
      'This is checked again before the work begins. Their membership or role has changed since the start.',
  }),
  run_stale: ({ lastSeenAt }, say) => ({
    label: 'No sign of life',
    explanation:
      lastSeenAt === null
        ? 'The operation never gave a sign of life, so it was ended.'
        : `The operation gave no sign of life after ${say.time(lastSeenAt)}, so it was ended.`,
    cause: 'The process that did the work stopped unexpectedly. What it had saved is kept.',
  }),
  run_cancelled: ({ by }) => ({
    label: 'Cancelled',
    explanation: by === null ? 'This operation was cancelled.' : `${by} cancelled this operation.`,
    cause: 'What was done before stays as it is. Nothing more is done.',
  }),
  run_force_released: ({ by, why }) => ({
    label: 'Released by force',
    explanation: `${by} released the directory by force and ended this operation. The reason given: “${why}”`,
    cause:
      'The operation did not end by itself. What it had saved is kept; a worker that is still at it can write nothing more here.',
  }),
  internal_error: ({ correlationId }) => ({
    label: 'Fault in TenantPilot',
    explanation: 'Something went wrong in TenantPilot itself, not in the tenant.',
    cause: `The fault is logged under the id ${correlationId}.`,
  }),
} satisfies Partial<ReasonTexts>

const waits = ({ waitsUntil }: Holder, say: Sayer): string =>
  waitsUntil ? ` It waits for Microsoft until ${say.time(waitsUntil)} and then goes on by itself.` : ''
