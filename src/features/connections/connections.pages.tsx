import type { Routes, StartEndpoint } from '../../web/index.ts'
import { changeConnectionRoutes } from './change.pages.tsx'
import { credentialRoutes } from './credential.pages.tsx'
import { connectionDetailRoutes } from './detail.pages.tsx'
import { connectionListRoutes } from './list.pages.tsx'
import { newConnectionRoutes } from './new.pages.tsx'
import { permissionRoutes } from './permissions.pages.tsx'

/** The provider connections: their list, each of them, how they are added and changed, and their starts. */
export const connectionRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    connectionListRoutes(app, web)
    newConnectionRoutes(app, web)
    changeConnectionRoutes(app, web)
    credentialRoutes(app, web)
    permissionRoutes(app, web)
    connectionDetailRoutes(start)(app, web)
  }
