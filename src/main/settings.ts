import { z } from 'zod'
import type { DatabaseLocation } from '../database/index.ts'
import type { CloudName } from '../graph/index.ts'

/** A setting is missing or wrong; the message is one sentence that names the variable. */
export class WrongSetting extends Error {}

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')
const url = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin)

const variables = z.object({
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  APP_KEY: z.string().optional(),
  APP_KEY_PREVIOUS: z.string().optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: url.optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  CLOUD: z.enum(['global', 'us_gov_l4', 'us_gov_l5', 'china', 'sandbox']).optional(),
  PLATFORM_CLIENT_ID: z.guid().optional(),
  PLATFORM_CLIENT_SECRET: z.string().min(1).max(1000).optional(),
  PLATFORM_CERTIFICATE_FILE: z.string().min(1).optional(),
  SANDBOX_PORT: port.default(3001),
  SANDBOX_URL: url.optional(),
  SANDBOX_GROUPS: z.coerce.number().int().min(0).max(1_000_000).optional(),
  SANDBOX_DEVICES: z.coerce.number().int().min(0).max(1_000_000).optional(),
  DEMO: flag.optional(),
  EVIDENCE_MAX_AGE_DAYS: z.coerce.number().positive().max(365).default(7),
  WORKER_SLOTS: z.coerce.number().int().min(1).max(64).default(4),
  LEASE_SECONDS: z.coerce.number().min(1).max(3600).default(30),
  SWEEP_SECONDS: z.coerce.number().min(1).max(3600).default(15),
  DAILY_CHECKS: flag.optional(),
  STARTS_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).default(30),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\p{Cc}]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u)
    .optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
})

export type Settings = ReturnType<typeof readSettings>

/**
 * Reads the environment for a command; `demo` is what DEMO means when it is not set, and a command that
 * opens no credential needs no key. Throws WrongSetting with a sentence for the first variable that is
 * not as it has to be.
 */
export function readSettings(
  environment: NodeJS.ProcessEnv,
  { demo, needsKey = true }: { demo: boolean; needsKey?: boolean },
) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) throw new WrongSetting(sentenceFor(parsed.error.issues[0]?.path[0], given))
  const values = parsed.data
  const isDemo = values.DEMO ?? demo
  const cloud: CloudName = values.CLOUD ?? (isDemo ? 'sandbox' : 'global')
  if (isDemo && cloud !== 'sandbox')
    throw new WrongSetting(`DEMO only goes with CLOUD=sandbox, not with CLOUD=${cloud}.`)
  if (cloud === 'sandbox') refuseSandboxBesideRealData(values.DATABASE_URL, values.SANDBOX_URL)
  if (values.SANDBOX_URL && cloud !== 'sandbox')
    throw new WrongSetting(`SANDBOX_URL only goes with CLOUD=sandbox, not with CLOUD=${cloud}.`)
  refuseHalfACentralApp(values)
  if (needsKey && values.DATABASE_URL && !values.APP_KEY)
    throw new WrongSetting(
      'APP_KEY is missing: with DATABASE_URL set, give 32 bytes as 64 hex digits or base64.',
    )
  if (values.SMTP_URL && !values.MAIL_FROM)
    throw new WrongSetting(
      'MAIL_FROM is missing: with SMTP_URL set, give the address that letters come from.',
    )
  return { ...values, demo: isDemo, cloud, DAILY_CHECKS: values.DAILY_CHECKS ?? !isDemo }
}

/** Which database the settings mean. */
export const databaseOf = ({ DATABASE_URL, DATA_DIR }: Settings): DatabaseLocation =>
  DATABASE_URL ? { kind: 'postgres', url: DATABASE_URL } : { kind: 'embedded', directory: DATA_DIR }

/** The central app proves itself in exactly one way. */
function refuseHalfACentralApp(values: z.infer<typeof variables>): void {
  const proofs = [values.PLATFORM_CLIENT_SECRET, values.PLATFORM_CERTIFICATE_FILE].filter(Boolean).length
  if (proofs === (values.PLATFORM_CLIENT_ID ? 1 : 0)) return
  throw new WrongSetting(
    values.PLATFORM_CLIENT_ID
      ? 'PLATFORM_CLIENT_ID needs either PLATFORM_CLIENT_SECRET or PLATFORM_CERTIFICATE_FILE, not both and not neither.'
      : 'PLATFORM_CLIENT_ID is missing: the credential of the central app is there without it.',
  )
}

/** Made-up data and a Microsoft that anybody can change have no place beside real ones. */
function refuseSandboxBesideRealData(databaseUrl: string | undefined, sandboxUrl: string | undefined): void {
  if (databaseUrl && !isLoopback(new URL(databaseUrl).hostname))
    throw new WrongSetting(
      'DATABASE_URL names a server that is not on this machine; the sandbox and DEMO are refused there.',
    )
  if (sandboxUrl && !isLoopback(new URL(sandboxUrl).hostname))
    throw new WrongSetting('SANDBOX_URL is not right: the sandbox only runs on this machine.')
}

const isLoopback = (host: string) => /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/.test(host)

/** What each variable has to be; one whose every value is taken is not on the list. */
const HAS_TO_BE: Partial<Record<keyof typeof variables.shape, string>> = {
  DATABASE_URL: 'an address like postgres://user:password@host:5432/database',
  PORT: 'a whole number from 0 to 65535',
  SANDBOX_PORT: 'a whole number from 0 to 65535',
  SANDBOX_GROUPS: 'a whole number from 0 to 1000000',
  SANDBOX_DEVICES: 'a whole number from 0 to 1000000',
  PUBLIC_URL: 'an address that begins with http:// or https://',
  SANDBOX_URL: 'an address that begins with http:// or https://',
  TRUSTED_PROXIES: 'a whole number from 0 to 10',
  CLOUD: 'global, us_gov_l4, us_gov_l5, china or sandbox',
  PLATFORM_CLIENT_ID: 'the application (client) ID of the central app, a GUID',
  PLATFORM_CLIENT_SECRET: 'a client secret of at most 1000 characters',
  PLATFORM_CERTIFICATE_FILE: 'the path of a PEM file',
  DEMO: 'true, false, 1 or 0',
  DAILY_CHECKS: 'true, false, 1 or 0',
  EVIDENCE_MAX_AGE_DAYS: 'a number of days above 0, up to 365',
  WORKER_SLOTS: 'a whole number from 1 to 64',
  LEASE_SECONDS: 'a number of seconds from 1 to 3600',
  SWEEP_SECONDS: 'a number of seconds from 1 to 3600',
  STARTS_PER_MINUTE: 'a whole number from 1',
  SIGN_INS_PER_MINUTE: 'a whole number from 1',
  SMTP_URL: 'an address like smtp://user:password@host:587',
  MAIL_FROM: 'an address like TenantPilot <pilot@example.com>',
  LOG_LEVEL: 'debug, info, warn, error or silent',
}

/** An address may carry a password, and a secret is one, so they are not repeated. */
function sentenceFor(variable: PropertyKey | undefined, given: NodeJS.ProcessEnv): string {
  const name = String(variable)
  const wanted = HAS_TO_BE[name as keyof typeof HAS_TO_BE] ?? 'another value'
  return name.endsWith('_URL') || name.endsWith('_SECRET')
    ? `${name} has to be ${wanted}.`
    : `${name} has to be ${wanted}, not "${given[name] ?? ''}".`
}
