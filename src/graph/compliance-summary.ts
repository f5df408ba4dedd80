import { z } from 'zod'
import type { GraphClient } from './client.ts'
import { type Result, success } from './failure.ts'

/** How many devices stand where, as Microsoft counts them itself, and some time later than the devices change. */
export type ComplianceSummary = {
  readonly compliant: number
  readonly noncompliant: number
  readonly in_grace_period: number
  readonly unknown: number
  readonly error: number
  readonly conflict: number
  readonly config_manager: number
  /** Microsoft counts these two apart; no single device tells of them. */
  readonly not_applicable: number
  readonly remediated: number
}

const count = z.int().min(0).max(2_147_483_647).nullish()

const told = z.object({
  compliantDeviceCount: count,
  nonCompliantDeviceCount: count,
  inGracePeriodCount: count,
  unknownDeviceCount: count,
  errorDeviceCount: count,
  conflictDeviceCount: count,
  configManagerCount: count,
  notApplicableDeviceCount: count,
  remediatedDeviceCount: count,
})

/** Reads the counts that Microsoft keeps of a directory's devices. */
export async function readComplianceSummary(client: GraphClient): Promise<Result<ComplianceSummary>> {
  const answer = await client.get('/deviceManagement/deviceCompliancePolicyDeviceStateSummary', told, {
    priority: 'low',
  })
  if (!answer.ok) return answer
  const counts = answer.value
  return success({
    compliant: counts.compliantDeviceCount ?? 0,
    noncompliant: counts.nonCompliantDeviceCount ?? 0,
    in_grace_period: counts.inGracePeriodCount ?? 0,
    unknown: counts.unknownDeviceCount ?? 0,
    error: counts.errorDeviceCount ?? 0,
    conflict: counts.conflictDeviceCount ?? 0,
    config_manager: counts.configManagerCount ?? 0,
    not_applicable: counts.notApplicableDeviceCount ?? 0,
    remediated: counts.remediatedDeviceCount ?? 0,
  })
}
