import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi'
import { z } from '@hono/zod-openapi'
import { CATALOG, OPERATION_CODES } from '../../engine/catalog/index.ts'
import {
  BOOTSTRAP_OUTCOME_TYPE,
  bootstrapOutcomeSchema,
  bootstrapRequestSchema,
  START_OUTCOME_TYPE,
  startOutcomeSchema,
  startRequestSchema,
  stepField,
} from '../../web/index.ts'
import { sessionSchema } from '../onboarding/index.ts'
import { problemContent, REFUSALS } from './refusals.ts'

const text = z.string()
const session = z.object({ session: z.int() })
const codes = z.enum(
  OPERATION_CODES.filter((code) => CATALOG[code].surfaces.includes('onboarding')) as [string, ...string[]],
)
const withOperation = session.extend({ operation: codes })
const headers = z.object({
  'If-Match': text
    .optional()
    .openapi({ description: 'The version that the start is meant for, as ETag tells it' }),
  'Idempotency-Key': z.string().min(1).max(255).optional(),
})

const checkSchema = startRequestSchema
  .pick({ providerConnectionId: true })
  .extend({ step: stepField })
  .openapi('OnboardingProviderStartRequest')
const bootstrapSchema = bootstrapRequestSchema.openapi('OnboardingBootstrapStartRequest')

const NOT_STARTED = {
  409: {
    description: 'The session has changed, has ended or has not come so far, or a key is still undecided',
    ...problemContent,
  },
  413: { description: 'The body is too large', ...problemContent },
  415: { description: 'The body is neither JSON nor a form', ...problemContent },
  422: { description: 'Fields are not right; nothing was started', ...problemContent },
  429: { description: 'Too many starts', ...problemContent },
  503: { description: 'Not known to have started; repeating is safe', ...problemContent },
}

const explained = (type: string, schema: z.ZodType) => ({
  200: { description: 'What a start would be answered now', content: { [type]: { schema } } },
  ...REFUSALS,
  409: NOT_STARTED[409],
  422: NOT_STARTED[422],
  503: NOT_STARTED[503],
})

const changed = {
  200: {
    description: 'The session as it is now',
    content: { 'text/html': { schema: text }, 'application/json': { schema: sessionSchema } },
  },
  ...REFUSALS,
  409: {
    description: 'The session has changed since that version, has ended, or has not come so far',
    ...problemContent,
  },
  422: { description: 'Fields are not right', ...problemContent },
}

const version = z.int().optional().openapi({ description: 'The version that was seen; or send If-Match' })

/** Everything that changes a session, with what it takes beside the version. */
const CHANGES = [
  ['identify', 'Say which directory it is, by its id or a verified domain', { directory: text, name: text }],
  ['connection', 'Choose a connection of the tenant', { connectionId: z.int() }],
  ['bootstrap/skip', 'Leave an operation of the bootstrap out, and keep it in view', { operation: text }],
  ['bootstrap/drop', 'Take an operation out of the bootstrap', { operation: text }],
  ['activate', 'Make the tenant active', {}],
  ['cancel', 'End the session; what is pending is dropped, what runs goes on', {}],
] as const

/** The paths of onboarding: its sessions, what changes them, and their two starts. */
export function registerOnboarding(registry: OpenAPIRegistry): void {
  registerStarts(registry)
  const list = z.object({ sessions: z.array(sessionSchema) }).openapi('OnboardingSessionList')
  const answer = (description: string, schema: z.ZodType) => ({
    description,
    content: { 'text/html': { schema: text }, 'application/json': { schema } },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/onboarding',
    summary: 'The onboarding sessions of the workspace: what is open, and what ended lately',
    responses: { 200: answer('The sessions', list), ...REFUSALS },
  })
  registry.registerPath({
    method: 'post',
    path: '/admin/onboarding',
    summary: 'Begin a session, or go on with the own one that names no directory yet',
    responses: { 201: answer('The session', sessionSchema), ...REFUSALS },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/onboarding/{session}',
    summary: 'One session: its steps, and the one thing to do next',
    request: { params: session },
    responses: { 200: answer('The session', sessionSchema), ...REFUSALS },
  })
  for (const [path, summary, fields] of CHANGES)
    registry.registerPath({
      method: 'post',
      path: `/admin/onboarding/{session}/${path}`,
      summary,
      request: {
        params: session,
        headers: headers.pick({ 'If-Match': true }),
        body: { content: { 'application/json': { schema: z.object({ version, ...fields }) } } },
      },
      responses: changed,
    })
}

function registerStarts(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'post',
    path: '/admin/onboarding/{session}/provider-actions/{operation}/start',
    summary: 'Start an onboarding provider verification action',
    request: {
      params: withOperation,
      headers,
      body: { required: false, content: { 'application/json': { schema: checkSchema } } },
    },
    responses: {
      200: {
        description: 'The answer to the start: one of four results',
        content: { 'text/html': { schema: text }, [START_OUTCOME_TYPE]: { schema: startOutcomeSchema } },
      },
      ...REFUSALS,
      ...NOT_STARTED,
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/onboarding/{session}/provider-actions/{operation}/explain',
    summary: 'What the verification would be answered now, starting nothing',
    request: { params: withOperation },
    responses: explained(START_OUTCOME_TYPE, startOutcomeSchema),
  })
  registry.registerPath({
    method: 'post',
    path: '/admin/onboarding/{session}/provider-bootstrap/start',
    summary: 'Start onboarding bootstrap work under sequential protected-scope admission',
    request: {
      params: session,
      headers,
      body: { required: true, content: { 'application/json': { schema: bootstrapSchema } } },
    },
    responses: {
      200: {
        description: 'The answer to the step that was tried, with the order behind it',
        content: {
          'text/html': { schema: text },
          [BOOTSTRAP_OUTCOME_TYPE]: { schema: bootstrapOutcomeSchema },
        },
      },
      ...REFUSALS,
      ...NOT_STARTED,
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/admin/onboarding/{session}/provider-bootstrap/explain',
    summary: 'What the bootstrap would be answered now, starting nothing',
    request: {
      params: session,
      query: z.object({ providerConnectionId: z.int(), selectedOperations: z.array(text) }),
    },
    responses: explained(BOOTSTRAP_OUTCOME_TYPE, bootstrapOutcomeSchema),
  })
}
