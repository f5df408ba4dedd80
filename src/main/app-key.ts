import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Settings, WrongSetting } from './settings.ts'

/** The key that seals credentials, and the one before it, which only opens them any more. */
export interface AppKeys {
  readonly inForce: Uint8Array
  readonly previous: Uint8Array | null
}

type Given = Pick<Settings, 'APP_KEY' | 'APP_KEY_PREVIOUS' | 'DATA_DIR'>

/**
 * The keys of an installation: APP_KEY and APP_KEY_PREVIOUS, or in embedded mode those kept in the data
 * directory (`app-key`, made on first use and readable by its owner only, and `app-key.previous`).
 */
export function appKeys({ APP_KEY, APP_KEY_PREVIOUS, DATA_DIR }: Given): AppKeys {
  const file = join(DATA_DIR, 'app-key')
  const previousFile = `${file}.previous`
  const previous =
    APP_KEY_PREVIOUS !== undefined
      ? parsed(APP_KEY_PREVIOUS, 'APP_KEY_PREVIOUS')
      : APP_KEY === undefined && existsSync(previousFile)
        ? keyIn(previousFile)
        : null
  if (APP_KEY !== undefined) return { inForce: parsed(APP_KEY, 'APP_KEY'), previous }
  if (!existsSync(file)) {
    mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return { inForce: keyIn(file), previous }
}

const keyIn = (file: string): Uint8Array => parsed(readFileSync(file, 'utf8').trim(), `The key in ${file}`)

/** The secret that signs cookies, derived from the key so that there is one secret to keep. */
export const cookieSecret = (key: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'tenantpilot sign-in cookies', 32)).toString('hex')

function parsed(text: string, from: string): Uint8Array {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length !== 32)
    throw new WrongSetting(`${from} is not right: give 32 bytes as 64 hex digits or base64.`)
  return key
}
