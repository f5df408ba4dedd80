import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AppCredential } from '../graph/index.ts'
import { type PlatformIdentity, readCertificate } from '../providers/index.ts'
import { demoIdentity } from './demo/central-app.ts'
import { type Settings, WrongSetting } from './settings.ts'

type Given = Pick<
  Settings,
  'PLATFORM_CLIENT_ID' | 'PLATFORM_CLIENT_SECRET' | 'PLATFORM_CERTIFICATE_FILE' | 'cloud'
>

/**
 * The central app of this installation, from its settings; null when it has none. Throws WrongSetting for a
 * file that holds no certificate with its private key.
 */
export function platformIdentity(settings: Given): PlatformIdentity | null {
  const { PLATFORM_CLIENT_ID: clientId, cloud } = settings
  const credential = credentialOf(settings)
  if (!clientId || !credential) return cloud === 'sandbox' ? demoIdentity : null
  return { clientId: clientId.toLowerCase(), credential, version: versionOf(credential) }
}

function credentialOf({
  PLATFORM_CERTIFICATE_FILE: file,
  PLATFORM_CLIENT_SECRET: secret,
}: Given): AppCredential | null {
  if (secret) return { kind: 'client_secret', secret }
  if (!file) return null
  const read = readCertificate(textOf(file), new Date())
  if (!read.ok)
    throw new WrongSetting(
      `PLATFORM_CERTIFICATE_FILE has to hold a certificate that is still good and its unencrypted private key as PEM (RSA, 2048 bits or more): ${file} does not.`,
    )
  const { certificate, privateKey } = read.value
  return { kind: 'certificate', certificate, privateKey }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new WrongSetting(`PLATFORM_CERTIFICATE_FILE names a file that cannot be read: ${file}.`)
  }
}

/** Tells one credential from another without telling anything of it. */
const versionOf = (credential: AppCredential): string =>
  createHash('sha256')
    .update(JSON.stringify(['platform', credential]))
    .digest('hex')
    .slice(0, 16)
