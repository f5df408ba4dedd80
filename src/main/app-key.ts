import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WrongSetting } from './settings.ts'

/**
 * The key under which credentials are encrypted: APP_KEY, or in embedded mode the one kept in the data
 * directory (made on first use, readable by its owner only).
 */
export function appKey(given: string | undefined, dataDirectory: string): Uint8Array {
  if (given !== undefined) return parsed(given, 'APP_KEY')
  const file = join(dataDirectory, 'app-key')
  if (!existsSync(file)) {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return parsed(readFileSync(file, 'utf8').trim(), `The key in ${file}`)
}

/** The secret that signs cookies, derived from the key so that there is one secret to keep. */
export const cookieSecret = (key: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'tenantpilot sign-in cookies', 32)).toString('hex')

function parsed(text: string, from: string): Uint8Array {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length !== 32)
    throw new WrongSetting(`${from} is not right: give 32 bytes as 64 hex digits or base64.`)
  return key
}
