import 'reflect-metadata' // the library below stands on it
import { KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { type AppCertificate, appCertificate } from './app-certificate.ts'

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const
/** What Microsoft recommends at most for a certificate that nobody renews by itself. */
const GOOD_FOR_DAYS = 365
/** Clocks differ: a certificate made just now is good at once everywhere. */
const EARLIER_MINUTES = 10

/** Makes a key pair and a certificate that it signs itself; the private key has never been anywhere else. */
export async function makeCertificate(commonName: string, now: Date): Promise<AppCertificate> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys: keys as CryptoKeyPair, // Node’s type knows usages that the library’s does not yet
    name: [{ CN: [commonName] }],
    serialNumber: serialNumber(),
    notBefore: new Date(now.getTime() - EARLIER_MINUTES * 60_000),
    notAfter: new Date(now.getTime() + GOOD_FOR_DAYS * 86_400_000),
    signingAlgorithm: RSA,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ],
  })
  return appCertificate(
    new X509Certificate(Buffer.from(certificate.rawData)),
    KeyObject.from(keys.privateKey),
  )
}

/** Positive and not to be guessed, in hex. */
const serialNumber = (): string => `4${randomBytes(16).toString('hex').slice(1)}`
