import type { Gate } from '../../src/engine/gate/index.ts'
import { type Engine, freshDatabase } from './databases.ts'
import { expectInvariants } from './invariants.ts'
import * as on from './world-on.ts'

export { type SeededTenant, startAsk } from './start-ask.ts'
export { EVERY_READ, worldOn } from './world-on.ts'

/** A world of a test, on a database of its own. */
export interface World extends on.World {
  /** Removes the database, and fails unless every promise of the gate was kept on it. */
  close(): Promise<void>
  /** Removes the database of a test that wrote past the gate. */
  abandon(): Promise<void>
}

/** Opens a world on a fresh database of the given kind. */
export async function openWorld(engine: Engine, settings: Partial<Gate> = {}): Promise<World> {
  const database = await freshDatabase(engine)
  return {
    ...on.worldOn(database, settings),
    async close() {
      try {
        await expectInvariants(database.db)
      } finally {
        await database.close()
      }
    },
    abandon: () => database.close(),
  }
}
