import type { Capability } from '../../access/index.ts'
import type { InEveryLanguage } from '../../kernel/index.ts'
import type { OperationCode } from './codes.ts'
import type { PermissionRequirement } from './permissions.ts'
import type { PolicyType } from './policy-types.ts'

/** A place from which operations are started; each start path belongs to exactly one. */
export type Surface =
  | 'tenant'
  | 'connection'
  | 'role_definitions'
  | 'groups'
  | 'restore'
  | 'onboarding'
  | 'bootstrap'

/** The part of the product that shows what an operation found. */
export type Module = 'connections' | 'directory' | 'inventory' | 'compliance' | 'backups' | 'restore'

/** Reading work is taken up again from its checkpoint; writing work only through its journal. */
export type Recovery = { kind: 'reclaim'; attempts: number } | { kind: 'journal' }

export interface OperationWords {
  /** "Sync": what it does, the wire's `operatorVerb`. */
  verb: string
  /** "directory groups": what it is done to, the wire's `operatorTarget`. */
  target: string
  /** "Sync groups": what the button and the page's title say. */
  title: string
  /** "Groups": the row in which it is started. */
  noun: string
  /** "Sync": the button on a phone. */
  short: string
  /** "usually 1 min": the forecast of its duration. */
  usually: string
}

export interface OperationDefinition {
  code: OperationCode
  words: InEveryLanguage<OperationWords>
  module: Module
  surfaces: readonly Surface[]
  /** What the person needs; what our app needs at Microsoft is `required` and `perType`. */
  capability: Capability
  /** Application permissions without any of which a start is blocked. */
  required: readonly PermissionRequirement[]
  /** Application permissions without which only that policy type is refused. */
  perType: Readonly<Partial<Record<PolicyType, PermissionRequirement>>>
  access: 'reads' | 'writes'
  expectedSeconds: number
  /** For how long a run may come no further because Microsoft throttles it or is not reached, in seconds. */
  patienceSeconds: number
  /** Seconds without a sign of life after which a run is shown as likely stale. */
  staleAfterSeconds: number
  recovery: Recovery
  /** `enabled_connection` asks only for an enabled connection with a present, unexpired credential. */
  readiness: 'enabled_connection' | 'full'
  /** What makes two starts the same beside operation and scope: the connection, or the selection. */
  identity: 'connection' | 'selection'
}
