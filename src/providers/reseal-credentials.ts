import type { Db } from '../database/index.ts'
import { type CredentialVault, SealBroken } from './credential-vault.ts'
import { countSealed, replaceSeal, type SealedRow, sealedOtherwise } from './reseal.sql.ts'

/** What came of sealing everything anew. */
export interface Resealed {
  /** Sealed anew now. */
  readonly resealed: number
  /** Under the key in force and bound to themselves when it was over, those sealed anew included. */
  readonly sealed: number
  /** The connections of credentials that open under no key at hand, each once. */
  readonly unopened: readonly number[]
}

const AT_A_TIME = 100

/**
 * Seals every credential anew that is not sealed under the vault's key, one by one and each only if it
 * is still what was read; so it may run beside everything else, twice at once, and again after it was
 * interrupted. What opens under no key is left as it is and named.
 */
export async function resealCredentials(db: Db, vault: CredentialVault): Promise<Resealed> {
  let resealed = 0
  const unopened = new Map<string, number>()
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    unopened.clear()
    for await (const row of everyOther(db, vault.keyId)) {
      const secret = opened(vault, row)
      if (secret === null) unopened.set(row.id, row.connectionId)
      else if (await replaceSeal(db, row, vault.seal(placeOf(row), secret))) resealed += 1
      else isChanged = true // another one took its place, perhaps under the previous key: look again
    }
  }
  const connections = [...new Set(unopened.values())].sort((one, other) => one - other)
  return { resealed, sealed: await countSealed(db, vault.keyId), unopened: connections }
}

async function* everyOther(db: Db, keyId: string): AsyncGenerator<SealedRow> {
  let after: string | null = null
  for (;;) {
    const rows: SealedRow[] = await sealedOtherwise(db, keyId, after, AT_A_TIME)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

const placeOf = ({ connectionId, id, kind }: SealedRow) => ({ connectionId, credentialId: id, kind })

function opened(vault: CredentialVault, row: SealedRow): string | null {
  try {
    return vault.open(placeOf(row), row)
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
