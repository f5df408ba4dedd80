import type { DirectoryId } from '../kernel/index.ts'

interface Grant {
  readonly token: string
  readonly obtainedAt: Date
  /** When it ends, in milliseconds of the monotonic clock. */
  readonly expiresAt: number
  readonly lifetimeMs: number
  readonly roles: readonly string[]
  readonly directoryId: DirectoryId
  readonly appId: string
}

/** An app-only token and what it grants. The token itself cannot be printed, logged or serialised. */
export class AccessToken {
  readonly obtainedAt: Date
  readonly expiresAt: number
  readonly lifetimeMs: number
  readonly roles: readonly string[]
  readonly directoryId: DirectoryId
  readonly appId: string
  readonly #token: string

  constructor(grant: Grant) {
    this.#token = grant.token
    this.obtainedAt = grant.obtainedAt
    this.expiresAt = grant.expiresAt
    this.lifetimeMs = grant.lifetimeMs
    this.roles = grant.roles
    this.directoryId = grant.directoryId
    this.appId = grant.appId
  }

  /** The value of the Authorization header; the only way the token gets out. */
  authorization(): string {
    return `Bearer ${this.#token}`
  }
}
