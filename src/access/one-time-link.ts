import { createHash, randomBytes } from 'node:crypto'

/** A new token for a link that works once, and the hash that is kept of it. */
export function newLinkToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token) }
}

/** What is kept of the token in a link: who reads the database cannot open the link. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
