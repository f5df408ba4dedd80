import { adminConsentAddress, type CloudProfile, newBinding, type SignInApp } from '../../graph/index.ts'
import type { UserId } from '../../kernel/index.ts'
import type { PlatformIdentity } from '../../providers/index.ts'
import type { Web } from '../../web/index.ts'
import type { By, SeenConnection } from '../connections/index.ts'
import { keepRequest, recordConsent } from './consent.sql.ts'
import { hashOfState } from './consent.ts'

/** What consent needs of the installation. */
export interface ConsentParts extends Pick<Web, 'db'> {
  /** Where Microsoft sends the browser back to. */
  readonly redirectUri: string
  readonly profile: CloudProfile
  readonly platform: PlatformIdentity
}

/** Who answers for the question in this browser. */
export interface Asking extends By {
  readonly userId: UserId
  readonly sessionId: string
}

/**
 * Begins to ask an administrator for consent: keeps the question, bound to this session and connection, and
 * answers the address at Microsoft where it is asked.
 */
export async function askForConsent(
  parts: ConsentParts,
  { actor, correlationId, sessionId, userId }: Asking,
  connection: SeenConnection,
): Promise<string> {
  const { clientId, facts, id, tenant } = connection
  const directoryId = tenant.directoryId
  const { state } = newBinding()
  await parts.db.transaction().execute(async (tx) => {
    await keepRequest(tx, {
      stateHash: hashOfState(state),
      step: 'consent',
      nonce: null,
      codeVerifier: null,
      connectionId: id,
      directoryId,
      clientId,
      userId,
      sessionId,
    })
    await recordConsent(tx, {
      actor,
      correlationId,
      action: 'connection.consent.ask',
      outcome: 'done',
      workspaceId: tenant.workspaceId,
      tenantId: tenant.id,
      connectionId: id,
      facts: { directoryId, clientId, before: facts.consent },
    })
  })
  return adminConsentAddress(parts.profile, {
    directoryId,
    clientId,
    redirectUri: parts.redirectUri,
    state,
  })
}

/** The app that administrators sign in to. */
export const signInAppOf = (
  parts: ConsentParts,
  { clientId, directoryId }: Pick<SignInApp, 'clientId' | 'directoryId'>,
): SignInApp => ({
  profile: parts.profile,
  directoryId,
  clientId,
  credential: parts.platform.credential,
  redirectUri: parts.redirectUri,
})
