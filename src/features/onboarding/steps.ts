import { type BootstrapStep, heldBackBy } from '../../engine/waiting/index.ts'
import { isVerified, type OnboardingSession, STEPS, type StepName } from './onboarding.ts'

/** How far a step has come. */
export type StepState =
  | 'done'
  /** Done, with something that somebody should see to. */
  | 'attention'
  | 'running'
  | 'blocked'
  /** To be done now. */
  | 'open'
  /** May be done now, or left out. */
  | 'optional'
  /** Not before those above it. */
  | 'later'

/** The one thing to do next; everything else on the page is second to it. */
export type NextAction =
  | 'identify'
  | 'connect'
  | 'enable'
  | 'check'
  | 'wait_for_check'
  | 'mend'
  | 'choose_bootstrap'
  | 'wait_for_bootstrap'
  | 'decide_bootstrap'
  | 'activate'
  | 'return_tenant'
  | 'none'

export interface Progress {
  readonly steps: Readonly<Record<StepName, StepState>>
  /** The step in which the next thing is to be done; of an ended session the last one. */
  readonly current: StepName
  readonly next: NextAction
}

/** What the steps are derived from. */
export type ProgressFacts = Pick<OnboardingSession, 'state' | 'verification'> & {
  readonly tenant: Pick<NonNullable<OnboardingSession['tenant']>, 'state'> | null
  readonly connection: Pick<NonNullable<OnboardingSession['connection']>, 'isEnabled'> | null
  readonly bootstrap: readonly Pick<BootstrapStep, 'state' | 'run' | 'reason'>[]
}

/** Where a session stands, from confirmed facts alone; whoever looks, on whichever page, sees the same. */
export function progressOf(facts: ProgressFacts): Progress {
  const verify = verifyState(facts)
  const bootstrap = bootstrapState(facts)
  const steps = {
    identify: facts.tenant ? 'done' : 'open',
    connect: connectState(facts),
    verify,
    bootstrap,
    activate: facts.state === 'completed' ? 'done' : isVerified(facts) ? 'open' : 'later',
  } as const
  const { current, next } = nextOf(facts, bootstrap)
  return { steps, current, next }
}

function connectState({ connection, tenant }: ProgressFacts): StepState {
  if (!tenant) return 'later'
  if (!connection) return 'open'
  return connection.isEnabled ? 'done' : 'blocked'
}

const VERIFIED: Readonly<Record<ProgressFacts['verification']['kind'], StepState>> = {
  none: 'open',
  outdated: 'open',
  checking: 'running',
  ready: 'done',
  attention: 'attention',
  blocked: 'blocked',
}

const verifyState = ({ connection, verification }: ProgressFacts): StepState =>
  connection ? VERIFIED[verification.kind] : 'later'

function bootstrapState(facts: ProgressFacts): StepState {
  const { bootstrap } = facts
  if (bootstrap.length === 0) return isVerified(facts) || facts.state === 'completed' ? 'optional' : 'later'
  if (bootstrap.some(({ state }) => state === 'active')) return 'running'
  if (heldBackBy(bootstrap)) return 'blocked'
  return bootstrap.some(({ state }) => state === 'pending') ? 'running' : 'done'
}

type Next = Pick<Progress, 'current' | 'next'>

function nextOf(facts: ProgressFacts, bootstrap: StepState): Next {
  if (facts.state !== 'open') return endedNext(facts, bootstrap)
  if (!facts.tenant) return { current: 'identify', next: 'identify' }
  if (facts.tenant.state === 'archived') return { current: 'identify', next: 'return_tenant' }
  if (!facts.connection) return { current: 'connect', next: 'connect' }
  if (!facts.connection.isEnabled) return { current: 'connect', next: 'enable' }
  if (!isVerified(facts)) return { current: 'verify', next: verifyNext(facts) }
  if (bootstrap === 'optional') return { current: 'bootstrap', next: 'choose_bootstrap' }
  if (bootstrap === 'running') return { current: 'bootstrap', next: 'wait_for_bootstrap' }
  if (bootstrap === 'blocked') return { current: 'bootstrap', next: 'decide_bootstrap' }
  return { current: 'activate', next: 'activate' }
}

/** What a bootstrap left behind goes on after activation, and may still want somebody. */
function endedNext({ state }: ProgressFacts, bootstrap: StepState): Next {
  if (state === 'completed' && bootstrap === 'blocked')
    return { current: 'bootstrap', next: 'decide_bootstrap' }
  return { current: STEPS[STEPS.length - 1] ?? 'activate', next: 'none' }
}

function verifyNext({ verification }: ProgressFacts): NextAction {
  if (verification.kind === 'checking') return 'wait_for_check'
  return verification.kind === 'blocked' ? 'mend' : 'check'
}
