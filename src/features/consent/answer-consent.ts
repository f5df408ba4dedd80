import { roleMay } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import {
  newBinding,
  personSignedIn,
  readConsentAnswer,
  type SignedInPerson,
  signInAddress,
} from '../../graph/index.ts'
import type { ConnectionId } from '../../kernel/index.ts'
import { connectionById, lockTenant, type SeenConnection } from '../connections/index.ts'
import { type Asking, type ConsentParts, signInAppOf } from './ask-for-consent.ts'
import {
  grantConsent,
  keepRequest,
  noteRefusedConsent,
  recordConsent,
  type TakenRequest,
  takeRequest,
} from './consent.sql.ts'
import { CONSENTING_ROLES, type ConsentRefusal, hashOfState } from './consent.ts'
import { objectionToAnswer, objectionToPerson } from './decide-consent.ts'

/** What comes of an answer that a browser brought back from Microsoft. */
export type ConsentResult =
  /** Consent was given, as the browser says; now the administrator proves who they are. */
  | { readonly kind: 'sign_in'; readonly address: string }
  | { readonly kind: 'granted'; readonly connectionId: ConnectionId }
  /** Nothing was granted. The connection is named only to those whose question it was. */
  | { readonly kind: 'refused'; readonly why: ConsentRefusal; readonly connectionId: ConnectionId | null }

/**
 * Answers Microsoft's redirect. Its state is used up at once, whoever brings it. What the address says is
 * never believed: consent counts only when an administrator of that very directory then signs in.
 */
export async function answerConsent(
  parts: ConsentParts,
  asking: Asking,
  query: URLSearchParams,
): Promise<ConsentResult> {
  const request = await takeRequest(parts.db, hashOfState(query.get('state') ?? ''))
  const objection = await objectionNow(parts.db, asking, request)
  if (objection || !request) return refused(parts, asking, request, objection ?? 'state_unknown', {})
  return request.step === 'consent'
    ? askWhoConsented(parts, asking, request, query)
    : judgeSignIn(parts, asking, request, query)
}

/** Why the answer to a question may not count, as things stand now. */
async function objectionNow(
  db: Db,
  asking: Asking,
  request: TakenRequest | null,
): Promise<ConsentRefusal | null> {
  const connection = request ? await connectionById(db, request.connectionId, asking.actor) : undefined
  return objectionToAnswer({
    request,
    sessionId: asking.sessionId,
    userId: asking.userId,
    connection: connection ? seenNow(connection) : null,
  })
}

const seenNow = ({ clientId, facts, tenant }: SeenConnection) => ({
  type: facts.type,
  directoryId: tenant.directoryId === facts.directoryId ? facts.directoryId : '',
  clientId,
  mayManage: roleMay(tenant.role, 'tenant.providers.manage'),
})

/** Consent was given, or so the address says: the same person signs in to show who they are. */
async function askWhoConsented(
  parts: ConsentParts,
  asking: Asking,
  request: TakenRequest,
  query: URLSearchParams,
): Promise<ConsentResult> {
  const answer = readConsentAnswer(query)
  if (answer.kind === 'refused') return declined(parts, asking, request, 'declined', { error: answer.error })
  const binding = newBinding()
  const address = await signInAddress(signInAppOf(parts, request), binding)
  if (address === null) return refused(parts, asking, request, 'unreachable', {})
  const { codeVerifier, nonce, state } = binding
  await keepRequest(parts.db, {
    ...request,
    step: 'sign_in',
    stateHash: hashOfState(state),
    nonce,
    codeVerifier,
  })
  return { kind: 'sign_in', address }
}

async function judgeSignIn(
  parts: ConsentParts,
  asking: Asking,
  request: TakenRequest,
  query: URLSearchParams,
): Promise<ConsentResult> {
  const binding = {
    state: query.get('state') ?? '',
    nonce: request.nonce ?? '',
    codeVerifier: request.codeVerifier ?? '',
  }
  const signIn = await personSignedIn(signInAppOf(parts, request), binding, query)
  if (signIn.kind === 'unreachable') return refused(parts, asking, request, 'unreachable', {})
  if (signIn.kind === 'refused')
    return declined(parts, asking, request, 'sign_in_refused', { error: signIn.error })
  const objection = objectionToPerson(signIn.person, request.directoryId)
  if (objection)
    return declined(parts, asking, request, objection, { administrator: recordOf(signIn.person) })
  return granted(parts, asking, request, signIn.person)
}

/**
 * An administrator of the directory consented. From now on checks may look into it, and the first one proves
 * the tenant. Redeeming the code took a while, so what the answer counts by is judged once more, under the lock.
 */
async function granted(
  { db }: ConsentParts,
  asking: Asking,
  request: TakenRequest,
  administrator: SignedInPerson,
): Promise<ConsentResult> {
  const { actor, correlationId } = asking
  const why = await db.transaction().execute(async (tx): Promise<ConsentRefusal | null> => {
    await lockTenant(tx, request.tenantId)
    const objection = await objectionNow(tx, asking, request)
    const isGranted = objection === null && (await grantConsent(tx, request, administrator))
    const refusal = isGranted ? null : (objection ?? 'connection_changed')
    await recordConsent(tx, {
      ...by(actor, correlationId, request, request.tenantId),
      outcome: isGranted ? 'done' : 'refused',
      facts: { ...(refusal && { why: refusal }), administrator: recordOf(administrator) },
    })
    return refusal
  })
  const { connectionId } = request
  return why ? { kind: 'refused', why, connectionId } : { kind: 'granted', connectionId }
}

/** Somebody at Microsoft said no, or was nobody who can say yes: the connection remembers that it was asked. */
async function declined(
  parts: ConsentParts,
  asking: Asking,
  request: TakenRequest,
  why: ConsentRefusal,
  facts: object,
): Promise<ConsentResult> {
  await noteRefusedConsent(parts.db, request.connectionId)
  return refused(parts, asking, request, why, facts)
}

async function refused(
  { db }: ConsentParts,
  { actor, correlationId, sessionId }: Asking,
  request: TakenRequest | null,
  why: ConsentRefusal,
  facts: object,
): Promise<ConsentResult> {
  await recordConsent(db, {
    ...by(actor, correlationId, request, null),
    outcome: 'refused',
    facts: { why, ...facts },
  })
  const isTheirs = request !== null && request.sessionId === sessionId
  return { kind: 'refused', why, connectionId: isTheirs ? request.connectionId : null }
}

const by = (
  actor: Asking['actor'],
  correlationId: string,
  request: TakenRequest | null,
  tenantId: SeenConnection['tenant']['id'] | null,
) => ({
  actor,
  correlationId,
  action: 'connection.consent' as const,
  workspaceId: request?.workspaceId ?? null,
  tenantId,
  connectionId: request?.connectionId ?? null,
})

/** What is kept of somebody at Microsoft: who it was and by which role, and nothing to sign in with. */
const recordOf = ({ directoryId, directoryRoles, name, objectId }: SignedInPerson) => ({
  directoryId,
  objectId,
  name,
  roles: directoryRoles.flatMap((id) => CONSENTING_ROLES[id] ?? []),
})
