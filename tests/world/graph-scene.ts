import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach } from 'vitest'
import { createGraphClient, type GraphClient, type GraphClientOptions } from '../../src/graph/client.ts'
import { type CloudProfile, cloudProfile, createTokenCache } from '../../src/graph/index.ts'
import { type Clock, parseDirectoryId } from '../../src/kernel/index.ts'
import { contoso, type SandboxDirectory, startSandbox } from '../../src/sandbox/index.ts'

interface SceneOptions {
  /** What is otherwise with Contoso than usual. */
  readonly contoso?: Partial<SandboxDirectory>
  /** What Contoso's app may do; as usual without it. */
  readonly granted?: string[]
  /** Further directories of the sandbox. */
  readonly others?: readonly SandboxDirectory[]
  /** The sandbox's own clock. */
  readonly clock?: Clock
}

/** A sandbox with Contoso in it, made anew before each test and stopped after the last; and clients of its app. */
export async function graphScene(options: SceneOptions = {}) {
  const usual = contoso(options.contoso)
  const [app] = usual.apps
  const secret = app?.secrets[0]?.value
  const directoryId = parseDirectoryId(usual.id)
  if (!app || !secret || !directoryId)
    throw new Error('The scene needs a directory and an app with a secret.')
  const apps = options.granted ? [{ ...app, granted: options.granted }] : usual.apps
  const sandbox = await startSandbox({
    port: 0,
    directories: [{ ...usual, apps }, ...(options.others ?? [])],
    ...(options.clock && { clock: options.clock }),
  })
  let pauses: number[] = []
  beforeEach(() => {
    pauses = []
    sandbox.world.reset()
  })
  afterAll(() => sandbox.stop())
  /** Sign-in stays the sandbox's; Graph is at another address. */
  const graphAt = (url: string): CloudProfile =>
    cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: url })
  return {
    sandbox,
    directoryId,
    clientId: app.clientId,
    secret,
    graphAt,
    directory: () => sandbox.world.directory(usual.domain),
    app: () => sandbox.world.app(usual.domain, app.clientId),
    /** How long each client of this test wanted to pause, in milliseconds. */
    pauses: () => pauses,
    /** A client that notes its pauses instead of taking them. */
    client: (changes: Partial<GraphClientOptions> = {}): GraphClient =>
      createGraphClient({
        profile: graphAt(sandbox.url),
        directoryId,
        clientId: app.clientId,
        credential: { kind: 'client_secret', secret },
        credentialVersion: '1',
        tokens: createTokenCache(),
        sleep: async (ms) => void pauses.push(ms),
        ...changes,
      }),
  }
}

/** Runs with another server on this machine that answers as told. */
export async function withServer<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
