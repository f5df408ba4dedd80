import type { Role } from '../../access/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import type { BootstrapStep } from '../../engine/waiting/index.ts'
import type { DirectoryId, TenantId, WorkspaceId } from '../../kernel/index.ts'

/** Bringing one tenant under management, as far as somebody has come with it. Times are ISO 8601 texts. */
export interface OnboardingSession {
  readonly id: number
  readonly workspaceId: WorkspaceId
  readonly workspaceName: string
  /** The role of whoever looks: at the tenant once it is known, in the workspace before. */
  readonly role: Role
  readonly state: 'open' | 'completed' | 'cancelled'
  /** Rises with every change; a change is made for one version. */
  readonly version: number
  readonly begunBy: string
  readonly begunAt: string
  readonly changedAt: string
  readonly endedBy: string | null
  readonly endedAt: string | null
  readonly tenant: OnboardedTenant | null
  readonly connection: ChosenConnection | null
  readonly verification: Verification
}

export interface OnboardedTenant {
  readonly id: TenantId
  readonly directoryId: DirectoryId
  readonly name: string
  readonly domain: string | null
  readonly state: 'draft' | 'onboarding' | 'active' | 'archived'
  readonly provenAt: string | null
  /** Since when it is known that another workspace manages the directory; null when that was not seen. */
  readonly conflictedAt: string | null
}

export interface ChosenConnection {
  readonly id: number
  readonly label: string
  readonly type: 'platform' | 'dedicated'
  readonly isEnabled: boolean
  readonly isDefault: boolean
  /** What a dedicated app proves itself with; null while nothing is stored, and for the central app. */
  readonly credential: 'client_secret' | 'certificate' | null
}

/**
 * What the newest check of the chosen connection found, of those since it was chosen. `outdated` when what it proves
 * itself with has changed since.
 */
export type Verification =
  | { readonly kind: 'none' | 'outdated' }
  | { readonly kind: 'checking'; readonly runId: number }
  | {
      readonly kind: 'ready' | 'attention' | 'blocked'
      readonly runId: number
      readonly at: string
      readonly reason: Reason | null
    }

/** A session with the steps of its bootstrap: every fact that its page is derived from. */
export interface SessionFacts extends OnboardingSession {
  readonly bootstrap: readonly BootstrapStep[]
}

/** Whether a check has let the connection in, so that the steps behind it are open. */
export const isVerified = ({ verification }: Pick<OnboardingSession, 'verification'>): boolean =>
  verification.kind === 'ready' || verification.kind === 'attention'

export const ONBOARDING = '/admin/onboarding'
export const sessionHref = (id: number, step?: StepName) =>
  `${ONBOARDING}/${id}${step === undefined ? '' : `?step=${step}`}`

/** The five steps, in their order. */
export const STEPS = ['identify', 'connect', 'verify', 'bootstrap', 'activate'] as const
export type StepName = (typeof STEPS)[number]
export const isStepName = (text: string): text is StepName => (STEPS as readonly string[]).includes(text)
