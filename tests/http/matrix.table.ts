import { randomUUID } from 'node:crypto'
import type { Capability } from '../../src/access/index.ts'
import { makeCertificate } from '../../src/providers/index.ts'
import { PASSWORD } from './in-process.ts'

/** Who gets past the door of a route: everybody, whoever signed in, a person but no key, or a capability's roles. */
export type Door = 'everybody' | 'signed in' | 'a person' | Capability

/** What one route answers to whom, and what a request needs to be taken there. */
export interface Row {
  readonly route: string
  readonly door: Door
  /** The answers to a browser and to a program that the door lets in. */
  readonly page: number
  readonly program: number
  /** What stands for `:operation`; the surface of the route offers it. */
  readonly operation?: string
  /** The fields of a good request. */
  readonly body?: (known: {
    readonly tenant: string
    readonly workspace: number
    readonly chosen: string
  }) => Record<string, string>
  /** The body names a workspace, which is not there for those who are no members of it. */
  readonly workspaceInBody?: true
  /** A field of the query that names a tenant as the path of other routes does. */
  readonly tenantInQuery?: true
  /** Beside the capability it takes a person: keys are refused, whoever owns them. */
  readonly noKeys?: true
  /** It concerns every tenant: whoever does not reach them all is refused, whatever their role. */
  readonly allTenants?: true
  /** What somebody gets at an open door who has signed in already. */
  readonly known?: number
}

const CHECK = 'provider.connection.check'
const SYNC = 'directory.role_definitions.sync'
const MANAGE = 'tenant.providers.manage'
const MEMBERS = 'workspace.members.manage'
const connection = ({ tenant }: { tenant: string }) => ({
  tenant,
  label: 'Another app',
  clientId: randomUUID(),
  clientSecret: 'Qx8~planted.secret.of-an-app',
})

/** A session of the matrix is new, so that its version is known. */
const ONBOARD = 'workspace.onboarding.manage'
const version = { version: '1' }

const { certificate, privateKey } = await makeCertificate('Matrix', new Date())
const pem = () => ({ pem: `${certificate}\n${privateKey}` })

/** Every route of the product. A route without a row fails the suite, and so does a row without a route. */
export const MATRIX: readonly Row[] = [
  // Before anybody signs in
  { route: 'GET /', door: 'everybody', page: 302, program: 302 },
  { route: 'GET /assets/:file', door: 'everybody', page: 404, program: 404 },
  { route: 'GET /healthz', door: 'everybody', page: 200, program: 200 },
  { route: 'GET /readyz', door: 'everybody', page: 200, program: 200 },
  { route: 'GET /openapi.json', door: 'everybody', page: 200, program: 200 },
  { route: 'GET /docs/api', door: 'everybody', page: 200, program: 200 },
  { route: 'GET /set-up/:token', door: 'everybody', page: 404, program: 404 },
  { route: 'POST /set-up/:token', door: 'everybody', page: 404, program: 404 },
  { route: 'POST /sign-in', door: 'everybody', page: 422, program: 422 },
  { route: 'GET /sign-in/code', door: 'everybody', page: 303, program: 303 },
  { route: 'POST /sign-in/code', door: 'everybody', page: 303, program: 303 },
  { route: 'GET /invitations/:token', door: 'everybody', page: 404, program: 404 },
  { route: 'POST /invitations/:token', door: 'everybody', page: 404, program: 404 },
  { route: 'GET /forgot-password', door: 'everybody', page: 200, program: 200 },
  { route: 'POST /forgot-password', door: 'everybody', page: 200, program: 200 },
  { route: 'GET /reset-password/:token', door: 'everybody', page: 404, program: 404 },
  { route: 'POST /reset-password/:token', door: 'everybody', page: 404, program: 404 },
  { route: 'POST /api/auth/sign-in/email', door: 'everybody', page: 400, program: 400 },

  // A person and their workspaces
  { route: 'GET /admin/workspaces', door: 'signed in', page: 200, program: 200 },
  {
    route: 'POST /admin/workspaces',
    door: 'a person',
    page: 303,
    program: 303,
    body: ({ workspace }) => ({ workspace: String(workspace) }),
    workspaceInBody: true,
  },
  { route: 'GET /admin/settings', door: 'signed in', page: 200, program: 200 },
  { route: 'POST /admin/settings', door: 'a person', page: 303, program: 303 },
  { route: 'GET /admin/settings/workspace', door: 'signed in', page: 200, program: 200 },
  {
    route: 'POST /admin/settings/workspace',
    door: 'workspace.settings.manage',
    page: 303,
    program: 200,
    noKeys: true,
    allTenants: true,
    body: () => ({
      name: 'Renamed',
      operationsDays: '365',
      auditDays: '730',
      notificationsDays: '90',
      directoryDays: '90',
      complianceDays: '730',
    }),
  },
  { route: 'GET /admin/api-keys', door: 'a person', page: 200, program: 200 },
  {
    route: 'POST /admin/api-keys',
    door: 'a person',
    page: 200,
    program: 201,
    body: () => ({ name: 'Report' }),
  },
  { route: 'GET /admin/api-keys/:key/revoke', door: 'a person', page: 200, program: 200 },
  { route: 'POST /admin/api-keys/:key/revoke', door: 'a person', page: 303, program: 200 },
  { route: 'GET /admin/notifications', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/notifications/bell', door: 'signed in', page: 200, program: 200 },
  { route: 'POST /admin/notifications/read', door: 'signed in', page: 303, program: 200 },
  {
    route: 'POST /admin/notifications/unread',
    door: 'signed in',
    page: 303,
    program: 200,
    body: () => ({ id: '1' }),
  },

  // One's own account
  { route: 'GET /admin/account', door: 'a person', page: 200, program: 200 },
  {
    route: 'POST /admin/account/password',
    door: 'a person',
    page: 303,
    program: 200,
    body: () => ({ currentPassword: PASSWORD, password: PASSWORD }),
  },
  { route: 'POST /admin/account/sessions/:session/revoke', door: 'a person', page: 303, program: 200 },
  { route: 'POST /admin/account/sessions/revoke-others', door: 'a person', page: 303, program: 200 },
  {
    route: 'POST /admin/account/two-factor',
    door: 'a person',
    page: 200,
    program: 200,
    body: () => ({ twoFactorPassword: PASSWORD }),
  },
  {
    route: 'POST /admin/account/two-factor/verify',
    door: 'a person',
    page: 422,
    program: 422,
    body: () => ({ code: 'no code' }),
  },
  { route: 'POST /admin/account/two-factor/disable', door: 'a person', page: 404, program: 404 },
  { route: 'POST /admin/account/two-factor/backup-codes', door: 'a person', page: 404, program: 404 },
  {
    route: 'POST /admin/account/letters',
    door: 'a person',
    page: 404,
    program: 404,
    body: () => ({ letters: 'attention' }),
  },

  // The people of a workspace
  { route: 'GET /admin/members', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/members/:member', door: 'workspace.view', page: 200, program: 200 },
  {
    route: 'POST /admin/members/:member',
    door: MEMBERS,
    page: 303,
    program: 200,
    noKeys: true,
    body: () => ({ role: 'readonly', reach: 'selected' }),
  },
  { route: 'POST /admin/members/:member/remove', door: MEMBERS, page: 303, program: 200, noKeys: true },
  { route: 'POST /admin/members/:member/reset-link', door: MEMBERS, page: 200, program: 201, noKeys: true },
  { route: 'GET /admin/invitations/new', door: MEMBERS, page: 200, program: 200, noKeys: true },
  {
    route: 'POST /admin/invitations',
    door: MEMBERS,
    page: 200,
    program: 201,
    noKeys: true,
    body: () => ({ email: `${randomUUID()}@contoso.example`, role: 'readonly', reach: 'selected' }),
  },
  {
    route: 'POST /admin/invitations/:invitation/renew',
    door: MEMBERS,
    page: 200,
    program: 201,
    noKeys: true,
  },
  {
    route: 'POST /admin/invitations/:invitation/revoke',
    door: MEMBERS,
    page: 303,
    program: 200,
    noKeys: true,
  },

  // Tenants
  { route: 'GET /admin', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/tenants', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/tenants/new', door: 'workspace.onboarding.manage', page: 200, program: 200 },
  {
    route: 'POST /admin/tenants',
    door: 'workspace.onboarding.manage',
    page: 303,
    program: 201,
    body: () => ({ name: 'Fourth Coffee', directoryId: randomUUID() }),
  },
  { route: 'GET /admin/t/:tenant', door: 'tenant.view', page: 200, program: 200 },
  { route: 'GET /admin/t/:tenant/edit', door: 'workspace.onboarding.manage', page: 200, program: 200 },
  {
    route: 'POST /admin/t/:tenant',
    door: 'workspace.onboarding.manage',
    page: 303,
    program: 200,
    body: () => ({ name: 'Adventure Works', domain: 'adventure-works.example' }),
  },
  {
    route: 'GET /admin/t/:tenant/directory/role-definitions',
    door: 'tenant.directory.view',
    page: 200,
    program: 200,
  },
  {
    route: 'GET /admin/t/:tenant/directory/role-definitions/:id',
    door: 'tenant.directory.view',
    page: 200,
    program: 200,
  },
  { route: 'GET /admin/t/:tenant/directory/groups', door: 'tenant.directory.view', page: 200, program: 200 },
  {
    route: 'GET /admin/t/:tenant/directory/groups/:id',
    door: 'tenant.directory.view',
    page: 200,
    program: 200,
  },
  { route: 'GET /admin/t/:tenant/inventory', door: 'tenant.inventory.view', page: 200, program: 200 },
  { route: 'GET /admin/t/:tenant/inventory/:id', door: 'tenant.inventory.view', page: 200, program: 200 },
  { route: 'GET /admin/t/:tenant/compliance', door: 'tenant.compliance.view', page: 200, program: 200 },
  {
    route: 'GET /admin/t/:tenant/compliance/devices',
    door: 'tenant.compliance.view',
    page: 200,
    program: 200,
  },
  {
    route: 'GET /admin/t/:tenant/compliance/devices/:id',
    door: 'tenant.compliance.view',
    page: 200,
    program: 200,
  },

  // Starts, and what they would be answered
  {
    route: 'POST /admin/t/:tenant/provider-actions/:operation/start',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
    operation: SYNC,
  },
  {
    route: 'POST /admin/t/:tenant/provider-actions/:operation/start-when-free',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
    operation: SYNC,
  },
  { route: 'GET /admin/waiting-starts', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/waiting-starts/:waiting', door: 'tenant.operations.view', page: 200, program: 200 },
  {
    route: 'POST /admin/waiting-starts/:waiting/cancel',
    door: 'tenant.operations.cancel',
    page: 303,
    program: 200,
  },
  {
    route: 'GET /admin/t/:tenant/provider-actions/:operation/explain',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
    operation: SYNC,
  },
  {
    route: 'POST /admin/t/:tenant/directory/role-definitions/sync',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
  },
  {
    route: 'POST /admin/t/:tenant/directory/groups/sync',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
  },
  {
    route: 'GET /admin/t/:tenant/directory/groups/explain',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
  },
  {
    route: 'GET /admin/t/:tenant/directory/role-definitions/explain',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
  },
  {
    route: 'POST /admin/provider-connections/:connection/actions/:operation/start',
    door: 'tenant.providers.run_ops',
    page: 200,
    program: 200,
    operation: CHECK,
  },
  {
    route: 'GET /admin/provider-connections/:connection/actions/:operation/explain',
    door: 'tenant.providers.run_ops',
    page: 200,
    program: 200,
    operation: CHECK,
  },

  // Provider connections
  {
    route: 'GET /admin/provider-connections',
    door: 'signed in',
    page: 200,
    program: 200,
    tenantInQuery: true,
  },
  {
    route: 'GET /admin/provider-connections/:connection/consent',
    door: 'tenant.view',
    page: 200,
    program: 200,
  },
  {
    route: 'POST /admin/provider-connections/:connection/consent',
    door: MANAGE,
    page: 303,
    program: 303,
  },
  { route: 'GET /admin/consent/callback', door: 'signed in', page: 404, program: 404 },
  {
    route: 'GET /admin/provider-connections/new',
    door: MANAGE,
    page: 200,
    program: 200,
    tenantInQuery: true,
  },
  {
    route: 'POST /admin/provider-connections',
    door: MANAGE,
    page: 303,
    program: 201,
    body: connection,
    tenantInQuery: true,
  },
  {
    route: 'GET /admin/provider-connections/:connection',
    door: 'tenant.providers.view',
    page: 200,
    program: 200,
  },
  { route: 'GET /admin/provider-connections/:connection/edit', door: MANAGE, page: 200, program: 200 },
  {
    route: 'POST /admin/provider-connections/:connection',
    door: MANAGE,
    page: 303,
    program: 200,
    body: connection,
  },
  {
    route: 'POST /admin/provider-connections/:connection/credential',
    door: 'tenant.credentials.rotate',
    page: 303,
    program: 200,
    body: connection,
  },
  {
    route: 'GET /admin/provider-connections/:connection/credential',
    door: 'tenant.providers.view',
    page: 200,
    program: 200,
  },
  {
    route: 'POST /admin/provider-connections/:connection/credential/certificate',
    door: 'tenant.credentials.rotate',
    page: 303,
    program: 200,
    body: pem,
  },
  {
    route: 'POST /admin/provider-connections/:connection/credential/generate',
    door: 'tenant.credentials.rotate',
    page: 303,
    program: 200,
  },
  {
    route: 'POST /admin/provider-connections/:connection/credential/discard',
    door: 'tenant.credentials.rotate',
    page: 303,
    program: 200,
  },
  {
    route: 'GET /admin/provider-connections/:connection/credential/certificate',
    door: 'tenant.providers.view',
    page: 404,
    program: 404,
  },
  {
    route: 'GET /admin/provider-connections/:connection/permissions',
    door: 'tenant.providers.view',
    page: 200,
    program: 200,
  },
  {
    route: 'POST /admin/provider-connections/:connection/make-default',
    door: MANAGE,
    page: 303,
    program: 200,
  },
  { route: 'POST /admin/provider-connections/:connection/disable', door: MANAGE, page: 303, program: 200 },
  { route: 'POST /admin/provider-connections/:connection/enable', door: MANAGE, page: 303, program: 200 },

  // Onboarding
  { route: 'GET /admin/onboarding', door: ONBOARD, page: 200, program: 200 },
  { route: 'POST /admin/onboarding', door: ONBOARD, page: 303, program: 201 },
  { route: 'GET /admin/onboarding/:onboarding', door: ONBOARD, page: 200, program: 200 },
  {
    route: 'POST /admin/onboarding/:onboarding/identify',
    door: ONBOARD,
    page: 409,
    program: 409,
    body: () => version,
  },
  {
    route: 'POST /admin/onboarding/:onboarding/connection',
    door: ONBOARD,
    page: 303,
    program: 200,
    body: ({ chosen: connectionId }) => ({ ...version, connectionId }),
  },
  { route: 'GET /admin/onboarding/:onboarding/new-connection', door: ONBOARD, page: 200, program: 200 },
  {
    route: 'POST /admin/onboarding/:onboarding/new-connection',
    door: ONBOARD,
    page: 303,
    program: 200,
    body: (known) => ({ ...connection(known), ...version }),
  },
  {
    route: 'POST /admin/onboarding/:onboarding/provider-actions/:operation/start',
    door: ONBOARD,
    page: 200,
    program: 200,
    operation: CHECK,
  },
  {
    route: 'GET /admin/onboarding/:onboarding/provider-actions/:operation/explain',
    door: ONBOARD,
    page: 200,
    program: 200,
    operation: CHECK,
  },
  {
    route: 'POST /admin/onboarding/:onboarding/provider-bootstrap/start',
    door: ONBOARD,
    page: 200,
    program: 200,
    body: ({ chosen: providerConnectionId }) => ({ providerConnectionId, selectedOperations: SYNC }),
  },
  {
    route: 'GET /admin/onboarding/:onboarding/provider-bootstrap/explain',
    door: ONBOARD,
    page: 422,
    program: 422,
  },
  {
    route: 'POST /admin/onboarding/:onboarding/bootstrap/skip',
    door: ONBOARD,
    page: 422,
    program: 422,
    body: () => ({ ...version, operation: SYNC }),
  },
  {
    route: 'POST /admin/onboarding/:onboarding/bootstrap/drop',
    door: ONBOARD,
    page: 422,
    program: 422,
    body: () => ({ ...version, operation: SYNC }),
  },
  {
    route: 'POST /admin/onboarding/:onboarding/activate',
    door: ONBOARD,
    page: 303,
    program: 200,
    body: () => version,
  },
  { route: 'GET /admin/onboarding/:onboarding/cancel', door: ONBOARD, page: 200, program: 200 },
  {
    route: 'POST /admin/onboarding/:onboarding/cancel',
    door: ONBOARD,
    page: 303,
    program: 200,
    body: () => version,
  },

  // Operations
  { route: 'GET /admin/operations', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/activity', door: 'signed in', page: 200, program: 200 },
  { route: 'GET /admin/live', door: 'a person', page: 406, program: 406 },
  { route: 'GET /admin/operations/:run', door: 'tenant.operations.view', page: 200, program: 200 },
  { route: 'GET /admin/operations/:run/cancel', door: 'tenant.operations.cancel', page: 303, program: 303 },
  { route: 'POST /admin/operations/:run/cancel', door: 'tenant.operations.cancel', page: 303, program: 200 },
  {
    route: 'GET /admin/operations/:run/force-release',
    door: 'tenant.operations.force_release',
    page: 303,
    program: 303,
  },
  {
    route: 'POST /admin/operations/:run/force-release',
    door: 'tenant.operations.force_release',
    page: 409,
    program: 409,
    body: () => ({ why: 'Nobody works on it any more' }),
  },
  {
    route: 'POST /admin/operations/:run/start-again',
    door: 'tenant.directory.sync',
    page: 200,
    program: 200,
  },

  // Into the archive and back, after everything that an archived tenant would answer otherwise
  { route: 'GET /admin/t/:tenant/archive', door: 'workspace.onboarding.manage', page: 200, program: 200 },
  { route: 'POST /admin/t/:tenant/archive', door: 'workspace.onboarding.manage', page: 303, program: 200 },
  { route: 'GET /admin/t/:tenant/reactivate', door: 'workspace.onboarding.manage', page: 200, program: 200 },
  { route: 'POST /admin/t/:tenant/reactivate', door: 'workspace.onboarding.manage', page: 303, program: 200 },

  // Leaving
  { route: 'GET /sign-in', door: 'everybody', page: 200, program: 200, known: 303 },
  { route: 'POST /sign-out', door: 'everybody', page: 303, program: 303 },
]
