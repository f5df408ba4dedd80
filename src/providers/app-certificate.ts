import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'

/** A certificate with which an app proves itself, and the private key that belongs to it. */
export interface AppCertificate {
  /** The public part, as PEM; it may be handed out. */
  readonly certificate: string
  /** PKCS #8, as PEM and unencrypted; it goes into the vault and nowhere else. */
  readonly privateKey: string
  readonly expiresAt: Date
}

/** Why a text is no certificate with its private key that Microsoft would take. */
export type CertificateFlaw =
  | 'pem_missing'
  | 'pem_too_long'
  | 'pem_not_pem'
  | 'pem_certificate_missing'
  | 'pem_key_missing'
  | 'pem_key_encrypted'
  | 'pem_not_rsa'
  | 'pem_key_too_short'
  | 'pem_key_too_long'
  | 'pem_key_of_another'
  | 'pem_expired'

/** Longer than any key with a chain of certificates, in characters. */
export const LONGEST_PEM = 32_000
const FEWEST_BITS = 2048
/** Every assertion is signed on the one thread: twice the bits take about seven times as long. */
const MOST_BITS = 4096
const OF_THE_KEY: ReadonlySet<CertificateFlaw> = new Set([
  'pem_not_rsa',
  'pem_key_too_short',
  'pem_key_too_long',
])

type Reading =
  | { readonly ok: true; readonly value: AppCertificate }
  | { readonly ok: false; readonly flaw: CertificateFlaw }

/**
 * Reads a certificate and its private key from PEM, in any order and with whatever else stands around
 * them; of a chain it is the certificate that the key belongs to. A flaw never repeats what was given.
 */
export function readCertificate(pem: string, now: Date): Reading {
  const flawed = (flaw: CertificateFlaw): Reading => ({ ok: false, flaw })
  if (!pem.trim()) return flawed('pem_missing')
  if (pem.length > LONGEST_PEM) return flawed('pem_too_long')
  if (isEncrypted(pem)) return flawed('pem_key_encrypted')
  if (!/-----BEGIN [A-Z0-9 ]+-----/.test(pem)) return flawed('pem_not_pem')
  const blocks = pem.match(CERTIFICATE)
  if (!blocks) return flawed('pem_certificate_missing')
  const [keyBlock] = pem.match(PRIVATE_KEY) ?? []
  if (!keyBlock) return flawed('pem_key_missing')
  const certificates = blocks.map((block) => parsed(() => new X509Certificate(block)))
  const key = parsed(() => createPrivateKey(keyBlock))
  const [first] = certificates
  if (!first || !key) return flawed('pem_not_pem')
  const own = certificates.find((each) => each?.checkPrivateKey(key))
  const flaw = flawOf(own ?? first, now)
  if (flaw && OF_THE_KEY.has(flaw)) return flawed(flaw)
  if (!own) return flawed('pem_key_of_another')
  return flaw ? flawed(flaw) : { ok: true, value: appCertificate(own, key) }
}

/** A certificate and the key that belongs to it, in the form in which they are kept. */
export const appCertificate = (certificate: X509Certificate, key: KeyObject): AppCertificate => ({
  certificate: certificate.toString(),
  privateKey: String(key.export({ type: 'pkcs8', format: 'pem' })),
  expiresAt: new Date(certificate.validTo),
})

/** The thumbprints of a certificate in hex, as the Entra admin center and its tools show them. */
export function thumbprintsOf(certificate: string): { sha1: string; sha256: string } {
  const { fingerprint, fingerprint256 } = new X509Certificate(certificate)
  return { sha1: fingerprint.replaceAll(':', ''), sha256: fingerprint256.replaceAll(':', '') }
}

/** The certificate's bytes (DER), as a .cer file holds them. */
export const bytesOf = (certificate: string): Uint8Array => new X509Certificate(certificate).raw

function flawOf({ publicKey, validTo }: X509Certificate, now: Date): CertificateFlaw | null {
  if (publicKey.asymmetricKeyType !== 'rsa') return 'pem_not_rsa'
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < FEWEST_BITS) return 'pem_key_too_short'
  if (bits > MOST_BITS) return 'pem_key_too_long'
  return new Date(validTo) <= now ? 'pem_expired' : null
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g
const PRIVATE_KEY = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/

const isEncrypted = (pem: string): boolean =>
  pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || /^Proc-Type:\s*4,ENCRYPTED/m.test(pem)

function parsed<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}
