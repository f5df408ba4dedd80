import { z } from 'zod'
import { OPERATION_CODES } from '../catalog/index.ts'
import { REASON_CODES, type ReasonCode } from './codes.ts'

const instant = z.iso.datetime({ offset: true })
const nothing = {}

/** A pause of one operation or a freeze of a tenant: the words of the person who set it. */
const halt = { why: z.string(), by: z.string(), until: instant.nullable() }

const credential = z.enum(['client_secret', 'certificate'])

/** A new credential is stored already and waits to be tried. */
const nextStored = z.literal(true).exactOptional()

const restore = { restoreRunId: z.int().positive() }

/** The run at work; null where this viewer may not know which one it is. */
const held = {
  holder: z
    .object({
      runId: z.int().positive(),
      operation: z.enum(OPERATION_CODES),
      initiatorName: z.string().nullable(),
      since: instant,
      /** Until when it waits for Microsoft; it goes on by itself then. */
      waitsUntil: instant.nullable().exactOptional(),
    })
    .nullable(),
}

/** What each reason knows beside its code: exactly what its sentences and next steps need. */
const FACTS = {
  tenant_not_operable: {
    state: z.enum(['draft', 'onboarding', 'archived']),
    since: instant.exactOptional(),
  },
  tenant_directory_claimed: { since: instant },
  operation_paused: halt,
  tenant_frozen: halt,
  provider_connection_missing: nothing,
  provider_connection_default_missing: { count: z.int().positive() },
  provider_connection_disabled: nothing,
  provider_binding_unsupported: { operation: z.enum(OPERATION_CODES) },
  provider_scope_mismatch: nothing,
  provider_directory_unknown: nothing,
  provider_consent_missing: nothing,
  provider_consent_revoked: nothing,
  provider_consent_failed: nothing,
  provider_app_disabled: nothing,
  provider_credential_missing: nothing,
  provider_credential_expired: { credential, expiredAt: instant.nullable(), nextStored },
  provider_credential_rejected: { credential, nextStored },
  provider_credential_next_rejected: { credential },
  provider_access_policy: nothing,
  platform_identity_missing: nothing,
  provider_permission_missing: {
    permissions: z.array(z.string()),
    seenAt: instant.exactOptional(),
  },
  provider_evidence_missing: nothing,
  provider_evidence_stale: { seenAt: instant, maxAgeDays: z.number().positive() },
  provider_not_licensed: nothing,
  provider_throttled: { until: instant.nullable() },
  provider_unreachable: nothing,
  provider_rejected_request: nothing,
  provider_outcome_unknown: nothing,
  provider_token_rejected: nothing,
  provider_reading_lost: nothing,
  provider_link_untrusted: nothing,
  restore_preview_missing: restore,
  restore_preview_outdated: {
    ...restore,
    previewedAt: instant,
    maxAgeMinutes: z.number().positive(),
    because: z.enum(['too_old', 'changed']),
  },
  restore_not_confirmed: restore,
  restore_write_gate_closed: nothing,
  restore_outcome_unknown: restore,
  scope_busy: held,
  already_running: held,
  waited_too_long: { since: instant, hours: z.number().positive() },
  authorization_lost: nothing,
  run_stale: { lastSeenAt: instant.nullable() },
  run_cancelled: { by: z.string().nullable() },
  run_force_released: { by: z.string(), why: z.string() },
  internal_error: { correlationId: z.string() },
} satisfies Record<ReasonCode, z.ZodRawShape>

/** Why something did not start or did not go well: a code with the facts of this case, ready for JSON. */
export type Reason = { [Code in ReasonCode]: ReasonOf<Code> }[ReasonCode]
export type ReasonOf<Code extends ReasonCode> = (typeof FACTS)[Code] extends infer Facts extends z.ZodRawShape
  ? z.infer<z.ZodObject<{ code: z.ZodLiteral<Code> } & Facts>>
  : never

/** The run that holds a scope, as far as a viewer may know it. */
export type Holder = NonNullable<ReasonOf<'scope_busy'>['holder']>

/** Reads a stored reason back; null when it is not one, or lacks a fact that its sentences need. */
export function parseReason(json: unknown): Reason | null {
  const coded = CODED.safeParse(json)
  if (!coded.success) return null
  const whole = SCHEMAS.get(coded.data.code)?.safeParse(json)
  return whole?.success ? (whole.data as Reason) : null
}

const CODED = z.object({ code: z.enum(REASON_CODES) })

const SCHEMAS = new Map(
  REASON_CODES.map((code) => [code, z.object({ code: z.literal(code), ...FACTS[code] })]),
)
