import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkInvariants } from '../engine/invariants/index.ts'
import type { Settings } from './settings.ts'
import { openOurDatabase } from './what-cannot-be-had.ts'

/** There is no database where the settings say; nothing was made. */
export class NothingToCheck extends Error {}

/** Throws NothingToCheck where opening the embedded database would make an empty one. */
export function refuseWhereNothingIs({ DATABASE_URL, DATA_DIR }: Settings): void {
  if (!DATABASE_URL && !existsSync(join(DATA_DIR, 'database')))
    throw new NothingToCheck(`There is no database in ${DATA_DIR}; set DATA_DIR or DATABASE_URL.`)
}

/**
 * Checks the promises of the gate on a database and prints one line for each, with the rows that break
 * it below; true when all hold. Reads only. The embedded database has one opener: stop the product first.
 */
export async function reportInvariants(settings: Settings): Promise<boolean> {
  refuseWhereNothingIs(settings)
  const database = await openOurDatabase(settings)
  try {
    const checked = await checkInvariants(database.db, { sweepSeconds: 2 * settings.SWEEP_SECONDS })
    for (const { code, offences, promise } of checked) {
      console.log(`${code}  ${offences.length === 0 ? 'holds ' : 'BROKEN'}  ${promise}`)
      for (const { row, says } of offences) console.log(`            ${row} ${says}`)
    }
    return checked.every(({ offences }) => offences.length === 0)
  } catch (fault) {
    if (isOlderSchema(fault))
      throw new NothingToCheck('The schema of this database is older than this program; run migrate first.')
    throw fault
  } finally {
    await database.close()
  }
}

/** PostgreSQL's words for a table or a column that is not there. */
const isOlderSchema = (fault: unknown) =>
  fault instanceof Error && 'code' in fault && ['42P01', '42703'].includes(String(fault.code))
