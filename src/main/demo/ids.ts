import { createHash } from 'node:crypto'

/** A GUID that is always the same for the same name, so that demo addresses stay good. */
export function demoGuid(name: string): string {
  const hex = createHash('sha256').update(`tenantpilot demo ${name}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** A made-up client secret; it opens nothing but the sandbox. */
export const demoSecret = (name: string): string =>
  `demo~${createHash('sha256').update(`secret of ${name}`).digest('base64url').slice(0, 34)}`

const DAY = 86_400_000
export const daysFrom = (then: Date, days: number): Date => new Date(then.getTime() + days * DAY)
export const daysFromNow = (days: number): Date => daysFrom(new Date(), days)
