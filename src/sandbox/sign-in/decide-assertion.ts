import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { SandboxApp } from '../directory.ts'
import type { RefusalName } from './refusals.ts'

/** A signed statement with which an application proves that it has the private key of a certificate. */
export interface AssertionFacts {
  readonly assertion: string
  readonly app: Pick<SandboxApp, 'clientId' | 'certificates'>
  /** The token endpoints that it may be meant for: the directory by its id, and as it was named. */
  readonly audiences: readonly string[]
  readonly now: Date
}

/** Microsoft allows for clocks that differ by this much, in seconds. */
const SKEW_SECONDS = 300

/** Why the assertion is refused, or null when it is good. Which key it was is asked before what it says. */
export function objectionToAssertion({ app, assertion, audiences, now }: AssertionFacts): RefusalName | null {
  const read = readAssertion(assertion)
  if (!read) return 'assertion_signature_invalid'
  const certificate = (app.certificates ?? [])
    .map(({ pem }) => new X509Certificate(pem))
    .find((each) => thumbprintsOf(each).includes(read.thumbprint))
  if (!certificate || new Date(certificate.validTo) <= now) return 'assertion_signature_invalid'
  if (!isSignedBy(certificate, read)) return 'assertion_signature_invalid'
  const { aud, exp, iss, nbf, sub } = read.claims
  if (!audiences.includes(aud)) return 'assertion_audience_invalid'
  if (iss !== app.clientId || sub !== app.clientId) return 'assertion_client_mismatch'
  const seconds = now.getTime() / 1000
  if (exp <= seconds - SKEW_SECONDS || nbf > seconds + SKEW_SECONDS) return 'assertion_expired'
  return null
}

/** The thumbprints by which an assertion may name its certificate: SHA-256, or the older SHA-1. */
const thumbprintsOf = ({ raw }: X509Certificate): string[] =>
  ['sha256', 'sha1'].map((hash) => createHash(hash).update(raw).digest('base64url'))

const headBody = z.union([
  z.object({ alg: z.literal('PS256'), 'x5t#S256': z.string() }),
  z.object({ alg: z.literal('RS256'), x5t: z.string() }),
])
const claimsBody = z.object({
  aud: z.string(),
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().default(0),
})

interface ReadAssertion {
  readonly algorithm: 'PS256' | 'RS256'
  readonly thumbprint: string
  readonly claims: z.infer<typeof claimsBody>
  readonly content: Buffer
  readonly signature: Buffer
}

function readAssertion(assertion: string): ReadAssertion | null {
  const [head = '', payload = '', signature = ''] = assertion.split('.')
  const named = headBody.safeParse(parsed(head)).data
  const claims = claimsBody.safeParse(parsed(payload)).data
  if (!named || !claims) return null
  return {
    algorithm: named.alg,
    thumbprint: 'x5t' in named ? named.x5t : named['x5t#S256'],
    claims,
    content: Buffer.from(`${head}.${payload}`),
    signature: Buffer.from(signature, 'base64url'),
  }
}

function isSignedBy({ publicKey }: X509Certificate, { algorithm, content, signature }: ReadAssertion) {
  const padding =
    algorithm === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { padding: constants.RSA_PKCS1_PADDING }
  return verify('sha256', content, { key: publicKey, ...padding }, signature)
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}
