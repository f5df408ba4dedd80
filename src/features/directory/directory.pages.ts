import type { Routes, StartEndpoint } from '../../web/index.ts'
import { listRoutes } from '../tenant-lists/index.ts'
import { GROUPS } from './groups/groups.list.tsx'
import { ROLE_DEFINITIONS } from './role-definitions/role-definitions.list.tsx'

/** What was last read of a tenant's directory: its lists, each with the sync that reads it. */
export const directoryRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    for (const list of [ROLE_DEFINITIONS, GROUPS]) listRoutes(list, start)(app, web)
  }
