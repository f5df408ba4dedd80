import type { SignedInPerson } from '../../graph/index.ts'
import { CONSENTING_ROLES, type ConsentRefusal } from './consent.ts'

/** What is known of an answer before Microsoft's word in it is looked at. */
export interface AnswerFacts {
  /** The question it answers; null when nobody asked it, or it was answered before. */
  readonly request: {
    readonly isFresh: boolean
    readonly sessionId: string
    readonly userId: string
    readonly directoryId: string
    readonly clientId: string
  } | null
  readonly sessionId: string | null
  readonly userId: string
  /** The connection as it is now, where the person who answers sees it. */
  readonly connection: {
    readonly type: 'platform' | 'dedicated'
    readonly directoryId: string
    readonly clientId: string
    readonly mayManage: boolean
  } | null
}

/** Why an answer may not be looked at any further, or null when it may. The order of the lines is the policy. */
export function objectionToAnswer({
  connection,
  request,
  sessionId,
  userId,
}: AnswerFacts): ConsentRefusal | null {
  if (!request) return 'state_unknown'
  if (request.sessionId !== sessionId || request.userId !== userId) return 'state_of_another_session'
  if (!request.isFresh) return 'state_expired'
  if (!connection) return 'connection_changed'
  if (!connection.mayManage) return 'not_allowed'
  const isSameApp =
    connection.type === 'platform' &&
    connection.directoryId === request.directoryId &&
    connection.clientId === request.clientId
  return isSameApp ? null : 'connection_changed'
}

/** Why the sign-in of a person does not count as admin consent of a directory, or null when it does. */
export function objectionToPerson(person: SignedInPerson, directoryId: string): ConsentRefusal | null {
  if (person.directoryId !== directoryId) return 'another_directory'
  return person.directoryRoles.some((role) => Object.hasOwn(CONSENTING_ROLES, role))
    ? null
    : 'not_an_administrator'
}
