import { roleMay, rolesWith } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import type { ExplainAnswer } from '../../engine/gate/index.ts'
import { nextStepsFor, wordsFor } from '../../engine/reasons/index.ts'
import {
  type ForecastWords,
  type NextStep,
  Part,
  ReasonCallout,
  type StartAction,
  StartList,
  StartRow,
} from '../../web/components/index.ts'
import { type Reader, runHref, startRowId, webWords } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { actionWords } from './run-actions.words.ts'
import { offersAgain } from './start-again.ts'

interface AgainProps {
  run: RunDetail
  /** What the start would be answered now; null where this reader may not start it. */
  again: ExplainAnswer | null
  reader: Reader
}

/** Whether a next step is the part below it. */
export const leadsToStartAgain = (href: string | undefined) => href?.endsWith('#start-again') === true

type Draft = Extract<ExplainAnswer, { kind: 'explained' }>['draft']

/** The work of an ended run once more, with the answer before the click and, below it, after it. */
export const StartAgainPart = ({ again, reader, run }: AgainProps) => {
  if (!offersAgain(run)) return null
  const words = actionWords(reader.language).again
  const { capability, identity, words: named } = definitionOf(run.operation)
  const denied = !roleMay(run.role, capability)
  if (!denied && again?.kind !== 'explained') return null
  const draft = again?.kind === 'explained' ? again.draft : null
  const { noun, short, title } = named[reader.language]
  const label = { whole: title, short }
  const action: StartAction =
    draft === null
      ? { kind: 'denied', label, why: whoMay(run, reader) }
      : { kind: 'start', label, href: `${runHref(run.id)}/start-again`, forecast: forecastOf(draft, reader) }
  return (
    <Part id="start-again" title={words.title} lead={words.lead}>
      <StartList>
        <StartRow
          id={startRowId(run.operation)}
          noun={noun}
          action={action}
          {...(identity === 'connection' &&
            run.connection_label && { sub: words.withConnection(run.connection_label) })}
        >
          {draft?.kind === 'blocked' && <Obstacle draft={draft} run={run} reader={reader} />}
        </StartRow>
      </StartList>
    </Part>
  )
}

function whoMay({ operation }: RunDetail, { language }: Reader): string {
  const shared = webWords(language)
  const roles = rolesWith(definitionOf(operation).capability).map((role) => shared.roles[role])
  return shared.notAllowed(new Intl.ListFormat(language, { type: 'disjunction' }).format(roles))
}

const TONES = { accepted: 'queues', deduped: 'joins', scope_busy: 'busy', blocked: 'blocked' } as const

function forecastOf(draft: Draft, { language, say }: Reader): ForecastWords {
  const { forecast } = webWords(language)
  const tone = TONES[draft.kind]
  if (draft.kind === 'blocked')
    return { tone, text: forecast.blocked(wordsFor(draft.reason, language, say).label) }
  const { usually } = definitionOf(draft.operation).words[language]
  const text = { accepted: forecast.queues, deduped: forecast.joins, scope_busy: forecast.busy }[draft.kind]
  return { tone, text, ...(draft.kind === 'accepted' && { detail: usually }) }
}

/** What stands in its way, as every page says it. */
const Obstacle = ({
  draft: { connection, reason, tenant },
  reader: { language, say },
  run,
}: {
  draft: Exclude<Draft, { kind: 'accepted' }>
  run: RunDetail
  reader: Reader
}) => {
  const { explanation, label } = wordsFor(reason, language, say)
  const context = {
    directoryId: tenant.directoryId,
    connectionId: connection?.id ?? run.connection_id,
    runId: run.id,
    may: (capability: Parameters<typeof roleMay>[1]) => roleMay(run.role, capability),
  }
  const steps = nextStepsFor(reason, context, language, say).map(
    ({ href, label: text }): NextStep => (href ? { kind: 'link', text, href } : { kind: 'sentence', text }),
  )
  return <ReasonCallout title={label} why={explanation} nextSteps={steps} />
}
