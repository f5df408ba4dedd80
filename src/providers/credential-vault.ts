import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts credentials and opens them again; holds the key, so it is never logged or serialised. */
export interface CredentialVault {
  /** Names the key that seals: the first 16 hex digits of its SHA-256. */
  readonly keyId: string
  seal(place: SealPlace, secret: string): SealedCredential
  /** Throws SealBroken when the text was changed, moved to another place, or sealed under a key not at hand. */
  open(place: SealPlace, sealed: SealedCredential): string
}

/** What a ciphertext is bound to: nowhere else does it open. */
export interface SealPlace {
  readonly connectionId: number
  /** The id of the credential itself; a new one for every credential that is stored. */
  readonly credentialId: string
  readonly kind: CredentialKind
}

export type CredentialKind = 'client_secret' | 'certificate'

export interface SealedCredential {
  readonly keyId: string
  readonly nonce: Uint8Array
  /** AES-256-GCM ciphertext, followed by its 16 byte tag. */
  readonly ciphertext: Uint8Array
  /** Bound to the credential itself; before there could be two of them, to its connection alone. */
  readonly binding: 'connection' | 'credential'
}

/** A stored credential cannot be opened; the message never says what was in it. */
export class SealBroken extends Error {}

const TAG_BYTES = 16

/**
 * A vault under one 32-byte key (APP_KEY). What was sealed under a previous key opens too, so that
 * processes go on working while everything is sealed anew.
 */
export function credentialVault(key: Uint8Array, previous: Uint8Array | null = null): CredentialVault {
  const keys = new Map([key, ...(previous ? [previous] : [])].reverse().map((each) => [keyIdOf(each), each]))
  const keyId = keyIdOf(key)
  return {
    keyId,
    seal(place, secret) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(place, 'credential', keyId))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return { keyId, nonce, ciphertext: text, binding: 'credential' }
    },
    open(place, sealed) {
      const itsKey = keys.get(sealed.keyId)
      if (!itsKey) throw new SealBroken(`The credential was sealed under key ${sealed.keyId}.`)
      const text = Buffer.from(sealed.ciphertext)
      try {
        const cipher = createDecipheriv('aes-256-gcm', itsKey, sealed.nonce, { authTagLength: TAG_BYTES })
        cipher.setAAD(boundTo(place, sealed.binding, sealed.keyId)).setAuthTag(text.subarray(-TAG_BYTES))
        return Buffer.concat([cipher.update(text.subarray(0, -TAG_BYTES)), cipher.final()]).toString('utf8')
      } catch {
        throw new SealBroken(`The credential of connection ${place.connectionId} cannot be opened.`)
      }
    },
  }
}

function keyIdOf(key: Uint8Array): string {
  if (key.length !== 32) throw new Error('APP_KEY must be 32 bytes, written as 64 hex digits or in base64.')
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}

function boundTo(
  { connectionId, credentialId, kind }: SealPlace,
  binding: SealedCredential['binding'],
  keyId: string,
): Buffer {
  const place = binding === 'connection' ? `${connectionId}` : `${connectionId}:${credentialId}:${kind}`
  return Buffer.from(`credential:${place}:${keyId}`)
}
