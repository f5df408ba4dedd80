import type { Routes } from '../../web/index.ts'
import { codeRoutes } from './code.pages.tsx'
import { setUpRoutes } from './set-up.pages.tsx'
import { signInRoutes as signInAndOut } from './sign-in.pages.tsx'

/** Signing in, in one step or two, signing out, choosing a workspace, and setting the first one up. */
export const signInRoutes: Routes = (app, web) => {
  signInAndOut(app, web)
  codeRoutes(app, web)
  setUpRoutes(app, web)
}
