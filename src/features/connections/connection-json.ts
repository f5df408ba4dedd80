import { connectionHref } from './at-hand.ts'
import type { SeenConnection } from './connections.sql.ts'

/** A connection as programs read it. */
export const connectionJson = ({ facts, id, isDefault, tenant, verification }: SeenConnection) => ({
  id,
  provider: facts.provider,
  label: facts.label,
  tenant: { id: tenant.directoryId, name: tenant.name },
  isDefault,
  isEnabled: facts.isEnabled,
  consentStatus: facts.consent,
  verificationStatus: verification,
  href: connectionHref(id),
})
