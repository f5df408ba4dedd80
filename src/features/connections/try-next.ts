import type { Work } from '../../engine/worker/index.ts'
import type { GraphFailure } from '../../graph/index.ts'
import {
  type CredentialKind,
  type GraphAccess,
  graphFor,
  type ProviderAccess,
  waitingCredential,
} from '../../providers/index.ts'

/** What came of trying the credential that waits. */
export type TriedNext =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'accepted'
      readonly id: string
      readonly credential: CredentialKind
      readonly graph: GraphAccess
      readonly roles: readonly string[]
    }
  | {
      readonly kind: 'rejected'
      readonly id: string
      readonly credential: CredentialKind
      readonly failure: GraphFailure
      /** What was signed in with; null for one that does not open. */
      readonly graph: GraphAccess | null
    }
  /** Microsoft said nothing about the credential: it was not reached, or does not let the app in at all. */
  | { readonly kind: 'undecided'; readonly graph: GraphAccess; readonly failure: GraphFailure }

/** Signs in with the credential that waits, if there is one that has not expired. One that does not open counts as rejected. */
export async function tryNext(access: ProviderAccess, work: Work): Promise<TriedNext> {
  const next = await waitingCredential(work.db, work.run.tenantId, work.run.connectionId)
  if (!next) return { kind: 'none' }
  const { id } = next
  const credential = next.kind as CredentialKind
  const way = await graphFor(work.db, access, work.run, work, 'next')
  if (!way.ok) return { kind: 'rejected', id, credential, failure: way.failure, graph: null }
  const graph = way.value
  const signedIn = await graph.client.signIn({ fresh: true })
  if (signedIn.ok)
    return { kind: 'accepted', id: graph.credentialId ?? id, credential, graph, roles: signedIn.value.roles }
  const { failure } = signedIn
  return isAboutCredential(failure)
    ? { kind: 'rejected', id: graph.credentialId ?? id, credential, failure, graph }
    : { kind: 'undecided', graph, failure }
}

const isAboutCredential = ({ kind }: GraphFailure): boolean =>
  kind === 'credential_rejected' || kind === 'credential_expired' || kind === 'credential_missing'
