import type { Context, Hono } from 'hono'
import type { Auth, Identified } from '../access/index.ts'
import type { Db } from '../database/index.ts'
import type { Gate } from '../engine/gate/index.ts'
import type { Mailer } from '../mail/index.ts'
import type { CredentialVault, ProviderAccess } from '../providers/index.ts'
import type { LiveFeed } from './live/feed.ts'
import type { Assets } from './look/index.ts'
import type { Reader } from './reader.ts'

/** What the pages need of the installation. */
export interface Web {
  readonly db: Db
  readonly auth: Auth
  readonly gate: Gate
  /** What the database announces, for pages that are open. */
  readonly live: LiveFeed
  readonly vault: CredentialVault
  /** Where people of a directory sign in, and the central app that they sign in to. */
  readonly providers: Pick<ProviderAccess, 'profile' | 'platform'>
  /** Null where no mail server is configured: links are handed on by people then. */
  readonly mail: Mailer | null
  readonly assets: Assets
  readonly assetFolder: string
  /** The address people use; links and cookies follow it. */
  readonly publicUrl: string
  /** Every origin under which the installation may be opened. */
  readonly origins: readonly string[]
  /** How many proxies in front of us may be believed about the client's address. */
  readonly trustedProxies: number
  readonly startsPerMinute: number
  /** Words for the sign-in page of a demonstration; null for a real installation. */
  readonly demo: DemoNotice | null
  readonly log: Log
}

export interface DemoNotice {
  readonly password: string
  readonly emails: readonly string[]
}

/** Where faults are told; secrets are never handed to it. */
export interface Log {
  info(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** What every request carries from the shell to its route. */
export interface Variables {
  readonly correlationId: string
  readonly clientAddress: string
  readonly reader: Reader
  readonly who: Identified | null
}

export type Env = { Variables: Variables }
export type Request = Context<Env>
export type App = Hono<Env>
