import { parseReason, type ReasonCode, wordsFor } from '../../engine/reasons/index.ts'
import { GateList, Part } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { GATE_STEPS, type GateStep, operationsWords } from './operations.words.ts'

/** At which step of the gate a reason stops a start. */
const STOPS_AT: Partial<Record<ReasonCode, GateStep>> = {
  tenant_not_operable: 'tenant',
  tenant_directory_claimed: 'tenant',
  operation_paused: 'paused',
  tenant_frozen: 'frozen',
  provider_connection_missing: 'connection',
  provider_connection_default_missing: 'connection',
  provider_connection_disabled: 'enabled',
  provider_binding_unsupported: 'supported',
  provider_scope_mismatch: 'directory',
  provider_consent_missing: 'consent',
  provider_consent_revoked: 'consent',
  provider_consent_failed: 'consent',
  provider_credential_missing: 'credential',
  provider_credential_expired: 'credential',
  provider_credential_rejected: 'credential',
  platform_identity_missing: 'credential',
  provider_evidence_missing: 'permissions',
  provider_evidence_stale: 'permissions',
  provider_permission_missing: 'permissions',
  provider_throttled: 'throttle',
}

/** What the gate looked at before it refused, in its order; nothing for a reason from elsewhere. */
export const GateChecks = ({ reader, run }: { run: RunDetail; reader: Reader }) => {
  const words = operationsWords(reader.language)
  const reason = parseReason(run.reason)
  const stop = reason && STOPS_AT[reason.code]
  if (!reason || !stop) return null
  const at = GATE_STEPS.indexOf(stop)
  return (
    <Part id="gate" title={words.whatWasChecked.title} lead={words.whatWasChecked.lead}>
      <GateList
        checks={GATE_STEPS.map((step, index) => ({
          name: words.gate[step],
          result: index < at ? 'passed' : index === at ? 'obstacle' : 'not_looked_at',
          finding:
            index === at
              ? wordsFor(reason, reader.language, reader.say).label
              : index > at
                ? words.notLookedAt
                : '',
        }))}
      />
    </Part>
  )
}
