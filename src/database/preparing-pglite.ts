import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { isOutdated } from './preparing-client.ts'

/** A statement that is prepared under a name of its own, and what the database said of its parameters. */
interface Prepared {
  readonly name: string
  /** The message that prepares it, without its name. */
  readonly parse: Uint8Array
  described?: Answers
}

type Answers = Awaited<ReturnType<PGlite['execProtocolStream']>>
type Options = Parameters<PGlite['execProtocolStream']>[1]

/** The kinds of message that name a statement, by their first byte in PostgreSQL's protocol (version 3). */
const PARSE = 0x50
const DESCRIBE = 0x44
const BIND = 0x42
const STATEMENT = 0x53
const HEAD = 5 // the kind, and the length in four bytes
/** Ends a series of messages, after which the database listens again to what failed in it. */
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4)

/** Beyond this many statements nothing new is kept; a process knows a few hundred. */
const MOST_KEPT = 1000

/**
 * The embedded database, preparing every statement with parameters once. The library plans each query
 * anew, and planning the facts of a start took more than three of its five milliseconds. It sends the
 * messages of PostgreSQL's extended protocol one by one, with a statement that has no name; here they get
 * one, and what is known already is not sent again.
 */
export class PreparingPglite extends PGlite {
  readonly #kept = new Map<string, Prepared>()
  #current: Prepared | undefined
  #names = 0

  /** Opens a database with the extensions that the schema takes; resolves when it can be asked. */
  static async open(options: PGliteOptions): Promise<PreparingPglite> {
    const database = new PreparingPglite({ ...options, extensions: { pg_trgm } })
    await database.waitReady
    return database
  }

  override async execProtocolStream(message: Uint8Array, options?: Options): Promise<Answers> {
    if (message[0] === PARSE) return this.#parse(message, options)
    if (message[0] === DESCRIBE && message[HEAD] === STATEMENT) return this.#describe(message, options)
    if (message[0] === BIND) return this.#send(message, options)
    return super.execProtocolStream(message, options)
  }

  async #parse(message: Uint8Array, options: Options): Promise<Answers> {
    const text = textOf(message)
    this.#current = this.#kept.get(text)
    if (this.#current) return []
    if (!text.includes('$1') || this.#kept.size >= MOST_KEPT)
      return super.execProtocolStream(message, options)
    return this.#prepare(message, options)
  }

  async #prepare(parse: Uint8Array, options: Options): Promise<Answers> {
    this.#names += 1
    const prepared = { name: `kept_${this.#names}`, parse }
    const answers = await super.execProtocolStream(named(parse, HEAD, prepared.name), options)
    this.#kept.set(textOf(parse), prepared)
    this.#current = prepared
    return answers
  }

  /** What the parameters of the current statement are; asked once. */
  async #describe(message: Uint8Array, options: Options): Promise<Answers> {
    if (this.#current?.described) return this.#current.described
    const answers = await this.#send(message, options)
    if (this.#current) this.#current.described = answers
    return answers
  }

  /**
   * Sends a message that means the current statement. One that was prepared before its tables changed, or
   * that the session has forgotten, is prepared anew, outside of a transaction.
   */
  async #send(message: Uint8Array, options: Options): Promise<Answers> {
    const prepared = this.#current
    if (!prepared) return super.execProtocolStream(message, options)
    try {
      return await super.execProtocolStream(named(message, HEAD + 1, prepared.name), options)
    } catch (fault) {
      if (!isOutdated(fault)) throw fault
      this.#kept.delete(textOf(prepared.parse))
      if (this.isInTransaction()) throw fault
      await super.execProtocolStream(SYNC, options)
      await this.#prepare(prepared.parse, options)
      const { name } = this.#current as Prepared
      return super.execProtocolStream(named(message, HEAD + 1, name), options)
    }
  }
}

/** The query of a Parse message: it follows the empty name of its statement. */
function textOf(message: Uint8Array): string {
  const from = HEAD + 1
  return Buffer.from(message.buffer, message.byteOffset + from, message.indexOf(0, from) - from).toString()
}

/** A message with a name where it has an empty one. */
function named(message: Uint8Array, at: number, name: string): Uint8Array {
  const inserted = Buffer.from(name, 'latin1')
  const longer = Buffer.concat([message.subarray(0, at), inserted, message.subarray(at)])
  longer.writeInt32BE(longer.length - 1, 1)
  return longer
}
