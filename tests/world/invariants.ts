import { expect } from 'vitest'
import type { Db } from '../../src/database/index.ts'
import { checkInvariants } from '../../src/engine/invariants/index.ts'

/** Fails unless I1 to I9 and I11 hold on a database, naming the rows that break them. */
export async function expectInvariants(db: Db): Promise<void> {
  const checked = await checkInvariants(db, { sweepSeconds: 3600 })
  expect(checked.filter(({ offences }) => offences.length > 0)).toEqual([])
}
