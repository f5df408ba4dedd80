import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import { z } from '@hono/zod-openapi'
import { START_OUTCOME_TYPE, startOutcomeSchema, startRequestSchema } from '../../web/index.ts'
import { RUN_DETAIL_TYPE, runDetailSchema } from '../operations/index.ts'

const text = z.string()
const number = z.int()

/** The start paths that this installation answers, as the contract writes them. */
const STARTS = [
  {
    path: '/admin/t/{tenant}/provider-actions/{operation}/start',
    summary: 'Start a tenant-scoped provider-backed operation',
    params: z.object({ tenant: text, operation: text }),
    body: true,
  },
  {
    path: '/admin/provider-connections/{connection}/actions/{operation}/start',
    summary: 'Start a provider-connection-scoped operation',
    params: z.object({ connection: number, operation: text }),
    body: false,
  },
  {
    path: '/admin/t/{tenant}/directory/role-definitions/sync',
    summary: 'Start role definitions sync',
    params: z.object({ tenant: text }),
    body: false,
  },
] as const

const problemSchema = z
  .object({
    type: text,
    title: text,
    status: number,
    detail: text,
    errors: z.array(z.object({ pointer: text, detail: text })).optional(),
  })
  .openapi('Problem')

/** The OpenAPI 3.1 description of the programs' side, from the schemas that answers are made of. */
export function openApiDocument(publicUrl: string): object {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'tenantpilot.session_token',
  })
  for (const { body, params, path, summary } of STARTS) {
    registry.registerPath({
      method: 'post',
      path,
      summary,
      request: {
        params,
        headers: z.object({ 'Idempotency-Key': z.string().min(1).max(255).optional() }),
        ...(body && {
          body: { required: false, content: { 'application/json': { schema: requestSchema } } },
        }),
      },
      responses: startResponses('The answer to the start: one of four results'),
    })
    registry.registerPath({
      method: 'get',
      path: path.replace(/\/(start|sync)$/, '/explain'),
      summary: `${summary}: what it would be answered now, starting nothing`,
      request: { params, query: explainQuery },
      responses: startResponses('What a start would be answered now'),
    })
  }
  registry.registerPath({
    method: 'get',
    path: '/admin/operations/{run}',
    summary: 'Canonical provider-backed operation run detail',
    request: { params: z.object({ run: number }) },
    responses: {
      200: {
        description: 'One operation',
        content: { 'text/html': { schema: text }, [RUN_DETAIL_TYPE]: { schema: runDetailSchema } },
      },
      ...REFUSALS,
    },
  })
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'TenantPilot', version: '0.1.0', description: 'Every start is answered at the click.' },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }, { session: [] }],
  })
}

const requestSchema = startRequestSchema.openapi('ProviderStartRequest')
const explainQuery = z.object({ providerConnectionId: number.optional() })

const problemContent = { content: { 'application/problem+json': { schema: problemSchema } } }
const REFUSALS = {
  401: { description: 'No session or key', ...problemContent },
  403: { description: 'In scope, but the capability is missing', ...problemContent },
  404: { description: 'Not visible, or not there', ...problemContent },
  406: { description: 'Neither HTML nor JSON is accepted', ...problemContent },
}

const startResponses = (description: string) => ({
  200: {
    description,
    content: { 'text/html': { schema: text }, [START_OUTCOME_TYPE]: { schema: startOutcomeSchema } },
  },
  ...REFUSALS,
  409: { description: 'The same Idempotency-Key is still undecided', ...problemContent },
  413: { description: 'The body is too large', ...problemContent },
  415: { description: 'The body is neither JSON nor a form', ...problemContent },
  422: {
    description: 'Fields are not right, or the Idempotency-Key belongs to another request',
    ...problemContent,
  },
  429: { description: 'Too many starts', ...problemContent },
  503: { description: 'Not known to have started; repeating is safe', ...problemContent },
})
