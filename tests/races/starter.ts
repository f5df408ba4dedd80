import { openDatabase } from '../../src/database/index.ts'
import { OPERATION_CODES } from '../../src/engine/catalog/index.ts'
import { type Gate, type StartAnswer, start } from '../../src/engine/gate/index.ts'
import type { FromStarter, ToStarter } from './starters.ts'

/** A process of its own that starts what it is told to, all at once, with every connection already open. */
const POOL = 16

const say = (message: FromStarter) =>
  new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
const nextMessage = () =>
  new Promise<ToStarter>((resolve) => process.once('message', (message) => resolve(message as ToStarter)))

const told = await nextMessage()
const { db, close } = await openDatabase({ kind: 'postgres', url: told.url })
await Promise.all(Array.from({ length: POOL }, () => db.selectFrom('users').select('id').limit(1).execute()))
const gate: Gate = { db, evidenceMaxAgeDays: 7, platformIdentity: false, supported: new Set(OPERATION_CODES) }

const go = nextMessage()
await say({ kind: 'warm' })
await go
const answers = await Promise.all(
  told.asks.map((ask) => start(gate, ask).catch((fault: unknown) => `failed: ${String(fault)}`)),
)
await say({ kind: 'done', answers: answers.map(inShort) })
await close()
process.disconnect()

function inShort(answer: StartAnswer | string) {
  if (typeof answer === 'string') return { said: answer, runId: null }
  if (answer.kind !== 'decided') return { said: answer.kind, runId: null }
  return { said: answer.outcome.kind, runId: answer.outcome.run.id }
}
