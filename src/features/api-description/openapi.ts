import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import { z } from '@hono/zod-openapi'
import { ROLES } from '../../access/index.ts'
import { CATALOG, choiceOf, OPERATION_CODES, type Surface } from '../../engine/catalog/index.ts'
import { START_OUTCOME_TYPE, startOutcomeSchema, startRequestSchema } from '../../web/index.ts'
import { RUN_DETAIL_TYPE, runDetailSchema, runFilterQuery } from '../operations/index.ts'
import { complianceSchema, DIRECTORY } from './directory-schemas.ts'
import {
  connectionsSchema,
  operationsSchema,
  partQuery,
  tenantSchema,
  tenantsSchema,
} from './list-schemas.ts'
import { registerOnboarding } from './onboarding-paths.ts'
import { problemContent, REFUSALS, WRONG_QUERY } from './refusals.ts'
import { registerRunActions } from './run-actions.ts'
import { registerWaiting } from './waiting-paths.ts'

const text = z.string()
const codesOf = (surface: Surface) =>
  z
    .enum(OPERATION_CODES.filter((code) => CATALOG[code].surfaces.includes(surface)) as [string, ...string[]])
    .openapi({
      description:
        'The operation. One that this installation cannot carry out yet is answered blocked, with the reason provider_binding_unsupported.',
    })
const tenantId = text.openapi({
  description: 'The directory id of the tenant, as GET /admin/tenants lists it',
})
const number = z.int()

/** The start paths that this installation answers, as the contract writes them. */
const STARTS = [
  {
    path: '/admin/t/{tenant}/provider-actions/{operation}/start',
    summary: 'Start a tenant-scoped provider-backed operation',
    params: z.object({ tenant: tenantId, operation: codesOf('tenant') }),
    body: 'usual',
  },
  {
    path: '/admin/provider-connections/{connection}/actions/{operation}/start',
    summary: 'Start a provider-connection-scoped operation',
    params: z.object({ connection: number, operation: codesOf('connection') }),
    body: false,
  },
  {
    path: '/admin/t/{tenant}/directory/role-definitions/sync',
    summary: 'Start role definitions sync',
    params: z.object({ tenant: tenantId }),
    body: false,
  },
  {
    path: '/admin/t/{tenant}/directory/groups/sync',
    summary: 'Start directory groups sync',
    params: z.object({ tenant: tenantId }),
    body: 'groups',
  },
] as const

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
        headers: z.object({ 'Idempotency-Key': idempotencyKey }),
        ...(body && {
          body: {
            required: false,
            content: {
              'application/json': { schema: body === 'groups' ? groupsRequestSchema : requestSchema },
            },
          },
        }),
      },
      responses: startResponses('The answer to the start: one of four results'),
    })
    registry.registerPath({
      method: 'get',
      path: path.replace(/\/(start|sync)$/, '/explain'),
      summary: `${summary}: what it would be answered now, starting nothing`,
      request: { params, query: explainQuery },
      responses: explainResponses,
    })
  }
  registerWaiting(registry, requestSchema)
  registerOnboarding(registry)
  registerLists(registry)
  registerDirectory(registry)
  registerRunActions(registry, {
    refusals: REFUSALS,
    started: startResponses('The answer to the start: one of four results'),
    problem: problemContent,
  })
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

/** The lists from which a program learns ids; a key sees its own workspace. */
function registerLists(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/admin/tenants',
    summary: 'The tenants of the workspace, with the ids that starts take',
    request: {
      query: z.object({
        q: text.optional().openapi({ description: 'A part of the name, domain or directory id' }),
        show: z.enum(['all', 'blocked', 'partly', 'ready', 'running']).optional(),
        ...partQuery('after'),
      }),
    },
    responses: { 200: listAnswer('One part of the tenants', tenantsSchema), ...REFUSALS, ...WRONG_QUERY },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/t/{tenant}',
    summary: 'One tenant',
    request: { params: z.object({ tenant: tenantId }) },
    responses: { 200: listAnswer('The tenant', tenantSchema), ...REFUSALS },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/provider-connections',
    summary: 'The provider connections of the workspace, with the numbers that starts take',
    request: {
      query: z.object({
        tenant: tenantId.optional(),
        show: z.enum(['all', 'attention', 'ready']).optional(),
        ...partQuery('after'),
      }),
    },
    responses: {
      200: listAnswer('One part of the connections', connectionsSchema),
      ...REFUSALS,
      ...WRONG_QUERY,
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/operations',
    summary: 'The operations of the workspace, newest first',
    request: {
      query: z.object({
        show: z.enum(['all', 'active', 'attention']).optional(),
        tenant: tenantId.optional(),
        ...runFilterQuery,
        ...partQuery('before'),
      }),
    },
    responses: {
      200: listAnswer('One part of the operations', operationsSchema),
      ...REFUSALS,
      ...WRONG_QUERY,
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/members',
    summary: 'The people of the workspace and, for those who manage them, the open invitations',
    responses: { 200: listAnswer('Everybody in the workspace, by name', membersSchema), ...REFUSALS },
  })
}

/** What was last seen of a tenant's directory, list by list, and each entry with the object it came as. */
function registerDirectory(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/admin/t/{tenant}/compliance',
    summary: 'How the devices of a tenant comply, now and over time',
    request: {
      params: z.object({ tenant: tenantId }),
      query: z.object({
        days: z
          .enum(['7', '30', '90', '365'])
          .optional()
          .openapi({ description: 'How far back, in days; 30 when it is left out' }),
      }),
    },
    responses: { 200: listAnswer('The snapshots', complianceSchema), ...REFUSALS, ...WRONG_QUERY },
  })
  for (const { entry, list, path, query, what } of DIRECTORY) {
    registry.registerPath({
      method: 'get',
      path,
      summary: `The ${what} of a tenant as last read`,
      request: { params: z.object({ tenant: tenantId }), query },
      responses: { 200: listAnswer(`One part of the ${what}`, list), ...REFUSALS, ...WRONG_QUERY },
    })
    registry.registerPath({
      method: 'get',
      path: `${path}/{id}`,
      summary: `One of the ${what}, with the object as Microsoft gave it`,
      request: { params: z.object({ tenant: tenantId, id: text }) },
      responses: { 200: listAnswer('What was last read of it', entry), ...REFUSALS },
    })
  }
}

const listAnswer = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'text/html': { schema: text }, 'application/json': { schema } },
})

const accessSchema = {
  role: z.enum(ROLES),
  reach: z.enum(['all', 'selected']),
  tenants: z
    .array(z.object({ id: text, name: text, role: z.enum(ROLES) }))
    .openapi({ description: 'The tenants it names, as far as the asker reaches them' }),
}

const membersSchema = z
  .object({
    members: z.array(
      z.object({
        id: number,
        name: text,
        email: text,
        ...accessSchema,
        since: text,
        twoFactor: z.boolean().optional(),
        lastSeen: text.optional(),
        href: text,
      }),
    ),
    invitations: z
      .array(
        z.object({
          id: number,
          email: text,
          ...accessSchema,
          invitedBy: text,
          expiresAt: text,
          isExpired: z.boolean(),
        }),
      )
      .optional(),
  })
  .openapi('MemberList')

const idempotencyKey = z.string().min(1).max(255).optional().openapi({
  description:
    'Any text of your own. For 24 hours the same key with the same request is answered what it was answered first; with another request it is 422.',
})

const requestSchema = startRequestSchema.openapi('ProviderStartRequest')
const groupKeys = choiceOf('directory.groups.sync')?.known ?? []
const groupsRequestSchema = startRequestSchema
  .pick({ providerConnectionId: true })
  .extend({
    selectionKey: z
      .string()
      .default(groupKeys[0] ?? '')
      .openapi({ description: `Which groups to read: ${groupKeys.join(', ')}` }),
  })
  .openapi('DirectoryGroupsSyncRequest')
const explainQuery = z.object({ providerConnectionId: number.optional() })

const explainResponses = {
  200: {
    description: 'What a start would be answered now',
    content: { [START_OUTCOME_TYPE]: { schema: startOutcomeSchema } },
  },
  ...REFUSALS,
  422: { description: 'Fields are not right', ...problemContent },
  503: { description: 'Not known; repeating is safe', ...problemContent },
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
