import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { credentialVault, SealBroken } from './credential-vault.ts'

const SECRET = 'Qx8~very.secret.value-of-an-app'
const vault = credentialVault(randomBytes(32))
const sealed = vault.seal(7, SECRET)
const empty = vault.seal(7, '')
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
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (secret, connection) => {
        const one = vault.seal(connection, secret)
        expect(vault.open(connection, one)).toBe(secret)
        expect(vault.seal(connection, secret).ciphertext).not.toEqual(one.ciphertext)
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
    ['moved to another connection', 8, sealed],
    ['with a changed text', 7, { ...sealed, ciphertext: changed(sealed.ciphertext, 0) }],
    [
      'with a changed seal',
      7,
      { ...sealed, ciphertext: changed(sealed.ciphertext, sealed.ciphertext.length - 1) },
    ],
    ['with a changed nonce', 7, { ...sealed, nonce: changed(sealed.nonce, 3) }],
    ['cut short', 7, { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 20) }],
    ['cut to less than a seal', 7, { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 4) }],
    ['cut to a quarter of its seal', 7, quarterOfASeal],
    ['emptied', 7, { ...sealed, ciphertext: new Uint8Array() }],
    ['without a nonce', 7, { ...sealed, nonce: new Uint8Array() }],
    ['under another key', 7, credentialVault(randomBytes(32)).seal(7, SECRET)],
    [
      'under another key that claims to be ours',
      7,
      { ...credentialVault(randomBytes(32)).seal(7, SECRET), keyId: vault.keyId },
    ],
  ])('%s does not open, and the error does not say what was in it', (_how, connection, stored) => {
    let broken: unknown
    try {
      vault.open(connection, stored)
    } catch (error) {
      broken = error
    }

    expect(broken).toBeInstanceOf(SealBroken)
    expect(inspect(broken, { depth: 9, showHidden: true })).not.toContain(SECRET)
  })

  test('sealed under another key is told apart from one that was changed', () => {
    const other = credentialVault(randomBytes(32))

    expect(() => vault.open(7, other.seal(7, SECRET))).toThrow(
      `The credential was sealed under key ${other.keyId}.`,
    )
    expect(() => vault.open(8, sealed)).toThrow('The credential of connection 8 cannot be opened.')
  })

  test.each([0, 16, 31, 33])('needs a key of 32 bytes, not %d', (length) => {
    expect(() => credentialVault(new Uint8Array(length))).toThrow(/APP_KEY must be 32 bytes/)
  })
})
