import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Db } from '../database/index.ts'
import { earlierSecret } from './earlier-secret.ts'
import { PASSWORD_LENGTH } from './passwords.ts'
import { secretVersions } from './secret-versions.ts'

/** The settings of sign-in; the secret signs cookies and never leaves this process. */
export interface AuthSettings {
  readonly secret: string
  /** The secret before this one: cookies that it signed are still taken. */
  readonly earlierSecret?: string | null
  /** The address people use, such as https://pilot.example.com; cookies are Secure behind https. */
  readonly publicUrl: string
  /** Further origins under which the same installation is opened. */
  readonly trustedOrigins: readonly string[]
  /** Told what went wrong inside; never a secret. */
  readonly report: (fault: string) => void
  /** Sign-in attempts per minute and address. */
  readonly signInsPerMinute: number
}

/** How often it is noted that a session is used, in seconds; it is prolonged with it. */
const NOTED_EVERY = 3600

/** The longest name of a key, in characters. */
export const LONGEST_KEY_NAME = 100

/** The header in which the web shell hands over the client's address, after it judged the proxies. */
export const CLIENT_ADDRESS_HEADER = 'x-tenantpilot-client-address'

/** Sign-in, sessions and API keys by Better Auth, on our tables. Nobody can sign up by themselves. */
export function createAuth(db: Db, settings: AuthSettings) {
  return betterAuth({
    appName: 'TenantPilot',
    database: { db, type: 'postgres' },
    secrets: secretVersions(settings),
    baseURL: settings.publicUrl,
    trustedOrigins: [...settings.trustedOrigins],
    telemetry: { enabled: false },
    logger: { disabled: true }, // it says what clients did wrong, in their words and on lines of its own
    onAPIError: { onError: (fault) => reportFault(settings.report, fault) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limits',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 600,
      customRules: {
        '/sign-in/email': { window: 60, max: settings.signInsPerMinute },
        '/two-factor/*': { window: 60, max: settings.signInsPerMinute },
      },
    },
    advanced: {
      database: { joins: true }, // a session with its person in one query
      cookiePrefix: 'tenantpilot',
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      disableOriginCheck: false, // said outright, or a TEST or NODE_ENV variable would switch the check off
    },
    user: { modelName: 'users', fields: userFields, additionalFields: wishes },
    session: {
      modelName: 'sessions',
      fields: sessionFields,
      additionalFields: { workspaceId: { type: 'number', fieldName: 'workspace_id', ...ours } },
      expiresIn: 7 * 86_400,
      updateAge: NOTED_EVERY,
    },
    account: { modelName: 'accounts', fields: accountFields },
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...stamps } },
    plugins: [
      ...(settings.earlierSecret ? [earlierSecret(settings.earlierSecret, settings.secret)] : []),
      twoFactor({
        issuer: 'TenantPilot',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: { modelName: 'two_factors', fields: twoFactorFields },
        },
      }),
      apiKey({
        defaultPrefix: 'tp_',
        requireName: true,
        maximumNameLength: LONGEST_KEY_NAME,
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: 90 * 86_400, minExpiresIn: 1, maxExpiresIn: 366 },
        schema: { apikey: { modelName: 'api_keys', fields: apiKeyFields } },
      }),
    ],
  })
}

/** What a client did wrong is its answer; everything else is a fault of ours. */
function reportFault(report: AuthSettings['report'], fault: unknown): void {
  const status = fault instanceof Error && 'statusCode' in fault ? Number(fault.statusCode) : 500
  if (status >= 500) report(String(fault))
}

export type Auth = ReturnType<typeof createAuth>

/** Columns that we write ourselves; the library only reads them along. */
const ours = { required: false, input: false } as const
const wishes = {
  language: { type: 'string', ...ours },
  timeZone: { type: 'string', fieldName: 'time_zone', ...ours },
  theme: { type: 'string', ...ours },
} as const

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' }
const userFields = { emailVerified: 'email_verified', ...stamps }
const sessionFields = {
  userId: 'user_id',
  expiresAt: 'expires_at',
  ipAddress: 'ip_address',
  userAgent: 'user_agent',
  ...stamps,
}
const accountFields = {
  accountId: 'account_id',
  providerId: 'provider_id',
  userId: 'user_id',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  accessTokenExpiresAt: 'access_token_expires_at',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
  ...stamps,
}
const twoFactorFields = {
  backupCodes: 'backup_codes',
  userId: 'user_id',
  failedVerificationCount: 'failed_verification_count',
  lockedUntil: 'locked_until',
}
const apiKeyFields = {
  configId: 'config_id',
  referenceId: 'reference_id',
  refillInterval: 'refill_interval',
  refillAmount: 'refill_amount',
  lastRefillAt: 'last_refill_at',
  rateLimitEnabled: 'rate_limit_enabled',
  rateLimitTimeWindow: 'rate_limit_time_window',
  rateLimitMax: 'rate_limit_max',
  requestCount: 'request_count',
  lastRequest: 'last_request',
  expiresAt: 'expires_at',
  ...stamps,
}
