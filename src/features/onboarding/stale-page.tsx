import { definitionOf, isOperationCode } from '../../engine/catalog/index.ts'
import {
  Button,
  Facts,
  HiddenFields,
  type HiddenValues,
  LinkButton,
  PageHeader,
  Part,
  ReasonCallout,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { ONBOARDING, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { crumbsOf } from './session-page.tsx'
import type { SessionChange } from './sessions.sql.ts'

interface StaleProps {
  shell: Shell
  reader: Reader
  facts: SessionFacts
  changes: readonly SessionChange[]
  /** What was sent, without anything secret and without the version. */
  sent: HiddenValues
  /** Where it was sent. */
  href: string
}

/** Somebody was faster: what has changed, what was sent, and the way to send it all the same. */
export const StalePage = ({ changes, facts, href, reader, sent, shell }: StaleProps) => {
  const words = onboardingWords(reader.language).stale
  const fields = Object.entries(sent).filter(([name]) => words.fields[name])
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[...crumbsOf(shell.workspace.name, facts, reader), { label: words.title }]}
      at={ONBOARDING}
    >
      <PageHeader title={words.title} />
      <div class="mt-4 max-w-3xl">
        <ReasonCallout
          size="large"
          mark="check_first"
          title={words.text}
          why={<Changes changes={changes} reader={reader} />}
        >
          <div class="mt-4 flex flex-wrap gap-2">
            <LinkButton href={sessionHref(facts.id)} look="primary">
              {words.look}
            </LinkButton>
            {facts.state === 'open' && (
              <form method="post" action={href}>
                <HiddenFields values={{ ...sent, version: String(facts.version) }} />
                <Button>{words.goOn}</Button>
              </form>
            )}
          </div>
        </ReasonCallout>
        {fields.length > 0 && (
          <Part id="sent" title={words.sent}>
            <Facts
              facts={fields.map(([name, value]) => ({
                label: words.fields[name] ?? name,
                value: shownAs(value, reader),
              }))}
            />
          </Part>
        )}
      </div>
    </Page>
  )
}

/** A value as it was chosen on the page. */
const shownAs = (value: string, { language }: Reader) =>
  isOperationCode(value) ? definitionOf(value).words[language].title : value

const Changes = ({ changes, reader }: Pick<StaleProps, 'changes' | 'reader'>) => {
  const words = onboardingWords(reader.language).stale
  if (changes.length === 0) return <>{words.unknown}</>
  return (
    <ul class="list-disc ps-5">
      {changes.map((change) => (
        <li>{saidOf(change, reader)}</li>
      ))}
    </ul>
  )
}

/** One change in a sentence: who, what, when. */
export function saidOf({ action, at, who }: SessionChange, { language, say }: Reader): string {
  const { by, changes } = onboardingWords(language).stale
  return by(who, changes[action] ?? action, say.time(at))
}
