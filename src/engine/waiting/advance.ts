import { randomUUID } from 'node:crypto'
import { type Gate, startWaiting, type WaitingStart } from '../gate/index.ts'
import { nextInLine } from './line.sql.ts'
import { noteFault } from './note-fault.sql.ts'

/** Hears of a fault in trying a waiting start, under the id that its person is told if it was the last one. */
export type ReportFault = (fault: unknown, about: { waitingStartId: number; correlationId: string }) => void

/**
 * Lets the line of a scope move: tries whoever is next, and goes on to the one behind as long as the scope stays
 * free. It may be called twice, late, for a free scope or a held one, and by several processes at once. One that ends
 * in a fault is tried again by the next sweep, and given up after a few times, so that it keeps nobody waiting.
 */
export async function advance(gate: Gate, scopeKey: string, report: ReportFault = rethrow): Promise<void> {
  for (;;) {
    const next = await nextInLine(gate.db, scopeKey)
    if (!next) return
    await gate.atRacePoint?.('before_advance')
    const tried = await startWaiting(gate, next).catch((fault) => faultOn(gate, next, fault, report))
    await gate.atRacePoint?.('after_advance')
    if (tried === 'scope_busy' || tried === 'undecided') return
  }
}

/** Counts a fault on the start that was tried: its turn is over when it was the last one, else it keeps its place. */
async function faultOn({ db }: Gate, { id }: WaitingStart, fault: unknown, report: ReportFault) {
  const correlationId = randomUUID()
  const isOver = await noteFault(db, id, correlationId)
  report(fault, { waitingStartId: id, correlationId })
  return isOver ? 'not_its_turn' : 'undecided'
}

const rethrow: ReportFault = (fault) => {
  throw fault
}
