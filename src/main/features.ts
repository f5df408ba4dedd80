import { accountRoutes } from '../features/account/index.ts'
import { apiDescriptionRoutes } from '../features/api-description/index.ts'
import { apiKeyRoutes } from '../features/api-keys/index.ts'
import { complianceRoutes } from '../features/compliance/index.ts'
import { connectionRoutes } from '../features/connections/index.ts'
import { consentRoutes } from '../features/consent/index.ts'
import { directoryRoutes } from '../features/directory/index.ts'
import { inventoryRoutes } from '../features/inventory/index.ts'
import { membersRoutes } from '../features/members/index.ts'
import { notificationRoutes } from '../features/notifications/index.ts'
import { onboardingRoutes } from '../features/onboarding/index.ts'
import { operationRoutes, runActionRoutes } from '../features/operations/index.ts'
import { settingsRoutes } from '../features/settings/index.ts'
import { signInRoutes } from '../features/sign-in/index.ts'
import { tenantRoutes } from '../features/tenants/index.ts'
import { waitingStartRoutes } from '../features/waiting-starts/index.ts'
import { workspaceRoutes } from '../features/workspace/index.ts'
import {
  bootstrapEndpoint,
  explainRoutes,
  healthRoutes,
  liveRoutes,
  type Routes,
  startEndpoint,
  startLimit,
  type Web,
} from '../web/index.ts'

/** Every feature of the product; the starts of all of them go through one endpoint. */
export function features(web: Web): Routes[] {
  const mayStart = startLimit(web)
  const start = startEndpoint(web, mayStart)
  return [
    healthRoutes,
    explainRoutes,
    liveRoutes,
    signInRoutes,
    tenantRoutes(start),
    directoryRoutes(start),
    inventoryRoutes(start),
    complianceRoutes(start),
    connectionRoutes(start),
    consentRoutes,
    onboardingRoutes(start, bootstrapEndpoint(web, mayStart)),
    operationRoutes,
    waitingStartRoutes(start),
    runActionRoutes(start),
    notificationRoutes,
    membersRoutes,
    accountRoutes,
    settingsRoutes,
    apiKeyRoutes,
    workspaceRoutes,
    apiDescriptionRoutes,
  ]
}
