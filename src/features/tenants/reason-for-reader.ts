import { roleMay, rolesWith } from '../../access/index.ts'
import type { TenantForecast } from '../../engine/gate/index.ts'
import { nextStepsFor, type Reason, wordsFor } from '../../engine/reasons/index.ts'
import type { NextStep } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { changeTenantWords } from './change-tenant.words.ts'
import { tenantHref } from './tenant-frame.tsx'
import { tenantsWords } from './tenants.words.ts'

type Ground = TenantForecast['ground']

/** The words of a reason in the reader's language. */
export const reasonWords = (reason: Reason, { language, say }: Reader) => wordsFor(reason, language, say)

/** The way out of a reason, as far as the reader's role in that tenant goes. */
export function stepsOut(reason: Reason, ground: Ground, reader: Reader): NextStep[] {
  const { language, say } = reader
  if (reason.code === 'tenant_not_operable' && reason.state === 'archived') return [wayBack(ground, reader)]
  const context = {
    directoryId: ground.tenant.directoryId,
    connectionId: ground.connection?.id ?? null,
    runId: null,
    may: (capability: Parameters<typeof roleMay>[1]) => roleMay(ground.role, capability),
  }
  return nextStepsFor(reason, context, language, say).map(({ href, label }) =>
    href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
  )
}

/** An archived tenant is brought back on a page of its own, which says first what that means. */
function wayBack({ role, tenant }: Ground, { language }: Reader): NextStep {
  const { manage, who } = changeTenantWords(language)
  if (roleMay(role, 'workspace.onboarding.manage'))
    return { kind: 'link', text: manage.reactivate, href: `${tenantHref(tenant)}/reactivate` }
  const roles = rolesWith('workspace.onboarding.manage').map((each) => webWords(language).roles[each])
  return { kind: 'sentence', text: who(new Intl.ListFormat(language, { type: 'disjunction' }).format(roles)) }
}

/** The way to find out whether a new credential works. */
export const stepsToTry = (ground: Ground, reader: Reader): NextStep[] =>
  stepsOut({ code: 'provider_evidence_missing' }, ground, reader)

/** The one fact that belongs beside a reason's label: since when, until when, how many. */
export function detailOf(reason: Reason, reader: Reader): string | null {
  const { details } = tenantsWords(reader.language)
  const ago = (iso: string) => reader.ago(new Date(iso))
  switch (reason.code) {
    case 'provider_connection_missing':
      return details.nothingReaches
    case 'provider_connection_default_missing':
      return details.noDefault(reason.count)
    case 'provider_credential_expired':
      return reason.expiredAt && ago(reason.expiredAt)
    case 'provider_evidence_stale':
      return details.lastSeen(ago(reason.seenAt))
    case 'provider_permission_missing':
      return reason.permissions.join(', ') || null
    case 'provider_throttled':
      return reason.until && details.until(reader.say.time(reason.until))
    case 'operation_paused':
    case 'tenant_frozen':
      return reason.until ? details.until(reader.say.time(reason.until)) : details.furtherNotice
    default:
      return null
  }
}
