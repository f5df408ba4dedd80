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
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: url.optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  CLOUD: z.enum(['global', 'us_gov_l4', 'us_gov_l5', 'china', 'sandbox']).optional(),
  SANDBOX_PORT: port.default(3001),
  SANDBOX_URL: url.optional(),
  DEMO: flag.optional(),
  EVIDENCE_MAX_AGE_DAYS: z.coerce.number().positive().max(365).default(7),
  WORKER_SLOTS: z.coerce.number().int().min(1).max(64).default(4),
  LEASE_SECONDS: z.coerce.number().min(1).max(3600).default(30),
  SWEEP_SECONDS: z.coerce.number().min(1).max(3600).default(15),
  STARTS_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  SIGN_INS_PER_MINUTE: z.coerce.number().int().min(1).default(30),
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
  if (!parsed.success) throw new WrongSetting(sentenceFor(parsed.error.issues[0]))
  const values = parsed.data
  const isDemo = values.DEMO ?? demo
  const cloud: CloudName = values.CLOUD ?? (isDemo ? 'sandbox' : 'global')
  if (isDemo && cloud !== 'sandbox')
    throw new WrongSetting(`DEMO only goes with CLOUD=sandbox, not with CLOUD=${cloud}.`)
  if (cloud === 'sandbox') refuseSandboxBesideRealData(values.DATABASE_URL, values.SANDBOX_URL)
  if (values.SANDBOX_URL && cloud !== 'sandbox')
    throw new WrongSetting(`SANDBOX_URL only goes with CLOUD=sandbox, not with CLOUD=${cloud}.`)
  if (needsKey && values.DATABASE_URL && !values.APP_KEY)
    throw new WrongSetting(
      'APP_KEY is missing: with DATABASE_URL set, give 32 bytes as 64 hex digits or base64.',
    )
  return { ...values, demo: isDemo, cloud }
}

/** Which database the settings mean. */
export const databaseOf = ({ DATABASE_URL, DATA_DIR }: Settings): DatabaseLocation =>
  DATABASE_URL ? { kind: 'postgres', url: DATABASE_URL } : { kind: 'embedded', directory: DATA_DIR }

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

function sentenceFor(issue: z.core.$ZodIssue | undefined): string {
  return `${String(issue?.path[0] ?? 'A setting')} is not right: ${issue?.message ?? 'unknown value'}.`
}
