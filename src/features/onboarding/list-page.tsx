import {
  Button,
  EmptyState,
  LinkButton,
  NextStepLink,
  PageHeader,
  Part,
  ReasonCallout,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { ONBOARDING, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import { nameOf } from './session-page.tsx'
import { progressOf } from './steps.ts'

interface ListProps {
  shell: Shell
  reader: Reader
  open: readonly SessionFacts[]
  ended: readonly SessionFacts[]
}

/** Where onboarding begins: nothing open, one to continue, or several to choose from. */
export const ListPage = ({ ended, open, reader, shell }: ListProps) => {
  const words = onboardingWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.title }]}
      at={ONBOARDING}
    >
      <PageHeader title={words.title} lead={words.list.lead} />
      <div class="mt-6 max-w-3xl">
        <Decision open={open} reader={reader} />
        {open.length > 1 && <Sessions id="open" title={words.list.open} sessions={open} reader={reader} />}
        {ended.length > 0 && (
          <Sessions id="ended" title={words.list.ended} sessions={ended} reader={reader} />
        )}
        <p class="mt-6 text-ui text-ink-2">
          <NextStepLink href="/admin/tenants/new" text={words.list.without} /> {words.list.withoutText}
        </p>
      </div>
    </Page>
  )
}

const Decision = ({ open, reader }: Pick<ListProps, 'open' | 'reader'>) => {
  const { begin, another, choose, continueOne, none, one, several } = onboardingWords(reader.language).list
  const [first, second] = open
  if (!first)
    return (
      <EmptyState title={none.title} text={none.text}>
        <Begin primary>{begin}</Begin>
      </EmptyState>
    )
  const name = nameOf(first, reader)
  if (second)
    return (
      <ReasonCallout size="large" mark="check_first" title={several(open.length)} why={choose}>
        <div class="mt-3">
          <Begin>{another}</Begin>
        </div>
      </ReasonCallout>
    )
  return (
    <ReasonCallout size="large" mark="check_first" title={one(name)} why={standing(first, reader)}>
      <div class="mt-3 flex flex-wrap gap-2">
        <LinkButton href={sessionHref(first.id)} look="primary">
          {continueOne(name)}
        </LinkButton>
        <Begin>{another}</Begin>
      </div>
    </ReasonCallout>
  )
}

const Begin = ({ children, primary = false }: { children: string; primary?: boolean }) => (
  <form method="post" action={ONBOARDING}>
    <Button look={primary ? 'primary' : 'usual'}>{children}</Button>
  </form>
)

/** At which step a session is and who began it, or how it ended. */
function standing(facts: SessionFacts, reader: Reader): string {
  const { list, steps } = onboardingWords(reader.language)
  const { begunAt, begunBy, endedAt, endedBy, state } = facts
  if (state === 'open')
    return [list.at(steps[progressOf(facts).current]), list.begun(begunBy, reader.say.time(begunAt))].join(
      ', ',
    )
  return list[state](endedBy ?? '', reader.say.time(endedAt ?? begunAt))
}

interface SessionsProps {
  id: string
  title: string
  sessions: readonly SessionFacts[]
  reader: Reader
}

const Sessions = ({ id, reader, sessions, title }: SessionsProps) => (
  <Part id={id} title={title}>
    <ul class="reps">
      {sessions.map((facts) => (
        <li class="rep tone-rest">
          <span />
          <p class="rep-name">
            <a class="link" href={sessionHref(facts.id)}>
              {nameOf(facts, reader)}
            </a>
          </p>
          <p class="rep-use">{standing(facts, reader)}</p>
          <span />
        </li>
      ))}
    </ul>
  </Part>
)
