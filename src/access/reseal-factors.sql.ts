import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Db } from '../database/index.ts'
import { type Secrets, secretVersions } from './secret-versions.ts'

export interface ResealedFactors {
  readonly resealed: number
  /** Second factors that neither secret opens: these people have to enrol anew. */
  readonly unopened: number
}

/**
 * Encrypts every second factor anew under the secret in force, each only if it is still what was read. It may
 * run beside everything else and be repeated.
 */
export async function resealSecondFactors(db: Db, secrets: Secrets): Promise<ResealedFactors> {
  const versions = secretVersions(secrets)
  const version = versions[0]?.version ?? 0
  const key = {
    keys: new Map(versions.map((each) => [each.version, each.value])),
    currentVersion: version,
    legacySecret: secrets.earlierSecret ?? secrets.secret,
  }
  const isCurrent = (text: string) => text.startsWith(`$ba$${version}$`)
  const anew = async (data: string) => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) })
  let [resealed, unopened] = [0, 0]
  const rows = await db
    .selectFrom('two_factors')
    .select(['id', 'secret', 'backup_codes'])
    .orderBy('id')
    .execute()
  for (const row of rows) {
    if (isCurrent(row.secret) && isCurrent(row.backup_codes)) continue
    const sealed = await Promise.all([anew(row.secret), anew(row.backup_codes)]).catch(() => null)
    if (!sealed) unopened += 1
    else if (await replaceFactor(db, row, sealed)) resealed += 1
  }
  return { resealed, unopened }
}

async function replaceFactor(
  db: Db,
  read: { id: string; secret: string; backup_codes: string },
  [secret, backup_codes]: readonly [string, string] | string[],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('two_factors')
    .set({ secret: secret ?? read.secret, backup_codes: backup_codes ?? read.backup_codes })
    .where('id', '=', read.id)
    .where('secret', '=', read.secret)
    .where('backup_codes', '=', read.backup_codes)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
