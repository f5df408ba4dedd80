import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const refusalOf = (environment: NodeJS.ProcessEnv) => {
  try {
    readSettings(environment, { demo: false })
    return null
  } catch (fault) {
    return (fault as Error).message
  }
}

test.each([
  ['PORT', 'abc', 'a whole number from 0 to 65535, not "abc".'],
  ['PORT', '70000', 'a whole number from 0 to 65535, not "70000".'],
  ['SANDBOX_PORT', '1.5', 'a whole number from 0 to 65535, not "1.5".'],
  ['TRUSTED_PROXIES', '-1', 'a whole number from 0 to 10, not "-1".'],
  ['CLOUD', 'azure', 'global, us_gov_l4, us_gov_l5, china or sandbox, not "azure".'],
  ['DEMO', 'yes', 'true, false, 1 or 0, not "yes".'],
  ['EVIDENCE_MAX_AGE_DAYS', '0', 'a number of days above 0, up to 365, not "0".'],
  ['WORKER_SLOTS', 'many', 'a whole number from 1 to 64, not "many".'],
  ['LEASE_SECONDS', '0', 'a number of seconds from 1 to 3600, not "0".'],
  ['SWEEP_SECONDS', 'x', 'a number of seconds from 1 to 3600, not "x".'],
  ['STARTS_PER_MINUTE', '0', 'a whole number from 1, not "0".'],
  ['SIGN_INS_PER_MINUTE', 'x', 'a whole number from 1, not "x".'],
  ['LOG_LEVEL', 'loud', 'debug, info, warn, error or silent, not "loud".'],
  ['PUBLIC_URL', 'pilot.example', 'an address that begins with http:// or https://.'],
  ['SANDBOX_URL', 'ftp://here', 'an address that begins with http:// or https://.'],
  ['SMTP_URL', 'mail:hidden@host', 'an address like smtp://user:password@host:587.'],
  ['MAIL_FROM', 'Pilot', 'an address like TenantPilot <pilot@example.com>, not "Pilot".'],
  ['DATABASE_URL', 'mysql://me:hidden@db/x', 'an address like postgres://user:password@host:5432/database.'],
])('%s=%s is refused in one sentence of our own', (name, value, wanted) => {
  expect(refusalOf({ [name]: value })).toBe(`${name} has to be ${wanted}`)
})

test('a mail server wants an address that letters come from', () => {
  const SMTP_URL = 'smtps://pilot:hidden@mail.example.com'
  expect(refusalOf({ SMTP_URL })).toMatch(/^MAIL_FROM is missing: /)
  for (const MAIL_FROM of ['pilot@example.com', 'TenantPilot <pilot@example.com>'])
    expect(refusalOf({ SMTP_URL, MAIL_FROM })).toBeNull()
})

test('an empty value counts as not set', () => {
  expect(readSettings({ PORT: '', CLOUD: '' }, { demo: false })).toMatchObject({
    PORT: 3000,
    cloud: 'global',
  })
})
