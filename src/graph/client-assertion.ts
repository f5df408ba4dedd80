import { constants, createHash, randomUUID, sign, X509Certificate } from 'node:crypto'
import type { AppCredential } from './credential.ts'

/** How an assertion names its own kind in a token request. */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** For how long Microsoft may take an assertion, in seconds; it is made anew for every request. */
const GOOD_FOR_SECONDS = 5 * 60

export interface AssertionRequest {
  /** The token endpoint that the assertion is sent to; no other takes it. */
  readonly audience: string
  readonly clientId: string
  readonly credential: Extract<AppCredential, { kind: 'certificate' }>
  readonly now: Date
}

/** The signed statement with which an application proves that it has the private key of its certificate (PS256). */
export function clientAssertion({ audience, clientId, credential, now }: AssertionRequest): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const head = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprintOf(credential.certificate) }
  const claims = {
    aud: audience,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: seconds,
    iat: seconds,
    exp: seconds + GOOD_FOR_SECONDS,
  }
  const content = `${encode(head)}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(content), {
    key: credential.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  })
  return `${content}.${signature.toString('base64url')}`
}

const thumbprintOf = (certificate: string): string =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url')

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
