import type { ReasonOf } from '../../reason.ts'
import type { Sayer } from '../../sayer.ts'
import type { ReasonTexts, ReasonWords } from '../words.ts'

/** Reasons that lie in the tenant's state, or in a hold that somebody put on it. */
export const tenantTexts = {
  tenant_not_operable: (reason, say) => notOperable(reason, say),
  tenant_directory_claimed: ({ since }, say) => ({
    label: 'Directory managed in another workspace',
    explanation: `This directory is already managed in another workspace of this installation; a check found that on ${say.date(since)}. Until that ends, only the connection check can start here.`,
    cause:
      'A directory is worked on from one place only, so that two teams never change it at the same time.',
  }),
  operation_paused: ({ why, by, until }, say) => ({
    label: 'Operation paused',
    explanation: `${by} paused this operation ${untilWhen(until, say)}. The reason given: “${why}”`,
    cause: 'A pause holds back new starts only. Work that was accepted before it goes on.',
  }),
  tenant_frozen: ({ why, by, until }, say) => ({
    label: 'Tenant frozen',
    explanation: `${by} froze this tenant ${untilWhen(until, say)}. The reason given: “${why}”`,
    cause: 'A freeze holds back new starts in this tenant only. Work that was accepted before it goes on.',
  }),
} satisfies Partial<ReasonTexts>

function notOperable({ state, since }: ReasonOf<'tenant_not_operable'>, say: Sayer): ReasonWords {
  const isNow = (what: string) =>
    since === undefined ? `is ${what}` : `has been ${what} since ${say.date(since)}`
  const words = {
    draft: {
      label: 'Tenant is a draft',
      explanation: `This tenant ${isNow('a draft')}, and nothing can be started in a draft.`,
      cause: 'Work becomes possible once onboarding has proven who controls the directory.',
    },
    onboarding: {
      label: 'Tenant is being onboarded',
      explanation: `This tenant ${isNow('in onboarding')}. Only the connection check and the bootstrap operations can start.`,
      cause: 'Everything else waits until the tenant is activated, so that nothing runs on half a set-up.',
    },
    archived: {
      label: 'Tenant is archived',
      explanation: `This tenant ${isNow('archived')}. It can be viewed, but nothing can be started in it.`,
      cause: 'Archiving ends the work in a tenant and keeps its records. An archived tenant can return.',
    },
  }
  return words[state]
}

const untilWhen = (until: string | null, say: Sayer) =>
  until === null ? 'until further notice' : `until ${say.time(until)}`
