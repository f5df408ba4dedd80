import { sql } from 'kysely'
import { openDatabase } from '../../src/database/index.ts'

/** Opens an embedded database, writes into it, and works on until it is killed. */
const [directory = ''] = process.argv.slice(2)
const { db } = await openDatabase({ kind: 'embedded', directory })
await sql`create table kept (word text)`.execute(db)
await sql`insert into kept values ('still here')`.execute(db)
process.send?.('open')
