import { createHash } from 'node:crypto'

/** The secret in force, and the one before it, which only opens what it encrypted. */
export interface Secrets {
  readonly secret: string
  readonly earlierSecret?: string | null
}

/** The secrets as the sign-in library numbers them: each text that it encrypts says by which it was. */
export const secretVersions = ({ earlierSecret, secret }: Secrets) =>
  [secret, ...(earlierSecret ? [earlierSecret] : [])].map((value) => ({ version: versionOf(value), value }))

/** A number that a secret always has and that tells nothing of it. */
const versionOf = (secret: string): number =>
  Number.parseInt(createHash('sha256').update(`version of ${secret}`).digest('hex').slice(0, 7), 16)
