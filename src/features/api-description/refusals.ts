import { z } from '@hono/zod-openapi'

const text = z.string()
const number = z.int()

const problemSchema = z
  .object({
    type: text,
    title: text,
    status: number,
    detail: text,
    errors: z.array(z.object({ pointer: text, detail: text })).optional(),
  })
  .openapi('Problem')

/** The content of an answer that refuses. */
export const problemContent = { content: { 'application/problem+json': { schema: problemSchema } } }
/** How any address may refuse. */
export const REFUSALS = {
  401: { description: 'No session or key', ...problemContent },
  403: { description: 'In scope, but the capability is missing', ...problemContent },
  404: { description: 'Not visible, or not there', ...problemContent },
  405: {
    description: 'The address does not take this method',
    headers: z.object({ Allow: text.openapi({ description: 'The methods that it takes' }) }),
    ...problemContent,
  },
  406: { description: 'Neither HTML nor JSON is accepted', ...problemContent },
}

/** How a list refuses a query. */
export const WRONG_QUERY = { 422: { description: 'Fields of the query are not right', ...problemContent } }
