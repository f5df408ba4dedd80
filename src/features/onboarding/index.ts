import type { BootstrapEndpoint, Routes, StartEndpoint } from '../../web/index.ts'
import { changeSessionRoutes } from './change-session.pages.tsx'
import { newConnectionRoutes } from './new-connection.pages.tsx'
import { sessionRoutes } from './session.pages.tsx'
import { startOnboardingRoutes } from './start-onboarding.pages.tsx'

export { sessionSchema } from './session-json.ts'

/** Bringing a tenant under management: its sessions, what changes them, and their two starts. */
export const onboardingRoutes =
  (start: StartEndpoint, bootstrap: BootstrapEndpoint): Routes =>
  (app, web) => {
    sessionRoutes(app, web)
    changeSessionRoutes(app, web)
    newConnectionRoutes(app, web)
    startOnboardingRoutes(start, bootstrap)(app, web)
  }
