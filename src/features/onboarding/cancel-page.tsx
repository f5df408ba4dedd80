import { ConfirmArea, Facts, LinkButton, PageHeader, Part } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { ONBOARDING, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { crumbsOf } from './session-page.tsx'

/** What cancelling a session means, before it is done. */
export const CancelPage = ({
  facts,
  reader,
  shell,
}: {
  facts: SessionFacts
  reader: Reader
  shell: Shell
}) => {
  const words = onboardingWords(reader.language).cancel
  const title = words.title(facts.tenant?.name ?? words.nameless)
  const pending = facts.bootstrap.filter(({ state }) => state === 'pending').length
  return (
    <Page
      shell={shell}
      title={title}
      crumbs={[...crumbsOf(shell.workspace.name, facts, reader), { label: words.crumb }]}
      at={ONBOARDING}
    >
      <PageHeader title={title} lead={words.lead} />
      <div class="max-w-2xl">
        <Part id="consequences" title={words.what}>
          <Facts
            facts={[
              { label: words.pending, value: words.pendingText(pending) },
              { label: words.running, value: words.runningText },
              { label: words.tenant, value: facts.tenant ? words.tenantText : words.noTenantText },
            ]}
          />
        </Part>
        <div class="mt-6">
          <ConfirmArea
            id="cancel"
            title={title}
            href={`${sessionHref(facts.id)}/cancel`}
            hidden={{ version: String(facts.version) }}
            button={words.button}
            overwrites
          />
        </div>
        <p class="mt-4">
          <LinkButton href={sessionHref(facts.id)} look="quiet">
            {words.back}
          </LinkButton>
        </p>
      </div>
    </Page>
  )
}
