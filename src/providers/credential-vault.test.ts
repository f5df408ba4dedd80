import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { credentialVault, SealBroken, type SealedCredential, type SealPlace } from './credential-vault.ts'

const SECRET = 'Qx8~very.secret.value-of-an-app'
const HERE: SealPlace = { connectionId: 7, credentialId: randomUUID(), kind: 'client_secret' }
const KEY = randomBytes(32)
const vault = credentialVault(KEY)
const sealed = vault.seal(HERE, SECRET)
const empty = vault.seal(HERE, '')
/** The first bytes of a seal are a valid shorter seal to AES-GCM, and far easier to guess. */
const quarterOfASeal = { ...empty, ciphertext: empty.ciphertext.subarray(0, 4) }
const changed = (bytes: Uint8Array, at: number) => {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('a sealed credential', () => {
  test('opens to what was sealed, and is never sealed the same way twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (secret, connectionId) => {
        const place = { ...HERE, connectionId }
        const one = vault.seal(place, secret)
        expect(vault.open(place, one)).toBe(secret)
        expect(vault.seal(place, secret).ciphertext).not.toEqual(one.ciphertext)
      }),
    )
  })

  test('says which key sealed it, and not the secret', () => {
    expect(sealed.keyId).toBe(vault.keyId)
    expect(vault.keyId).toMatch(/^[0-9a-f]{16}$/)
    expect(Buffer.from(sealed.ciphertext).includes(SECRET)).toBe(false)
    expect(inspect(vault, { depth: 9, showHidden: true })).not.toContain(SECRET)
  })

  test.each([
    ['moved to another connection', { ...HERE, connectionId: 8 }, sealed],
    ['moved to another credential of its connection', { ...HERE, credentialId: randomUUID() }, sealed],
    ['said to be of another kind', { ...HERE, kind: 'certificate' as const }, sealed],
    ['said to be bound to its connection alone', HERE, { ...sealed, binding: 'connection' as const }],
    ['with a changed text', HERE, { ...sealed, ciphertext: changed(sealed.ciphertext, 0) }],
    [
      'with a changed seal',
      HERE,
      { ...sealed, ciphertext: changed(sealed.ciphertext, sealed.ciphertext.length - 1) },
    ],
    ['with a changed nonce', HERE, { ...sealed, nonce: changed(sealed.nonce, 3) }],
    ['cut short', HERE, { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 20) }],
    ['cut to less than a seal', HERE, { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 4) }],
    ['cut to a quarter of its seal', HERE, quarterOfASeal],
    ['emptied', HERE, { ...sealed, ciphertext: new Uint8Array() }],
    ['without a nonce', HERE, { ...sealed, nonce: new Uint8Array() }],
    ['under another key', HERE, credentialVault(randomBytes(32)).seal(HERE, SECRET)],
    [
      'under another key that claims to be ours',
      HERE,
      { ...credentialVault(randomBytes(32)).seal(HERE, SECRET), keyId: vault.keyId },
    ],
  ])('%s does not open, and the error does not say what was in it', (_how, place, stored) => {
    let broken: unknown
    try {
      vault.open(place, stored)
    } catch (error) {
      broken = error
    }

    expect(broken).toBeInstanceOf(SealBroken)
    expect(inspect(broken, { depth: 9, showHidden: true })).not.toContain(SECRET)
  })

  test('sealed under another key is told apart from one that was changed', () => {
    const other = credentialVault(randomBytes(32))

    expect(() => vault.open(HERE, other.seal(HERE, SECRET))).toThrow(
      `The credential was sealed under key ${other.keyId}.`,
    )
    expect(() => vault.open({ ...HERE, connectionId: 8 }, sealed)).toThrow(
      'The credential of connection 8 cannot be opened.',
    )
  })

  test.each([0, 16, 31, 33])('needs a key of 32 bytes, not %d', (length) => {
    expect(() => credentialVault(new Uint8Array(length))).toThrow(/APP_KEY must be 32 bytes/)
  })

  test('from before credentials had ids opens by its connection, and nowhere else', () => {
    const earlier = sealedEarlier(7)

    expect(vault.open(HERE, earlier)).toBe(SECRET)
    expect(() => vault.open({ ...HERE, connectionId: 8 }, earlier)).toThrow(SealBroken)
    expect(() => vault.open(HERE, { ...earlier, binding: 'credential' })).toThrow(SealBroken)
  })
})

/** As credentials were sealed when a connection had only one. */
function sealedEarlier(connectionId: number): SealedCredential {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', KEY, nonce)
  cipher.setAAD(Buffer.from(`credential:${connectionId}:${vault.keyId}`))
  const ciphertext = Buffer.concat([cipher.update(SECRET), cipher.final(), cipher.getAuthTag()])
  return { keyId: vault.keyId, nonce, ciphertext, binding: 'connection' }
}

describe('a vault with a previous key', () => {
  const next = randomBytes(32)
  const both = credentialVault(next, KEY)

  test('opens what either key sealed, and seals with the new one', () => {
    expect(both.open(HERE, sealed)).toBe(SECRET)
    const anew = both.seal(HERE, SECRET)
    expect(anew.keyId).toBe(credentialVault(next).keyId)
    expect(credentialVault(next).open(HERE, anew)).toBe(SECRET)
    expect(() => vault.open(HERE, anew)).toThrow(SealBroken)
  })

  test('takes neither key for the other', () => {
    expect(() => both.open(HERE, { ...sealed, keyId: both.keyId })).toThrow(SealBroken)
    expect(() => both.open(HERE, credentialVault(randomBytes(32)).seal(HERE, SECRET))).toThrow(SealBroken)
  })

  test('may be given the same key twice', () => {
    const same = credentialVault(KEY, KEY)
    expect(same.open(HERE, same.seal(HERE, SECRET))).toBe(SECRET)
  })
})
