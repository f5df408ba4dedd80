import type { ConnectionFacts } from '../../providers/index.ts'
import type { OperationCode, PermissionRequirement } from '../catalog/index.ts'

/**
 * Everything a start is decided on, as read from the primary database in one query, plus the
 * settings and the definition in force. It is kept in the audit record: the same facts give the same
 * decision, today and in a year. Times are ISO 8601 texts of the database's clock.
 */
export interface StartFacts {
  readonly at: string
  readonly operation: {
    readonly code: OperationCode
    readonly level: 'enabled_connection' | 'full'
    readonly required: readonly PermissionRequirement[]
    /** Whether the operation may run while its tenant is still being onboarded. */
    readonly duringOnboarding: boolean
    /** Whether anything in this installation can carry it out at this provider. */
    readonly supported: boolean
  }
  readonly identity: string
  readonly tenant: {
    readonly id: number
    readonly directoryId: string
    readonly state: 'draft' | 'onboarding' | 'active' | 'archived'
    readonly archivedAt: string | null
    /** When it was seen that another tenant has proven the directory; records from before this was told have none. */
    readonly conflictedAt?: string | null
    readonly guardVersion: number
  }
  readonly pause: HaltFacts | null
  readonly freeze: HaltFacts | null
  readonly connectionCount: number
  readonly connection: ConnectionFacts | null
  readonly active: ActiveRunFacts | null
  /** Of a start that waited until the scope was free; absent from one at the click. */
  readonly waited?: WaitedFacts
  readonly evidenceMaxAgeDays: number
  /** Whether the installation can sign in as the app of the connection, if that is a platform connection. */
  readonly platformIdentity: boolean
}

/** What is known of a start that waited in line, when it is tried. */
export interface WaitedFacts {
  readonly waitingStartId: number
  /** When its person asked for it; null where it may wait for as long as it takes. */
  readonly since: string | null
  /** Whether that person may still start it: sees the tenant, in a role that allows the operation. */
  readonly mayStart: boolean
}

/** A pause of the operation or a freeze of the tenant that is in force. */
export interface HaltFacts {
  readonly why: string
  readonly by: string
  readonly until: string | null
}

/** The run that holds the protected scope at this moment. */
export interface ActiveRunFacts {
  readonly runId: number
  readonly identity: string
  readonly operation: OperationCode
  readonly initiatorName: string | null
  readonly since: string
  /** Until when it waits for Microsoft, in nobody's hands; null when it does not. */
  readonly waitsUntil?: string | null
}
