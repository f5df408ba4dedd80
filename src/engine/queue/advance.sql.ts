import { type RawBuilder, sql } from 'kysely'
import { sendFrom } from './send.sql.ts'

/** The queue whose jobs say "this scope may be free": whoever waits for it is tried in order. */
export const ADVANCE_QUEUE = 'scope.advance'

/** Two steps of a statement that advances every scope (`scope_key`) of a step for which somebody waits. */
export const advanceFrom = (scopes: string): RawBuilder<unknown> =>
  sendFrom({
    queue: ADVANCE_QUEUE,
    from: scopes,
    data: sql`jsonb_build_object('scopeKey', r.scope_key)`,
    when: sql`somebody_waits(r.scope_key)`,
  })
