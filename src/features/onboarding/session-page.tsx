import type { Child } from 'hono/jsx'
import {
  LinkButton,
  Live,
  type MarkName,
  PageHeader,
  Wizard,
  type WizardStep,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { type Crumb, Page, type Shell } from '../../web/layout/index.ts'
import { ONBOARDING, type SessionFacts, STEPS, type StepName, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import type { Progress, StepState } from './steps.ts'

export interface SessionPageProps {
  shell: Shell
  reader: Reader
  facts: SessionFacts
  progress: Progress
  /** The step that is shown. */
  shown: StepName
  /** Whether the part keeps itself fresh, and whether anything moves in it now. */
  live: 'moves' | 'rests' | 'still'
  children: Child
}

/** The places on the way to a session. */
export const crumbsOf = (workspace: string, facts: SessionFacts, reader: Reader): Crumb[] => [
  { label: workspace, href: '/admin' },
  { label: onboardingWords(reader.language).title, href: ONBOARDING },
  { label: nameOf(facts, reader), href: sessionHref(facts.id) },
]

/** What a session is called: by its tenant, once that is known. */
export const nameOf = ({ tenant }: Pick<SessionFacts, 'tenant'>, { language }: Reader): string =>
  tenant?.name ?? onboardingWords(language).list.nameless

/** A session: its five steps, and the one that is shown. */
export const SessionPage = ({ shell, ...props }: SessionPageProps) => {
  const { facts, reader } = props
  const words = onboardingWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.sessionTitle(facts.tenant?.name ?? null)}
      crumbs={crumbsOf(shell.workspace.name, facts, reader).map((crumb, place, all) =>
        place === all.length - 1 ? { label: crumb.label } : crumb,
      )}
      at={ONBOARDING}
    >
      <SessionHead {...props} />
      <SessionBody {...props} />
    </Page>
  )
}

const SessionHead = ({ facts, reader, shown }: Omit<SessionPageProps, 'shell'>) => {
  const words = onboardingWords(reader.language)
  return (
    <PageHeader
      title={words.sessionTitle(facts.tenant?.name ?? null)}
      lead={
        <>
          <span class="lg:hidden">{words.stepOf(STEPS.indexOf(shown) + 1, words.steps[shown])} </span>
          {words.saved}
        </>
      }
    >
      {facts.state === 'open' && (
        <LinkButton href={`${sessionHref(facts.id)}/cancel`} look="quiet">
          {words.cancel.link}
        </LinkButton>
      )}
    </PageHeader>
  )
}

/** The steps with the one that is shown; the part that renews itself. */
export const SessionBody = ({
  children,
  facts,
  live,
  progress,
  reader,
  shown,
}: Omit<SessionPageProps, 'shell'>) => {
  const words = onboardingWords(reader.language)
  const wizard = (
    <Wizard
      label={words.stepsLabel}
      steps={STEPS.map((name) => stepOf(name, { facts, progress, reader, shown }))}
    >
      {children}
    </Wizard>
  )
  if (live === 'still') return <div id="onboarding">{wizard}</div>
  return (
    <Live id="onboarding" href={sessionHref(facts.id, shown)} rests={live === 'rests'}>
      {wizard}
    </Live>
  )
}

const MARKS: Readonly<Partial<Record<StepState, MarkName>>> = {
  done: 'succeeded',
  attention: 'partly_ready',
  running: 'running',
  blocked: 'blocked',
}

type StepProps = Pick<SessionPageProps, 'facts' | 'progress' | 'reader' | 'shown'>

function stepOf(name: StepName, props: StepProps): WizardStep {
  const { facts, progress, reader, shown } = props
  const state = progress.steps[name]
  const mark = MARKS[state]
  return {
    title: onboardingWords(reader.language).steps[name],
    note: noteOf(name, props),
    current: name === shown,
    ...(mark && { mark }),
    ...(state !== 'later' && { href: sessionHref(facts.id, name) }),
  }
}

/** The fact that each step has come to; null where its state in a word says it. */
const NOTES: Readonly<Record<StepName, (props: StepProps) => string | null>> = {
  identify: ({ facts: { tenant } }) => tenant && (tenant.domain ?? tenant.name),
  connect: ({ facts: { connection }, reader }) => {
    const { notes } = onboardingWords(reader.language)
    if (!connection) return null
    if (!connection.isEnabled) return notes.disabled
    return connection.type === 'platform' ? notes.central : notes.own[connection.credential ?? 'none']
  },
  verify: ({ facts: { verification }, reader }) => {
    const { notes } = onboardingWords(reader.language)
    if (verification.kind === 'ready') return notes.ready(reader.ago(new Date(verification.at)))
    return verification.kind === 'outdated' ? notes.outdated : null
  },
  bootstrap: ({ facts: { bootstrap }, reader }) => {
    const over = bootstrap.filter(({ state }) => state === 'finished' || state === 'skipped')
    const { notes } = onboardingWords(reader.language)
    return bootstrap.length > 0 ? notes.bootstrap(over.length, bootstrap.length) : null
  },
  activate: ({ facts, progress, reader }) => {
    const { notes } = onboardingWords(reader.language)
    if (facts.state === 'completed') return notes.activated
    return progress.steps.activate === 'open' ? notes.possible : null
  },
}

const noteOf = (name: StepName, props: StepProps): string =>
  NOTES[name](props) ?? onboardingWords(props.reader.language).states[props.progress.steps[name]]
