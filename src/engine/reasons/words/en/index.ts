import type { ReasonTexts } from '../words.ts'
import { connectionTexts } from './connection.ts'
import { permissionTexts } from './permission.ts'
import { restoreTexts } from './restore.ts'
import { runTexts } from './run.ts'
import { signInTexts } from './sign-in.ts'
import { tenantTexts } from './tenant.ts'

/** Every reason in English. */
export const english: ReasonTexts = {
  ...tenantTexts,
  ...connectionTexts,
  ...signInTexts,
  ...permissionTexts,
  ...restoreTexts,
  ...runTexts,
}
