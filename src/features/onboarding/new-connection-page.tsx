import { PageHeader } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import {
  type ConnectionFlaws,
  FlawSummary,
  FormEnd,
  formWords,
  NewConnectionFields,
  type TypedConnection,
} from '../connections/index.ts'
import { ONBOARDING, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { crumbsOf } from './session-page.tsx'

interface NewConnectionProps {
  shell: Shell
  reader: Reader
  facts: SessionFacts
  typed: TypedConnection
  flaws: ConnectionFlaws
  /** What somebody else changed while this was being typed, in sentences. */
  changes?: readonly string[]
}

/** The form that adds a connection to the tenant of a session and chooses it; never with a secret. */
export const NewConnectionPage = ({ changes = [], facts, shell, ...fields }: NewConnectionProps) => {
  const { reader, typed } = fields
  const words = onboardingWords(reader.language)
  const { choice, create, newLead } = formWords(reader.language)
  const isCentral = typed.type === 'platform'
  return (
    <Page
      shell={shell}
      title={words.connect.newTitle}
      crumbs={[...crumbsOf(shell.workspace.name, facts, reader), { label: words.connect.newTitle }]}
      at={ONBOARDING}
    >
      <PageHeader
        title={words.connect.newTitle}
        lead={isCentral ? choice.platformLead : newLead}
        facts={[facts.tenant?.name ?? '']}
      />
      <form class="form mt-6" method="post" action={`${sessionHref(facts.id)}/new-connection`} novalidate>
        {changes.length > 0 && (
          <div class="errors tone-act" role="alert">
            <div>
              <p class="font-semibold">{words.stale.title}</p>
              <ul>
                {[...changes, words.connect.secretsAgain].map((change) => (
                  <li>{change}</li>
                ))}
              </ul>
            </div>
          </div>
        )}
        <FlawSummary {...fields} />
        <input type="hidden" name="version" value={String(facts.version)} />
        <NewConnectionFields {...fields} />
        <FormEnd cancelHref={sessionHref(facts.id, 'connect')} reader={reader}>
          {isCentral ? choice.platformCreate : create}
        </FormEnd>
      </form>
    </Page>
  )
}
