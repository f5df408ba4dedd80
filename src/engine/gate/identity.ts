import { type Actor, personBehind } from '../../access/index.ts'
import { canonicalHash, type Json } from '../../kernel/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import type { Reason } from '../reasons/index.ts'

/** What a start works on, normalised: order and spacing never make two selections differ. */
export type Selection = { readonly [key: string]: Json }

/**
 * What makes two starts the same work: operation, protected scope and selection; for a check also
 * its connection. A SHA-256 in hex, never a name or a length.
 */
export const identityOf = (
  operation: OperationCode,
  scopeKey: string,
  selection: Selection,
  connectionId: number | null,
): string => canonicalHash({ operation, scope: scopeKey, selection, connection: connectionId })

/** What makes two blocked starts one record: who tried, what, and why it was refused. */
export const collapseKeyOf = (actor: Actor, identity: string, reason: Reason): string =>
  canonicalHash({
    initiator: personBehind(actor).userId ?? 'system',
    identity,
    reason: reason.code,
    permissions: 'permissions' in reason ? reason.permissions : [],
  })
