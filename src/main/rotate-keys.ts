import { resealSecondFactors } from '../access/index.ts'
import { migrate } from '../database/index.ts'
import { credentialVault, resealCredentials } from '../providers/index.ts'
import { appKeys, cookieSecret } from './app-key.ts'
import { refuseWhereNothingIs } from './invariants.ts'
import type { Settings } from './settings.ts'
import { openOurDatabase } from './what-cannot-be-had.ts'

/**
 * Seals every credential and every second factor anew under the key in force and prints how many; false, with one sentence, when
 * some open under no key at hand. The embedded database has one opener: stop the product first.
 */
export async function rotateKeys(settings: Settings): Promise<boolean> {
  refuseWhereNothingIs(settings)
  const database = await openOurDatabase(settings)
  try {
    const { inForce, previous } = appKeys(settings)
    await migrate(database.db)
    const vault = credentialVault(inForce, previous)
    const { resealed, sealed, unopened } = await resealCredentials(database.db, vault)
    console.log(`Key ${vault.keyId}: ${resealed} sealed anew, ${sealed} sealed under it in all.`)
    const factors = await resealSecondFactors(database.db, {
      secret: cookieSecret(inForce),
      earlierSecret: previous && cookieSecret(previous),
    })
    if (factors.resealed > 0) console.log(`Second factors of people: ${factors.resealed} encrypted anew.`)
    if (factors.unopened > 0)
      console.error(
        `The second factors of ${factors.unopened} people open under no key at hand: they have to enrol anew.`,
      )
    if (unopened.length === 0) return factors.unopened === 0
    console.error(
      `The credentials of ${unopened.length === 1 ? 'connection' : 'connections'} ${unopened.join(', ')} open under ${previous ? 'neither APP_KEY nor APP_KEY_PREVIOUS' : 'no key at hand, and there is no APP_KEY_PREVIOUS'}.`,
    )
    return false
  } finally {
    await database.close()
  }
}
