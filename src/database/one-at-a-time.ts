import type { Dialect, Driver } from 'kysely'

/**
 * Lends the one connection of an embedded database to one caller at a time. Without it a statement
 * issued beside an open transaction would run inside that transaction, and two transactions opened
 * together would overwrite each other's commit (Kysely 0.29's PGlite driver hands the same connection
 * to everybody).
 */
export const oneAtATime = (dialect: Dialect): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver: () => withQueue(dialect.createDriver()),
})

function withQueue(driver: Driver): Driver {
  let tail: Promise<void> = Promise.resolve()
  let release: () => void = () => {}
  return new Proxy(driver, {
    get(target, name) {
      if (name === 'acquireConnection')
        return async () => {
          const before = tail
          const turn = Promise.withResolvers<void>()
          tail = turn.promise
          await before
          release = turn.resolve
          return target.acquireConnection()
        }
      if (name === 'releaseConnection')
        return async () => {
          release()
        }
      const member = Reflect.get(target, name, target) as unknown
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
