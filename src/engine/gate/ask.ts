import type { Actor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { AtRacePoint } from '../../kernel/index.ts'
import type { OperationCode, Surface } from '../catalog/index.ts'
import type { StartGround, StartTarget } from './facts.sql.ts'
import type { Selection } from './identity.ts'
import type { StartOutcome } from './start-outcome.ts'

/** What the gate needs of the installation. */
export interface Gate {
  readonly db: Db
  readonly evidenceMaxAgeDays: number
  /** The client id of the installation's central app, which platform connections sign in as; null without one. */
  readonly platformClientId: string | null
  /** The operations that something in this installation can carry out. */
  readonly supported: ReadonlySet<OperationCode>
  readonly atRacePoint?: AtRacePoint
}

/** What was read from the body: the connection that is asked for (null: the default) and the selection. */
export interface StartInput {
  readonly connectionId: number | null
  readonly selection: Selection
  readonly sourceSurface: string | null
}

/** One field that is not as it has to be, by its JSON pointer. */
export interface FieldIssue {
  readonly pointer: string
  readonly detail: string
}

export type ParsedInput =
  | { readonly ok: true; readonly input: StartInput }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/** A start as a surface asks for it. */
export interface StartAsk {
  readonly actor: Actor
  readonly target: StartTarget
  readonly surface: Surface
  /** As it came in the path. */
  readonly operation: string
  readonly parsed: ParsedInput
  /** The client's key for this request, and the hash of method, path and canonical body. */
  readonly idempotency: { readonly key: string; readonly requestHash: string } | null
  readonly correlationId: string
}

/** Why nothing was decided. */
export type Refusal =
  | { readonly kind: 'invisible' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'malformed'; readonly issues: readonly FieldIssue[] }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'key_undecided' }
  /** The ground shifted at every turn; not known to have started, and safe to repeat. */
  | { readonly kind: 'undecided' }

/** What comes of asking: one of the four outcomes, or why nothing was decided. */
export type StartAnswer =
  | {
      readonly kind: 'decided'
      readonly outcome: StartOutcome
      readonly role: StartGround['role']
      readonly selection: Selection
    }
  | Refusal
