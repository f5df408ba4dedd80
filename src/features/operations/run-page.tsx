import { roleMay } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import type { ExplainAnswer } from '../../engine/gate/index.ts'
import { parseReason, type Reason, wordsFor } from '../../engine/reasons/index.ts'
import {
  AsidePart,
  Columns,
  Diagnostics,
  Facts,
  Live,
  PageHeader,
  Part,
  ReasonCallout,
  StatePill,
  StepsToDo,
  Tally,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { takenOverWords, type VerificationReport, VerificationReportPart } from '../connections/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { resultOf } from './result-of.ts'
import type { RunEvent } from './run-events.sql.ts'
import { GateChecks } from './run-gate.tsx'
import { stateOf, waitOf } from './run-state.ts'
import { RunStory } from './run-story.tsx'
import { AtWork, Queued, Waits } from './run-under-way.tsx'
import { offersAgain } from './start-again.ts'
import { leadsToStartAgain, StartAgainPart } from './start-again-part.tsx'
import { stepsOf } from './wire-run.ts'

export interface RunPageProps {
  run: RunDetail
  report: VerificationReport | undefined
  /** The facts of the decision; only for those who may see diagnostics. */
  decisionFacts: unknown
  /** What happened to it between its admission and its end. */
  events: readonly RunEvent[]
  /** How many are ahead of one that waits for a worker. */
  ahead: number
  /** What the same work, started again, would be answered now; null where it is not offered to this reader. */
  again: ExplainAnswer | null
  reader: Reader
}

/** The page of one operation: the decision first, evidence second, diagnostics last; alive while it works. */
export const RunBody = (props: RunPageProps) => {
  const { ahead, events, reader, report, run } = props
  const words = operationsWords(reader.language)
  return (
    <Live id="operation" href={run.status === 'completed' ? undefined : `/admin/operations/${run.id}`}>
      <Header run={run} reader={reader} />
      <div class="mt-6">
        <Columns label={words.about} aside={<About run={run} reader={reader} />}>
          <Decision run={run} report={report} ahead={ahead} reader={reader} />
          {report && <VerificationReportPart report={report} run={run} role={run.role} reader={reader} />}
          {!report && <Evidence run={run} reader={reader} />}
          <StartAgainPart run={run} again={props.again} reader={reader} />
          {!run.admitted && <GateChecks run={run} reader={reader} />}
          <RunStory run={run} events={events} reader={reader} />
          <RunDiagnostics {...props} />
        </Columns>
      </div>
    </Live>
  )
}

interface Part_ {
  run: RunDetail
  reader: Reader
}

const Header = ({ reader, run }: Part_) => {
  const words = webWords(reader.language)
  const state = stateOf(run, run.now)
  const found = state === 'succeeded' && parseReason(run.reason) !== null
  return (
    <PageHeader
      title={definitionOf(run.operation).words[reader.language].title}
      aside={words.operationNumber(run.id)}
      pill={
        <StatePill state={found ? 'check_first' : state}>
          {found ? operationsWords(reader.language).succeededWithFinding : words.states[state]}
        </StatePill>
      }
      facts={[
        <a class="link-quiet" href={`/admin/t/${run.directory_id}`}>
          {run.tenant_name}
        </a>,
        run.initiator_name ?? words.system,
        reader.say.time(run.created_at.toISOString()),
      ]}
    />
  )
}

/** What is so, and the one thing to do about it. */
const Decision = ({ ahead, reader, report, run }: Part_ & Pick<RunPageProps, 'ahead' | 'report'>) => {
  const reason = parseReason(run.reason)
  const wait = waitOf(run, run.now)
  if (wait) return <Waits run={run} until={wait.until} reader={reader} />
  if (run.status === 'queued') return <Queued run={run} ahead={ahead} reader={reader} />
  if (run.status === 'running') return <AtWork run={run} reader={reader} />
  const taken = takenOverWords(report, run.connection_id, reader)
  if (!reason) return <WentWell run={run} reader={reader} taken={taken} />
  const said = wordsFor(reason, reader.language, reader.say)
  return (
    <>
      <ReasonCallout
        size="large"
        mark={run.outcome === 'succeeded' ? 'check_first' : (run.outcome ?? 'failed')}
        title={titleOf(run, reason, reader)}
        why={`${said.explanation} ${said.cause}`}
      >
        <WhatToDo run={run} reason={reason} reader={reader} />
      </ReasonCallout>
      {taken && (
        <ReasonCallout mark="succeeded" title={taken.title} why={taken.why} nextSteps={[taken.see]} />
      )}
    </>
  )
}

function titleOf(run: RunDetail, reason: Reason, reader: Reader): string {
  const words = operationsWords(reader.language)
  const { label } = wordsFor(reason, reader.language, reader.say)
  if (run.outcome === 'succeeded') return words.succeededButFound(label)
  return run.admitted ? label : words.nothingStarted(label)
}

const WhatToDo = ({ reader, reason, run }: Part_ & { reason: Reason }) => {
  const steps = stepsOf(run, reason, reader).filter(
    ({ href }) => !offersAgain(run) || !leadsToStartAgain(href),
  )
  if (steps.length === 0) return null
  return (
    <div class="mt-4">
      <StepsToDo
        steps={steps.map(({ description, href, label }, place) => ({
          title: label,
          ...(description && { detail: description }),
          ...(href && (place === 0 ? { button: { href, text: label } } : { href })),
        }))}
      />
    </div>
  )
}

const WentWell = ({ reader, run, taken }: Part_ & { taken: ReturnType<typeof takenOverWords> }) => {
  const words = operationsWords(reader.language)
  return (
    <ReasonCallout
      size="large"
      mark={run.outcome ?? 'succeeded'}
      title={taken?.title ?? words.succeeded}
      why={`${taken ? `${taken.why} ` : ''}${resultOf(run.counts, words.result, reader.count)}.`}
      nextSteps={taken ? [taken.see] : []}
    />
  )
}

/** The numbers of a run in the order of their meaning; the database keeps none. What was read is all of the others together. */
const SHOWN_COUNTS = ['checks', 'passed', 'attention', 'created', 'changed', 'unchanged', 'gone', 'failed']

const Evidence = ({ reader, run }: Part_) => {
  const words = operationsWords(reader.language)
  const shown = run.counts.created === undefined ? ['seen', ...SHOWN_COUNTS] : SHOWN_COUNTS
  const counts = shown.flatMap((key) =>
    run.counts[key] === undefined ? [] : [[key, run.counts[key]] as const],
  )
  if (counts.length === 0) return null
  return (
    <Part id="evidence" title={words.evidence}>
      <Tally
        counts={counts.map(([key, value]) => ({
          label: words.counts[key] ?? key,
          value: reader.count(value),
        }))}
      />
    </Part>
  )
}

const About = ({ reader, run }: Part_) => {
  const words = operationsWords(reader.language)
  const took = run.started_at && (run.finished_at ?? run.now).getTime() - run.started_at.getTime()
  return (
    <AsidePart title={words.about}>
      <div class="mt-2">
        <Facts
          facts={[
            {
              label: words.facts.connection,
              value: run.connection_id ? (
                <a class="link-quiet" href={`/admin/provider-connections/${run.connection_id}`}>
                  {run.connection_label}
                </a>
              ) : (
                words.none_
              ),
            },
            {
              label: words.facts.protectedScope,
              value: (
                <>
                  {words.directoryOf(run.tenant_name)} <span class="mono block">{run.directory_id}</span>
                </>
              ),
            },
            { label: words.facts.startedBy, value: run.initiator_name ?? webWords(reader.language).system },
            { label: words.facts.created, value: reader.say.time(run.created_at.toISOString()) },
            ...(took !== null ? [{ label: words.facts.took, value: reader.lasted(took) }] : []),
            ...(run.tries > 1 ? [{ label: words.facts.tries, value: reader.count(run.tries) }] : []),
          ]}
        />
      </div>
    </AsidePart>
  )
}

const RunDiagnostics = ({ decisionFacts, reader, run }: RunPageProps) => {
  if (!roleMay(run.role, 'tenant.operations.diagnose')) return null
  const { diagnosticFacts: names, diagnostics, none_ } = operationsWords(reader.language)
  const code = parseReason(run.reason)?.code
  return (
    <div id="diagnostics">
      <Diagnostics
        title={diagnostics.title}
        hint={diagnostics.hint}
        facts={[
          { label: names.reason, value: code ? <code>{code}</code> : none_ },
          { label: names.correlation, value: <code>{run.correlation_id}</code> },
          { label: names.attempt, value: String(run.attempt) },
          ...run.failures.map(({ code, message }) => ({
            label: names.fromMicrosoft,
            value: (
              <>
                <code>{code}</code> <span class="mono">{message}</span>
              </>
            ),
          })),
          {
            label: names.facts,
            value: <pre class="mono whitespace-pre-wrap">{JSON.stringify(decisionFacts, null, 2)}</pre>,
          },
        ]}
      />
    </div>
  )
}
