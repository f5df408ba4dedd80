import { decideRelease, type ReleaseVerdict } from './decide-release.ts'
import type { RunDetail } from './operations.sql.ts'
import { freshness } from './run-state.ts'

/** Whether a run, as it was read for its page, could be released by force. */
export const releaseVerdict = (run: RunDetail): ReleaseVerdict =>
  decideRelease({
    status: run.status,
    freshness: freshness(run, run.now),
    stopAskedSeconds: run.stop_asked_at && (run.now.getTime() - run.stop_asked_at.getTime()) / 1000,
  })
