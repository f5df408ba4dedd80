import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts credentials and opens them again; holds the key, so it is never logged or serialised. */
export interface CredentialVault {
  /** Names the key in use: the first 16 hex digits of its SHA-256. */
  readonly keyId: string
  seal(connectionId: number, secret: string): SealedCredential
  /** Throws SealBroken when the text was changed, moved to another connection, or sealed under another key. */
  open(connectionId: number, sealed: SealedCredential): string
}

export interface SealedCredential {
  readonly keyId: string
  readonly nonce: Uint8Array
  /** AES-256-GCM ciphertext, followed by its 16 byte tag. */
  readonly ciphertext: Uint8Array
}

/** A stored credential cannot be opened; the message never says what was in it. */
export class SealBroken extends Error {}

const TAG_BYTES = 16

/** A vault under one 32-byte key (APP_KEY). Connection and key id are bound in as additional data. */
export function credentialVault(key: Uint8Array): CredentialVault {
  if (key.length !== 32) throw new Error('APP_KEY must be 32 bytes, written as 64 hex digits or in base64.')
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 16)
  return {
    keyId,
    seal(connectionId, secret) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(connectionId, keyId))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return { keyId, nonce, ciphertext: text }
    },
    open(connectionId, sealed) {
      if (sealed.keyId !== keyId) throw new SealBroken(`The credential was sealed under key ${sealed.keyId}.`)
      const text = Buffer.from(sealed.ciphertext)
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, sealed.nonce, { authTagLength: TAG_BYTES })
        cipher.setAAD(boundTo(connectionId, keyId)).setAuthTag(text.subarray(-TAG_BYTES))
        return Buffer.concat([cipher.update(text.subarray(0, -TAG_BYTES)), cipher.final()]).toString('utf8')
      } catch {
        throw new SealBroken(`The credential of connection ${connectionId} cannot be opened.`)
      }
    },
  }
}

const boundTo = (connectionId: number, keyId: string) => Buffer.from(`credential:${connectionId}:${keyId}`)
