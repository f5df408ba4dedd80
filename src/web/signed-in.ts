import type { Identified } from '../access/index.ts'
import type { Request } from './web.ts'

/** The person behind a request that came past the sign-in check; throws when used before it. */
export function personOf(c: Request): Identified {
  const { who } = c.var
  if (!who) throw new Error('This route has to stand behind the sign-in check')
  return who
}
