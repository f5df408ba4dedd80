import type { Tone } from '../../web/components/index.ts'

/** How near the end of a credential is: to be planned, to be done soon, to be done now. */
export type ExpiryStep = 'calm' | 'warning' | 'urgent'

/** Within so many days the end of a credential is told ahead of time. */
export const TOLD_AHEAD_DAYS = 30

const STEPS: readonly (readonly [days: number, step: ExpiryStep])[] = [
  [3, 'urgent'],
  [14, 'warning'],
  [TOLD_AHEAD_DAYS, 'calm'],
]

/** The step at which an end still lies ahead; null for one that is far off, over, or not known. */
export function expiryStep(expiresAt: string | Date | null, at: Date): ExpiryStep | null {
  if (expiresAt === null) return null
  const days = (new Date(expiresAt).getTime() - at.getTime()) / 86_400_000
  if (days <= 0) return null
  return STEPS.find(([within]) => days <= within)?.[1] ?? null
}

/** How a credential stands that is to take over: it waits to be tried, was refused, or has expired meanwhile. */
export function nextState(
  { expiresAt, rejectedAt }: { expiresAt: string | Date | null; rejectedAt: string | Date | null },
  at: Date,
): 'waits' | 'rejected' | 'expired' {
  if (expiresAt !== null && new Date(expiresAt) <= at) return 'expired'
  return rejectedAt === null ? 'waits' : 'rejected'
}

/** How each step looks; the words beside it say the same. */
export const TONE_OF_STEP: Readonly<Record<ExpiryStep, Tone>> = {
  calm: 'rest',
  warning: 'act',
  urgent: 'broken',
}
