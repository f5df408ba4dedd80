import { z } from '@hono/zod-openapi'
import type { Capability, Role } from '../../access/index.ts'
import { roleMay } from '../../access/index.ts'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { DraftOutcome, StartOutcome } from '../../engine/gate/index.ts'
import { NOTHING_STARTED, nextStepsFor, wordsFor } from '../../engine/reasons/index.ts'
import type { Reader } from '../reader.ts'
import { webWords } from '../words.ts'

export const START_OUTCOME_TYPE = 'application/vnd.tenantpilot.provider-start-outcome+json'

export const nextStepSchema = z
  .object({
    label: z.string(),
    description: z.string().nullable().optional(),
    href: z.string().nullable().optional(),
    actionType: z.string().nullable().optional(),
  })
  .openapi('NextStep')

export const providerConnectionSchema = z
  .object({ id: z.int().optional(), provider: z.string().optional(), label: z.string().optional() })
  .openapi('ProviderConnectionContext')

const runReferenceSchema = z
  .object({ id: z.int().optional(), url: z.string().optional(), status: z.string().optional() })
  .openapi('RunReference')

const actionLinkSchema = z
  .object({ label: z.string(), href: z.string(), kind: z.string().nullable().optional() })
  .openapi('ActionLink')

export const startOutcomeSchema = z
  .object({
    status: z.enum(['accepted', 'deduped', 'scope_busy', 'blocked']),
    operationType: z.string(),
    operatorVerb: z.string().optional(),
    operatorTarget: z.string().optional(),
    operatorMessage: z.string(),
    shortReason: z.string().nullable().optional(),
    reasonCode: z.string().optional(),
    providerConnection: providerConnectionSchema.optional(),
    run: runReferenceSchema.optional(),
    nextSteps: z.array(nextStepSchema).optional(),
    actions: z.array(actionLinkSchema).optional(),
  })
  .openapi('ProviderStartOutcome')
export type WireOutcome = z.infer<typeof startOutcomeSchema>

/** An outcome, or what one would be: then there is no run of its own yet. */
type Said = DraftOutcome & { readonly run: StartOutcome['run'] | null }

/** An outcome as the contract words it, in the reader's language and as far as their role goes. */
export function wireOutcome(outcome: Said, role: Role, reader: Reader): WireOutcome {
  const { language, say } = reader
  const words = definitionOf(outcome.operation).words[language]
  const reason = outcome.kind === 'accepted' ? null : outcome.reason
  const steps = reason
    ? nextStepsFor(
        reason,
        {
          directoryId: outcome.tenant.directoryId,
          connectionId: outcome.connection?.id ?? null,
          runId: outcome.run?.id ?? null,
          may: (capability: Capability) => roleMay(role, capability),
        },
        language,
        say,
      )
    : []
  return {
    status: outcome.kind,
    operationType: outcome.operation,
    operatorVerb: words.verb,
    operatorTarget: words.target,
    operatorMessage: messageOf(outcome, reader),
    ...(reason && { shortReason: wordsFor(reason, language, say).label, reasonCode: reason.code }),
    ...(outcome.connection && { providerConnection: connectionContext(outcome.connection) }),
    ...(outcome.run && {
      run: { id: outcome.run.id, url: runHref(outcome.run.id), status: outcome.run.status },
    }),
    ...(steps.length > 0 && { nextSteps: steps }),
    actions: actionsOf(outcome, reader),
  }
}

/** Its members in one order, whether it was decided now or kept in the database. */
const connectionContext = ({ id, label, provider }: NonNullable<Said['connection']>) => ({
  id,
  provider,
  label,
})

export const runHref = (id: number) => `/admin/operations/${id}`

/** The id of the row that starts an operation, on every page that has one. */
export const startRowId = (operation: OperationCode) => `start-${operation.replace(/[._]/g, '-')}`

/** The one sentence of an outcome. */
function messageOf(outcome: Said, { language, say }: Reader): string {
  if (outcome.kind === 'accepted') {
    const { title } = definitionOf(outcome.operation).words[language]
    const words = webWords(language)
    return outcome.run
      ? words.accepted(title, outcome.tenant.name, outcome.run.id)
      : words.wouldBeAccepted(title, outcome.tenant.name)
  }
  const { explanation } = wordsFor(outcome.reason, language, say)
  return outcome.kind === 'deduped' ? explanation : `${explanation} ${NOTHING_STARTED[language]}`
}

function actionsOf(outcome: Said, { language }: Reader): NonNullable<WireOutcome['actions']> {
  const words = webWords(language)
  const { connection, run, tenant } = outcome
  return [
    ...(run ? [{ label: words.openOperation, href: runHref(run.id), kind: 'operation' }] : []),
    ...(connection
      ? [
          {
            label: words.openConnection,
            href: `/admin/provider-connections/${connection.id}`,
            kind: 'connection',
          },
        ]
      : []),
    { label: words.openTenant, href: `/admin/t/${tenant.directoryId}`, kind: 'tenant' },
  ]
}
