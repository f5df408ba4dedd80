import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ELLIPTIC, LONG, SHORT } from './app-certificate.samples.ts'
import {
  type CertificateFlaw,
  LONGEST_PEM,
  makeCertificate,
  readCertificate,
  thumbprintsOf,
} from './index.ts'

const NOW = new Date()
const ours = await makeCertificate('Ours', NOW)
const other = await makeCertificate('Other', NOW)
const both = `${ours.certificate}\n${ours.privateKey}`
const encrypted = createPrivateKey(ours.privateKey).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'secret',
})

describe('a certificate made here', () => {
  test('is one that anybody can verify, for its key alone, for a year', () => {
    const read = new X509Certificate(ours.certificate)

    expect(read.subject).toBe('CN=Ours')
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.checkPrivateKey(createPrivateKey(ours.privateKey))).toBe(true)
    expect(read.checkPrivateKey(createPrivateKey(other.privateKey))).toBe(false)
    expect(read.ca).toBe(false)
    expect(read.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 })
    expect(Date.parse(read.validFrom)).toBeLessThan(NOW.getTime())
    expect(ours.expiresAt.getTime() - NOW.getTime()).toBeGreaterThan(364 * 86_400_000)
    expect(read.serialNumber).not.toBe(new X509Certificate(other.certificate).serialNumber)
  })

  test('is good beyond 2049, when years get four digits', async () => {
    const late = await makeCertificate('Late', new Date('2060-05-06T07:08:09Z'))

    expect(late.expiresAt.toISOString()).toBe('2061-05-06T07:08:09.000Z')
  })

  test('may be named in any script, and at length', async () => {
    const { certificate } = await makeCertificate(`Grüße ${'x'.repeat(200)}`, NOW)

    expect(new X509Certificate(certificate).subject).toContain('x'.repeat(200))
  })
})

describe('a certificate with its private key', () => {
  test.each([
    ['in one order', both],
    ['in the other', `${ours.privateKey}\n${ours.certificate}`],
    ['with Windows line ends', both.replaceAll('\n', '\r\n')],
    ['with what tools write around it', `Bag Attributes\n  localKeyID: 01\n${both}\nsubject=CN = Ours\n`],
    ['with the chain before it', `${other.certificate}\n${both}`],
    [
      'as an RSA key',
      `${ours.certificate}\n${createPrivateKey(ours.privateKey).export({ type: 'pkcs1', format: 'pem' })}`,
    ],
  ])('is read %s', (_how, pem) => {
    expect(readCertificate(pem, NOW)).toEqual({ ok: true, value: ours })
  })

  const shortKey = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  test.each<[CertificateFlaw, string, Date?]>([
    ['pem_missing', '  \n'],
    ['pem_too_long', `${both}${' '.repeat(LONGEST_PEM)}`],
    ['pem_not_pem', 'MIIC…'],
    ['pem_not_pem', `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${ours.privateKey}`],
    ['pem_not_pem', `${ours.certificate}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----`],
    ['pem_certificate_missing', ours.privateKey],
    ['pem_key_missing', ours.certificate],
    ['pem_key_encrypted', `${ours.certificate}\n${encrypted}`],
    [
      'pem_key_encrypted',
      `${ours.certificate}\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAA\n-----END RSA PRIVATE KEY-----`,
    ],
    ['pem_key_of_another', `${ours.certificate}\n${other.privateKey}`],
    ['pem_key_of_another', `${ours.certificate}\n${shortKey.export({ type: 'pkcs8', format: 'pem' })}`],
    ['pem_not_rsa', ELLIPTIC],
    ['pem_key_too_short', SHORT],
    ['pem_key_too_long', LONG],
    ['pem_expired', both, new Date(NOW.getTime() + 366 * 86_400_000)],
  ])('is refused with %s', (flaw, pem, at = NOW) => {
    expect(readCertificate(pem, at)).toEqual({ ok: false, flaw })
  })
})

test('thumbprints are written as the Entra admin center shows them', () => {
  expect(thumbprintsOf(ours.certificate)).toEqual({
    sha1: expect.stringMatching(/^[0-9A-F]{40}$/),
    sha256: expect.stringMatching(/^[0-9A-F]{64}$/),
  })
})
