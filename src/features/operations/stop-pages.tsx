import type { Child } from 'hono/jsx'
import { definitionOf } from '../../engine/catalog/index.ts'
import {
  ConfirmArea,
  ErrorSummary,
  type Fact,
  Facts,
  LinkButton,
  PageHeader,
  Part,
  ReasonCallout,
} from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import type { ReleaseVerdict } from './decide-release.ts'
import type { RunDetail } from './operations.sql.ts'
import { actionWords } from './run-actions.words.ts'
import { releaseVerdict } from './run-release.ts'

interface PageProps {
  shell: Shell
  reader: Reader
  run: RunDetail
}

/** What stopping a run means, before it is asked for. */
export const CancelPage = ({ reader, run, shell }: PageProps) => {
  const words = actionWords(reader.language).stop
  const { title, access } = nameOf(run, reader)
  return (
    <Around
      shell={shell}
      reader={reader}
      run={run}
      title={words.title(title)}
      crumb={words.crumb}
      lead={words.lead}
    >
      <Part id="consequences" title={words.what}>
        <Facts
          facts={[
            ...(run.progress_done ? [{ label: words.soFar, value: reader.count(run.progress_done) }] : []),
            { label: words.stays, value: words.staysText },
            { label: words.lost, value: access === 'writes' ? words.lostWrites : words.lostReads },
            { label: words.directory, value: words.directoryText },
          ]}
        />
      </Part>
      <div class="mt-6">
        <ConfirmArea
          id="cancel"
          title={words.confirm}
          href={`${runHref(run.id)}/cancel`}
          button={words.button}
          overwrites
        />
      </div>
      <Back run={run}>{words.back}</Back>
    </Around>
  )
}

interface ReleasePageProps extends PageProps {
  /** What was typed, when it was not taken. */
  typed?: string
  wrong?: boolean
}

/** How a run stands and what may happen when it is taken from its worker; only where that is open, a way to do it. */
export const ReleasePage = ({ reader, run, shell, typed, wrong = false }: ReleasePageProps) => {
  const words = actionWords(reader.language).release
  const verdict = releaseVerdict(run)
  const { title } = nameOf(run, reader)
  return (
    <Around
      shell={shell}
      reader={reader}
      run={run}
      title={words.title(title)}
      crumb={words.crumb}
      lead={words.lead}
    >
      {wrong && (
        <div class="mt-4">
          <ErrorSummary title={words.wrong} errors={[{ text: words.whyWrong, field: 'release-typed' }]} />
        </div>
      )}
      {verdict.kind === 'refused' && (
        <div class="mt-4">
          <ReasonCallout title={words.refused.title} why={refusal(verdict, reader)} />
        </div>
      )}
      <Part id="consequences" title={words.what}>
        <Facts facts={factsOf(run, reader)} />
      </Part>
      {verdict.kind === 'allowed' && (
        <div class="mt-6">
          <ConfirmArea
            id="release"
            title={words.confirm}
            href={`${runHref(run.id)}/force-release`}
            typed={{
              name: 'why',
              label: words.why,
              hint: words.whyHint,
              ...(typed !== undefined && { value: typed }),
              ...(wrong && { error: words.whyWrong }),
            }}
            button={words.button}
            overwrites
          />
        </div>
      )}
      <Back run={run}>{words.back}</Back>
    </Around>
  )
}

/** Why a run cannot be released now, in one sentence. */
export function refusal(verdict: Extract<ReleaseVerdict, { kind: 'refused' }>, reader: Reader): string {
  const { refused } = actionWords(reader.language).release
  return verdict.because === 'stopping'
    ? refused.stopping(reader.lasted(verdict.waitSeconds * 1000))
    : refused[verdict.because]
}

function factsOf(run: RunDetail, reader: Reader): Fact[] {
  const { release: words, stop } = actionWords(reader.language)
  const { heartbeat_at: heartbeat, now, stop_asked_at: asked, stop_asked_by: by } = run
  const moment = (at: Date) => reader.moment(at)
  return [
    ...(heartbeat
      ? [{ label: words.heartbeat, value: words.heartbeatAt(reader.ago(heartbeat, now), moment(heartbeat)) }]
      : []),
    {
      label: words.stopAsked,
      value: asked ? stop.asked(by, moment(asked), reader.ago(asked, now)) : words.notAsked,
    },
    { label: words.wire, value: words.wireText },
    nameOf(run, reader).access === 'writes'
      ? { label: words.writes, value: words.writesText }
      : { label: words.kept, value: words.keptText },
    { label: words.directory, value: words.directoryText },
  ]
}

function nameOf({ operation }: RunDetail, { language }: Reader) {
  const { access, words } = definitionOf(operation)
  return { access, title: words[language].title }
}

interface AroundProps extends PageProps {
  title: string
  crumb: string
  lead: string
  children: Child
}

const Around = ({ children, crumb, lead, reader, run, shell, title }: AroundProps) => {
  const words = webWords(reader.language)
  return (
    <Page
      shell={shell}
      title={title}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.operations, href: '/admin/operations' },
        { label: words.operationNumber(run.id), href: runHref(run.id) },
        { label: crumb },
      ]}
      at="/admin/operations"
    >
      <PageHeader
        title={title}
        lead={lead}
        facts={[
          <a class="link-quiet" href={`/admin/t/${run.directory_id}`}>
            {run.tenant_name}
          </a>,
          words.operationNumber(run.id),
        ]}
      />
      <div class="max-w-2xl">{children}</div>
    </Page>
  )
}

const Back = ({ children, run }: { run: RunDetail; children: Child }) => (
  <p class="mt-4">
    <LinkButton href={runHref(run.id)} look="quiet">
      {children}
    </LinkButton>
  </p>
)
