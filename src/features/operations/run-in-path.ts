import { asRunId, parseRecordId } from '../../kernel/index.ts'
import { personOf, type Request, type Web } from '../../web/index.ts'
import { type RunDetail, runFor } from './operations.sql.ts'

/** The run of the path, if the asker may see it. */
export async function visibleRun(web: Web, c: Request): Promise<RunDetail | undefined> {
  const id = parseRecordId(c.req.param('run') ?? '')
  return id === null ? undefined : runFor(web.db, personOf(c).actor, asRunId(id))
}
