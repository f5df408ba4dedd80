import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi'
import { z } from '@hono/zod-openapi'
import { CATALOG, OPERATION_CODES } from '../../engine/catalog/index.ts'
import { waitingStartSchema, whenFreeSchema } from '../../web/index.ts'
import { partQuery } from './list-schemas.ts'
import { problemContent, REFUSALS, WRONG_QUERY } from './refusals.ts'

const text = z.string()
const codes = z.enum(
  OPERATION_CODES.filter((code) => CATALOG[code].surfaces.includes('tenant')) as [string, ...string[]],
)
const waiting = z.object({ waiting: z.int() })

const answer = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'text/html': { schema: text }, 'application/json': { schema } },
})

const waitingListSchema = z
  .object({ waitingStarts: z.array(waitingStartSchema), next: text.optional() })
  .openapi('WaitingStartList')

/** The paths of starts that wait until their directory is free. */
export function registerWaiting(registry: OpenAPIRegistry, body: z.ZodType): void {
  registry.registerPath({
    method: 'post',
    path: '/admin/t/{tenant}/provider-actions/{operation}/start-when-free',
    summary: 'Start an operation, at once or as soon as the directory is free',
    description:
      'It is tried at once. While other work holds the directory it gets in line, and is started in the name of whoever asked when its turn comes. The same work waits once: asking again answers the one that waits, so no Idempotency-Key is taken.',
    request: {
      params: z.object({ tenant: text, operation: codes }),
      body: { required: false, content: { 'application/json': { schema: body } } },
    },
    responses: {
      200: answer('How it was answered, and what waits', whenFreeSchema),
      ...REFUSALS,
      409: { description: 'As many starts wait for this directory as may', ...problemContent },
      413: { description: 'The body is too large', ...problemContent },
      415: { description: 'The body is neither JSON nor a form', ...problemContent },
      422: { description: 'Fields are not right', ...problemContent },
      429: { description: 'Too many starts', ...problemContent },
      503: { description: 'Not known to have started; repeating is safe', ...problemContent },
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/waiting-starts',
    summary: 'What waits to be started in the workspace, first come first',
    request: { query: z.object(partQuery('after')) },
    responses: {
      200: answer('One part of the waiting starts', waitingListSchema),
      ...REFUSALS,
      ...WRONG_QUERY,
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/waiting-starts/{waiting}',
    summary: 'One waiting start: its place, or what it came to',
    request: { params: waiting },
    responses: { 200: answer('The waiting start', waitingStartSchema), ...REFUSALS },
  })
  registry.registerPath({
    method: 'post',
    path: '/admin/waiting-starts/{waiting}/cancel',
    summary: 'Take a start out of its line; one that waits no longer stays as it is',
    request: { params: waiting },
    responses: { 200: answer('The waiting start as it is now', waitingStartSchema), ...REFUSALS },
  })
}
