import { Button, LinkButton, ReasonCallout, StepsToDo } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { permissionsHref } from '../connections/index.ts'
import { ONBOARDING, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

interface ActivateProps {
  facts: SessionFacts
  reader: Reader
}

/** What activating means, before it is done. */
export const ActivatePart = ({ facts, reader }: ActivateProps) => {
  const words = onboardingWords(reader.language).activate
  const { bootstrap, connection, tenant, verification } = facts
  const goesOn = bootstrap.some(({ state }) => state === 'pending' || state === 'active')
  const notes = [
    ...(verification.kind === 'attention' ? [words.attention] : []),
    ...(connection && !connection.isDefault ? [words.default(connection.label)] : []),
    ...(goesOn ? [words.goesOn] : []),
  ]
  return (
    <ReasonCallout
      size="large"
      mark={verification.kind === 'attention' ? 'partly_ready' : 'ready'}
      title={words.title(tenant?.name ?? '')}
      why={[words.text, ...notes].join(' ')}
    >
      <form class="mt-3" method="post" action={`${sessionHref(facts.id)}/activate`}>
        <input type="hidden" name="version" value={String(facts.version)} />
        <Button look="primary">{words.button}</Button>
      </form>
    </ReasonCallout>
  )
}

/** How it ended, and what to do next. */
export const SummaryPart = ({ facts, reader }: ActivateProps) => {
  const words = onboardingWords(reader.language).summary
  const { connection, endedAt, endedBy, state, tenant, verification } = facts
  const when = reader.say.time(endedAt ?? facts.changedAt)
  if (state === 'cancelled' || !tenant)
    return (
      <ReasonCallout
        size="large"
        mark="cancelled"
        title={words.cancelledTitle}
        why={words.cancelledText(endedBy ?? '', when)}
      >
        <p class="mt-3">
          <LinkButton href={ONBOARDING}>{words.again}</LinkButton>
        </p>
      </ReasonCallout>
    )
  const tenantHref = `/admin/t/${tenant.directoryId}`
  return (
    <ReasonCallout
      size="large"
      mark="succeeded"
      title={words.title(tenant.name)}
      why={words.text(endedBy ?? '', when)}
    >
      <h2 class="mt-4">{words.next}</h2>
      <StepsToDo
        steps={[
          {
            title: words.openTenant,
            detail: words.openTenantText,
            href: tenantHref,
            button: { href: tenantHref, text: words.openTenant },
          },
          ...(verification.kind === 'attention' && connection
            ? [
                {
                  title: words.attention,
                  detail: words.attentionText,
                  href: permissionsHref(connection.id),
                },
              ]
            : []),
          { title: words.members, detail: words.membersText, href: '/admin/members' },
        ]}
      />
    </ReasonCallout>
  )
}
