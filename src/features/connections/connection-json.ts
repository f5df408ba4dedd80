import { thumbprintsOf } from '../../providers/index.ts'
import { connectionHref } from './at-hand.ts'
import type { SeenConnection } from './connections.sql.ts'
import type { StoredCredential } from './credentials.sql.ts'

/** A connection as programs read it. */
export const connectionJson = ({ facts, id, isDefault, next, tenant, verification }: SeenConnection) => ({
  id,
  provider: facts.provider,
  label: facts.label,
  tenant: { id: tenant.directoryId, name: tenant.name },
  isDefault,
  isEnabled: facts.isEnabled,
  consentStatus: facts.consent,
  verificationStatus: verification,
  ...(facts.credential.kind === 'present' && {
    credential: lifeOf({ ...facts.credential, kind: facts.credential.form }),
  }),
  ...(next && { nextCredential: lifeOf(next) }),
  href: connectionHref(id),
})

interface Life {
  readonly kind: string
  readonly expiresAt: string | null
  readonly rejectedAt: string | null
}

const lifeOf = ({ expiresAt, kind, rejectedAt }: Life) => ({
  kind,
  ...(expiresAt !== null && { expiresAt }),
  ...(rejectedAt !== null && { rejectedAt }),
})

/** The credentials of a connection as programs read them; nothing secret. */
export const credentialJson = (stored: readonly StoredCredential[]) => ({
  inUse: storedJson(stored.find(({ slot }) => slot === 'in_use')),
  next: storedJson(stored.find(({ slot }) => slot === 'next')),
})

const storedJson = (stored: StoredCredential | undefined) =>
  stored
    ? {
        kind: stored.kind,
        expiresAt: stored.expiresAt,
        rejectedAt: stored.rejectedAt,
        storedAt: stored.storedAt,
        ...(stored.certificate !== null && {
          certificate: stored.certificate,
          thumbprints: thumbprintsOf(stored.certificate),
        }),
      }
    : null
