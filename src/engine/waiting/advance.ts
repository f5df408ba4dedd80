import { type Gate, startWaiting } from '../gate/index.ts'
import { nextInLine } from './line.sql.ts'

/**
 * Lets the line of a scope move: tries whoever is next, and goes on to the one behind as long as the scope stays
 * free. It may be called twice, late, for a free scope or a held one, and by several processes at once.
 */
export async function advance(gate: Gate, scopeKey: string): Promise<void> {
  for (;;) {
    const next = await nextInLine(gate.db, scopeKey)
    if (!next) return
    await gate.atRacePoint?.('before_advance')
    const tried = await startWaiting(gate, next)
    await gate.atRacePoint?.('after_advance')
    if (tried === 'scope_busy' || tried === 'undecided') return
  }
}
