import { generateKeyPair, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { type AppCertificate, appCertificate } from './app-certificate.ts'

const BITS = 2048
/** What Microsoft recommends at most for a certificate that nobody renews by itself. */
const GOOD_FOR_DAYS = 365
/** Clocks differ: a certificate made just now is good at once everywhere. */
const EARLIER_MINUTES = 10

/** Makes a key pair and a certificate that it signs itself; the private key has never been anywhere else. */
export async function makeCertificate(commonName: string, now: Date): Promise<AppCertificate> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS })
  const from = new Date(now.getTime() - EARLIER_MINUTES * 60_000)
  const until = new Date(now.getTime() + GOOD_FOR_DAYS * 86_400_000)
  const content = tbsCertificate(commonName, from, until, publicKey)
  const signature = sign('sha256', content, privateKey)
  const bytes = sequence(content, SHA256_WITH_RSA, bits(signature))
  return appCertificate(new X509Certificate(bytes), privateKey)
}

/** The part that is signed (RFC 5280, 4.1): for signing by its key, and no authority. */
const tbsCertificate = (commonName: string, from: Date, until: Date, publicKey: KeyObject): Buffer =>
  sequence(
    tagged(0xa0, tagged(INTEGER, Buffer.of(2))), // version 3
    tagged(INTEGER, serialNumber()),
    SHA256_WITH_RSA,
    nameOf(commonName),
    sequence(timeOf(from), timeOf(until)),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(BASIC_CONSTRAINTS, KEY_USAGE)),
  )

const nameOf = (commonName: string): Buffer =>
  sequence(tagged(SET, sequence(oid('550403'), tagged(UTF8_STRING, Buffer.from(commonName)))))

/** Years of two digits until 2049, and of four from then on (RFC 5280, 4.1.2.5). */
function timeOf(moment: Date): Buffer {
  const text = `${moment.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
  return moment.getUTCFullYear() < 2050
    ? tagged(UTC_TIME, Buffer.from(text.slice(2)))
    : tagged(GENERALIZED_TIME, Buffer.from(text))
}

/** Positive and not to be guessed. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes
}

const INTEGER = 0x02
const SET = 0x31
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

/** One value in DER: its tag, its length, its content. */
function tagged(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body])
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, body])
}

const sequence = (...content: Uint8Array[]): Buffer => tagged(0x30, ...content)
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const octets = (content: Uint8Array): Buffer => tagged(0x04, content)
const bits = (content: Uint8Array): Buffer => tagged(0x03, Buffer.of(0), content)

const TRUE = tagged(0x01, Buffer.of(0xff))
const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), tagged(0x05))
const BASIC_CONSTRAINTS = sequence(oid('551d13'), TRUE, octets(sequence()))
const DIGITAL_SIGNATURE = tagged(0x03, Buffer.of(7, 0x80))
const KEY_USAGE = sequence(oid('551d0f'), TRUE, octets(DIGITAL_SIGNATURE))
