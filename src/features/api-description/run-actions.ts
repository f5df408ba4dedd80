import type { OpenAPIRegistry, RouteConfig } from '@asteasolutions/zod-to-openapi'
import { z } from '@hono/zod-openapi'
import { next, partQuery } from './list-schemas.ts'

const text = z.string()
const number = z.int()

const notificationsSchema = z
  .object({
    notifications: z.array(
      z.object({
        id: number,
        runId: number.optional().openapi({ description: 'The operation that ended' }),
        waitingStartId: number.optional().openapi({ description: 'The waiting start that came to nothing' }),
        operationType: text,
        outcome: text,
        reasonCode: text.optional(),
        tenant: text,
        createdAt: text,
        read: z.boolean(),
        href: text,
      }),
    ),
    next,
  })
  .openapi('NotificationList')

/** What every description here is made of. */
interface Shared {
  readonly refusals: RouteConfig['responses']
  readonly started: RouteConfig['responses']
  readonly problem: {
    content: NonNullable<Extract<RouteConfig['responses'][string], { content?: unknown }>['content']>
  }
}

/** What is done with an operation that is there already, and what is told when it has ended. */
export function registerRunActions(registry: OpenAPIRegistry, { problem, refusals, started }: Shared): void {
  const params = z.object({ run: number })
  const wrong = { 422: { description: 'Fields are not right', ...problem } }
  registry.registerPath({
    method: 'post',
    path: '/admin/operations/{run}/start-again',
    summary: 'Start the work of an operation that reads once more, as a new start',
    request: { params },
    responses: started,
  })
  registry.registerPath({
    method: 'post',
    path: '/admin/operations/{run}/force-release',
    summary: 'Take an operation from a worker that does not let go of it, and end it',
    request: {
      params,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              why: z.string().min(3).max(300).openapi({ description: 'Kept in the audit record' }),
            }),
          },
        },
      },
    },
    responses: {
      200: {
        description: 'It has ended, and its directory is free',
        content: { 'application/json': { schema: z.object({ result: z.literal('released') }) } },
      },
      ...refusals,
      409: { description: 'It has no worker, or one that is alive and has time to stop', ...problem },
      ...wrong,
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/notifications',
    summary: 'What ended of the operations that one started, newest first',
    request: { query: z.object({ show: z.enum(['all', 'unread']).optional(), ...partQuery('before') }) },
    responses: {
      200: {
        description: 'One part of the notifications',
        content: { 'text/html': { schema: text }, 'application/json': { schema: notificationsSchema } },
      },
      ...refusals,
      ...wrong,
    },
  })
}
