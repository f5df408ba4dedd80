import type { Routes } from '../app.ts'
import { forbidden } from '../forbidden.ts'
import { workplaceOf } from '../frame.ts'
import { problem } from '../problems.tsx'
import { personOf } from '../signed-in.ts'
import type { Request } from '../web.ts'
import { openStream } from './stream.ts'
import { parsePosition } from './told.ts'

/**
 * Tells an open page what has changed in its workspace, as server-sent events. It is for people at a browser; programs
 * ask the lists.
 */
export const liveRoutes: Routes = (app, web) => {
  app.get('/admin/live', async (c) => {
    const { sessionId } = personOf(c)
    if (sessionId === null)
      return forbidden(web, c, { action: 'live.view', targetKind: 'workspace', targetId: null })
    if (!wantsEvents(c)) return problem(web, c, 'not_acceptable')
    const { actor, workspace } = await workplaceOf(web, c)
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, HEADERS)
    const since = parsePosition(c.req.header('last-event-id')) ?? parsePosition(c.req.query('since'))
    const stream = openStream(web, { actor, sessionId, workspaceId: workspace.id, since })
    if (!stream) return problem(web, c, 'too_many_streams')
    return c.body(stream, 200, HEADERS)
  })
}

/** A proxy must neither keep events back nor wait for enough of them to compress. */
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

const wantsEvents = (c: Request) => /\btext\/event-stream\b/i.test(c.req.header('accept') ?? '')
