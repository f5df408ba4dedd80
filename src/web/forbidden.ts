import { type RefusedDeed, recordRefusal } from '../access/index.ts'
import { problem } from './problems.tsx'
import { personOf } from './signed-in.ts'
import type { Request, Web } from './web.ts'

/** Answers 403 and records who tried what; a key is a matter of its own workspace. */
export async function forbidden(
  web: Web,
  c: Request,
  deed: Omit<RefusedDeed, 'correlationId' | 'workspaceId'> & Partial<Pick<RefusedDeed, 'workspaceId'>>,
): Promise<Response> {
  const { actor, workspaceId } = personOf(c)
  await recordRefusal(web.db, actor, { workspaceId, ...deed, correlationId: c.var.correlationId })
  return problem(web, c, 'forbidden')
}
