import type { Routes } from '../../web/index.ts'
import { acceptRoutes } from './accept.pages.tsx'
import { invitationRoutes } from './invitation.pages.tsx'
import { memberListRoutes } from './list.pages.tsx'
import { memberRoutes } from './member.pages.tsx'
import { resetLinkRoutes } from './reset-link.pages.tsx'

/** The people of a workspace: who is there, who was asked to join, joining, and what each may do. */
export const membersRoutes: Routes = (app, web) => {
  memberListRoutes(app, web)
  invitationRoutes(app, web)
  memberRoutes(app, web)
  resetLinkRoutes(app, web)
  acceptRoutes(app, web)
}
