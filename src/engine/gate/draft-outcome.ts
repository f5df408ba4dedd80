import { match } from '../../kernel/index.ts'
import type { AdmissibleStart } from './admissible.ts'
import type { StartVerdict } from './decide-start.ts'
import type { DraftOutcome } from './start-outcome.ts'

/** What is said of a verdict: everything but the run, which only a commit makes known. */
export function draftOf(
  { facts, ground }: Pick<AdmissibleStart, 'facts' | 'ground'>,
  verdict: StartVerdict,
): DraftOutcome {
  const { id, directoryId, name, workspaceId } = ground.tenant
  const base = {
    at: facts.at,
    operation: facts.operation.code,
    tenant: { id, directoryId, name, workspaceId },
    connection: facts.connection && {
      id: facts.connection.id,
      provider: facts.connection.provider,
      label: facts.connection.label,
    },
  }
  return match<StartVerdict, DraftOutcome>(verdict, {
    accepted: () => ({ ...base, kind: 'accepted' }),
    deduped: ({ active: { identity: _, ...holder } }) => ({
      ...base,
      kind: 'deduped',
      reason: { code: 'already_running', holder },
    }),
    scope_busy: ({ active: { identity: _, ...holder } }) => ({
      ...base,
      kind: 'scope_busy',
      reason: { code: 'scope_busy', holder },
    }),
    blocked: ({ reason }) => ({ ...base, kind: 'blocked', reason }),
  })
}
