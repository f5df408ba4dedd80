import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import { releaseRun } from '../../engine/runs/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { decideRelease, type ReleaseVerdict } from './decide-release.ts'
import { freshnessOf } from './freshness.ts'
import { type RunDetail, recordRunAction } from './operations.sql.ts'
import { lockedStanding, type Standing } from './release-operation.sql.ts'

/** Who takes a run from its worker, and why. */
export interface Release {
  readonly actor: PersonalActor
  readonly why: string
  readonly correlationId: string
}

/**
 * Takes a run from a worker that does not let go of it, and ends it: judged, taken, ended, told and recorded in one
 * commit, which frees its scope.
 */
export const releaseOperation = (
  db: Db,
  run: Pick<RunDetail, 'id' | 'tenant_id' | 'workspaceId'>,
  { actor, correlationId, why }: Release,
): Promise<ReleaseVerdict> =>
  db.transaction().execute(async (tx) => {
    const standing = await lockedStanding(tx, run.tenant_id as TenantId, run.id)
    if (!standing) return { kind: 'refused', because: 'not_running' }
    const verdict = verdictOn(standing)
    if (verdict.kind === 'refused') return verdict
    const taken = await releaseRun(tx, run.id, standing.fencingToken, { by: actor.name, why })
    await recordRunAction(tx, run.tenant_id, {
      actor,
      workspaceId: run.workspaceId,
      runId: run.id,
      action: 'operation.force_release',
      outcome: 'done',
      facts: { why, because: verdict.because, ...taken },
      correlationId,
    })
    return verdict
  })

function verdictOn({ heartbeatAt, now, operation, status, stopAskedSeconds }: Standing): ReleaseVerdict {
  const { staleAfterSeconds } = definitionOf(operation)
  const freshness = freshnessOf({ status, reasonCode: null, heartbeatAt, staleAfterSeconds }, now)
  return decideRelease({ status, freshness, stopAskedSeconds })
}
