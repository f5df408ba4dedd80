import type { z } from 'zod'
import { type Clock, type DirectoryId, type Json, systemClock } from '../kernel/index.ts'
import { parseAnswer } from './answer.ts'
import { type BatchRead, readBatch } from './batch.ts'
import type { CloudProfile } from './cloud-profile.ts'
import type { AppCredential } from './credential.ts'
import { type DeltaPage, readDelta } from './delta.ts'
import type { Fetch } from './exchange.ts'
import { type Result, success } from './failure.ts'
import { type Page, readPages } from './pages.ts'
import { type Patience, realSleep, type Sleep, withPatience } from './patience.ts'
import { createSession } from './session.ts'
import type { TokenCache } from './token-cache.ts'
import { unreadableWrite } from './write.ts'

export interface GraphClientOptions {
  readonly profile: CloudProfile
  readonly directoryId: DirectoryId
  readonly clientId: string
  readonly credential: AppCredential
  /** Changes with the credential, so that a token of the old one is not used with the new. */
  readonly credentialVersion: string
  readonly tokens: TokenCache
  readonly fetch?: Fetch
  readonly clock?: Clock
  readonly sleep?: Sleep
  /** Ends every request and pause of this client with the failure `cancelled`. */
  readonly signal?: AbortSignal
  /** Asked right before each request; after a no the request is not sent, and the failure is `cancelled`. */
  readonly maySend?: () => boolean
  /** Told of each token this client comes to hold: what it grants, and when Microsoft issued it. */
  readonly onToken?: (granted: { roles: string[]; at: Date }) => void | Promise<void>
  /**
   * Milliseconds for which Microsoft still wants no request of this app in this directory. Until then, and
   * inside each pause that it asks for later, nothing is sent to Graph: the failure is `throttled` at once.
   */
  readonly closedForMs?: number
  readonly maxRetries?: number
  /** For one request with all its retries and pauses; no retry begins after it. */
  readonly patienceMs?: number
  readonly timeoutMs?: number
}

export interface ReadOptions {
  readonly version?: 'v1.0' | 'beta'
  /** Background work stands back when Microsoft has to throttle. */
  readonly priority?: 'low'
}

/** Where a reading begins: at the collection, or at a link that Microsoft gave. */
export type ReadFrom =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'link'; readonly url: string }

/** Reads one directory through Microsoft Graph, and creates in it. */
export interface GraphClient {
  /** Reads one object; the path follows the version, for example `/organization`. */
  get<T>(path: string, schema: z.ZodType<T>, options?: ReadOptions): Promise<Result<T>>
  /** Reads a collection page by page; ends after the last page or the first failure. */
  pages<T>(from: ReadFrom, itemSchema: z.ZodType<T>, options?: ReadOptions): AsyncGenerator<Result<Page<T>>>
  /** Reads a collection by its changes, page by page; ends after the page with the delta link or the first failure. */
  delta<T extends { readonly id: string }>(
    from: ReadFrom,
    itemSchema: z.ZodType<T>,
    options?: ReadOptions,
  ): AsyncGenerator<Result<DeltaPage<T>>>
  /** Reads many things with few requests; every read succeeds or fails for itself, and the results are in their order. */
  batch<T>(reads: readonly BatchRead<T>[], options?: ReadOptions): Promise<Result<T>[]>
  /**
   * Creates one object, and is never blindly repeated: only after a refused token, when it was not carried out.
   * `throttled` says that, too. When nobody said what became of it, the failure is `outcome_unknown`.
   */
  create<T>(path: string, body: Json, schema: z.ZodType<T>, options?: ReadOptions): Promise<Result<T>>
  /** Signs in and tells what is granted; `fresh` asks Microsoft whatever is remembered. */
  signIn(wish: { fresh: boolean }): Promise<Result<{ roles: string[]; directoryId: DirectoryId }>>
}

/** A client bound to one application in one directory; it holds no connection and needs no closing. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const clock = options.clock ?? systemClock
  const patience = patienceOf(options, clock)
  const session = createSession({
    ...options,
    clock,
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs ?? 30_000,
  })
  const read = (url: string, { priority }: ReadOptions = {}) =>
    withPatience(patience, () => session.read(url, priority))
  const readAs =
    (readOptions?: ReadOptions) =>
    async <Body>(url: string, schema: z.ZodType<Body>): Promise<Result<Body>> => {
      const answer = await read(url, readOptions)
      return answer.ok ? parseAnswer(answer.value, schema) : answer
    }
  const address = (path: string, { version = 'v1.0' }: ReadOptions = {}) => {
    if (!path.startsWith('/')) throw new Error(`A Graph path starts with a slash; got "${path}".`)
    return `${options.profile.graphBaseUrl}/${version}${path}`
  }

  return {
    get: (path, schema, readOptions) => readAs(readOptions)(address(path, readOptions), schema),
    pages: (from, itemSchema, readOptions) =>
      readPages({
        from: from.kind === 'path' ? address(from.path, readOptions) : from.url,
        graphBaseUrl: options.profile.graphBaseUrl,
        itemSchema,
        read: readAs(readOptions),
      }),
    delta: (from, itemSchema, readOptions) =>
      readDelta({
        from: from.kind === 'path' ? { kind: 'first', url: address(from.path, readOptions) } : from,
        graphBaseUrl: options.profile.graphBaseUrl,
        itemSchema,
        read: readAs(readOptions),
      }),
    batch: (reads, readOptions) => {
      for (const { path } of reads) address(path, readOptions)
      const url = address('/$batch', readOptions)
      return readBatch(
        {
          post: (body) => session.post({ url, body, isWrite: false }, readOptions?.priority),
          readAlone: (path) => session.read(address(path, readOptions), readOptions?.priority),
          patiently: (attempt) => withPatience(patience, attempt),
          learn: session.learn,
          now: () => clock.now(),
        },
        reads,
      )
    },
    create: async (path, body, schema, options) => {
      const posted = { url: address(path, options), body: JSON.stringify(body), isWrite: true }
      const answer = await withPatience(patience, () => session.post(posted, options?.priority))
      if (!answer.ok) return answer
      const created = parseAnswer(answer.value, schema)
      return created.ok ? created : unreadableWrite(created.failure)
    },
    signIn: async ({ fresh }) => {
      const granted = await withPatience(patience, () => session.token({ fresh }))
      if (!granted.ok) return granted
      return success({ roles: [...granted.value.roles], directoryId: granted.value.directoryId })
    },
  }
}

const patienceOf = (options: GraphClientOptions, clock: Clock): Patience => ({
  maxRetries: options.maxRetries ?? 2,
  patienceMs: options.patienceMs ?? 5_000,
  sleep: options.sleep ?? realSleep,
  clock,
  signal: options.signal,
})
