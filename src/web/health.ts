import { isReachable } from '../database/index.ts'
import type { Routes } from './app.ts'

/** Whether the process lives, and whether it can do its work: for those who watch over it. */
export const healthRoutes: Routes = (app, web) => {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const ready = await isReachable(web.db)
    return c.json({ status: ready ? 'ready' : 'database_unreachable' }, ready ? 200 : 503)
  })
}
