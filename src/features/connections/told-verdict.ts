import type { DraftOutcome, StartVerdict } from '../../engine/gate/index.ts'

/** Never shown: the row of somebody who may not start says who can. */
export const NOT_ASKED: StartVerdict = { kind: 'blocked', reason: { code: 'authorization_lost' } }

/** The verdict that an explanation told of; what only a commit needs of it is left blank. */
export function verdictOf(draft: DraftOutcome, connectionId: number): StartVerdict {
  if (draft.kind === 'accepted') return { kind: 'accepted', connectionId, connectionVersion: 0 }
  if (draft.kind === 'blocked') return { kind: 'blocked', reason: draft.reason }
  const holder = 'holder' in draft.reason ? draft.reason.holder : null
  return holder ? { kind: draft.kind, active: { ...holder, identity: '' } } : NOT_ASKED
}
