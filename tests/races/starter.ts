import { type Database, openDatabase } from '../../src/database/index.ts'
import { OPERATION_CODES } from '../../src/engine/catalog/index.ts'
import type { Gate } from '../../src/engine/gate/index.ts'
import { type AskAtOnce, answerTo, type FromStarter, type ToStarter } from './starters.ts'

/** A process of its own that starts what it is told to, all at once, with every connection already open. */
const POOL = 16

const say = (message: FromStarter) => process.send?.(message)

let database: Database | undefined
let asks: readonly AskAtOnce[] = []

process.on('message', async (message: ToStarter) => {
  if (message.kind === 'open') {
    database = await openDatabase({ kind: 'postgres', url: message.url })
    const { db } = database
    await Promise.all(
      Array.from({ length: POOL }, () => db.selectFrom('users').select('id').limit(1).execute()),
    )
    say({ kind: 'open' })
  }
  if (message.kind === 'asks') {
    asks = message.asks
    say({ kind: 'ready' })
  }
  if (message.kind === 'go' && database) {
    const gate: Gate = {
      db: database.db,
      evidenceMaxAgeDays: 7,
      platformClientId: null,
      supported: new Set(OPERATION_CODES),
    }
    say({ kind: 'done', answers: await Promise.all(asks.map((ask) => answerTo(gate, ask))) })
  }
})
process.on('disconnect', () => process.exit())
