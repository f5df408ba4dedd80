import type { Routes } from '../../web/index.ts'
import { accountPageRoutes } from './account.pages.tsx'
import { forgotRoutes } from './forgot.pages.tsx'
import { lettersRoutes } from './letters.pages.tsx'
import { passwordRoutes } from './password.pages.tsx'
import { resetRoutes } from './reset.pages.tsx'
import { sessionRoutes } from './sessions.pages.tsx'
import { twoFactorRoutes } from './two-factor.pages.tsx'

/** How somebody signs in: their password, their second factor, their sessions, and what to do when locked out. */
export const accountRoutes: Routes = (app, web) => {
  accountPageRoutes(app, web)
  passwordRoutes(app, web)
  sessionRoutes(app, web)
  twoFactorRoutes(app, web)
  lettersRoutes(app, web)
  forgotRoutes(app, web)
  resetRoutes(app, web)
}
