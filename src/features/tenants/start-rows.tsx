import type { Child } from 'hono/jsx'
import { roleMay, rolesWith } from '../../access/index.ts'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { StartVerdict, TenantForecast } from '../../engine/gate/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import {
  type ForecastWords,
  ReasonCallout,
  type StartAction,
  StartList,
  StartRow,
} from '../../web/components/index.ts'
import { type Reader, runHref, startRowId, webWords } from '../../web/index.ts'
import { waitingAtOperation } from '../waiting-starts/index.ts'
import { reasonWords, stepsOut } from './reason-for-reader.ts'
import { tenantWords } from './tenant.words.ts'

type Ground = TenantForecast['ground']

export interface OperationRowProps {
  operation: OperationCode
  verdict: StartVerdict
  ground: Ground
  reader: Reader
  /** Where the start is posted. */
  href: string
  sub?: Child
  /** What waits to be started in this tenant. */
  line?: readonly SeenWaiting[]
  /** An operation above that is held for the same reason and explains it already. */
  explainedBy?: OperationCode | undefined
}

/** One operation to start in a tenant: what a click would be answered, the verb, and what stands in its way. */
export const OperationRow = ({ explainedBy, sub, ...props }: OperationRowProps) => {
  const { ground, operation, reader, verdict } = props
  const words = definitionOf(operation).words[reader.language]
  const action = actionOf(props)
  const held = action.kind === 'start' && verdict.kind === 'blocked' ? verdict.reason : null
  const row = {
    id: startRowId(operation),
    noun: words.noun,
    action,
    ...(sub !== undefined && { sub }),
  }
  if (!held) {
    const waits = waitingAtOperation(props.line ?? [], operation, reader)
    const holder = action.kind === 'start' ? holderOf(verdict) : null
    const link = holder && linkToHolder(holder, reader)
    return <StartRow {...row} {...((waits || link) && { more: [link, waits] })} />
  }
  if (explainedBy) {
    const { noun } = definitionOf(explainedBy).words[reader.language]
    const same = tenantWords(reader.language).sameReason(noun)
    return (
      <StartRow
        {...row}
        reasonId={`${startRowId(explainedBy)}-reason`}
        more={<a href={`#${startRowId(explainedBy)}`}>{same}</a>}
      />
    )
  }
  const { explanation, label } = reasonWords(held, reader)
  // The gate looks at what is missing first: the same work may be under way and wait for that very thing.
  const same = ground.active?.operation === operation ? ground.active : null
  return (
    <StartRow {...row} {...(same && { more: linkToHolder(same, reader) })}>
      <ReasonCallout title={label} why={explanation} nextSteps={stepsOut(held, ground, reader)} />
    </StartRow>
  )
}

/** Rows of several operations; a reason that several share is explained once. */
export const OperationRows = ({ rows }: { rows: readonly OperationRowProps[] }) => (
  <StartList>
    {rows.map((row, place) => (
      <OperationRow {...row} explainedBy={sameReasonAbove(rows.slice(0, place), row)} />
    ))}
  </StartList>
)

const sameReasonAbove = (above: readonly OperationRowProps[], row: OperationRowProps) => {
  const reason = visibleReason(row)
  return above.find((other) => reason !== undefined && visibleReason(other) === reason)?.operation
}

/** The reason that a row explains, as text; a denied row explains the role instead. */
const visibleReason = (row: OperationRowProps): string | undefined =>
  row.verdict.kind === 'blocked' && mayStart(row) ? JSON.stringify(row.verdict.reason) : undefined

const mayStart = ({ ground, operation }: OperationRowProps) =>
  roleMay(ground.role, definitionOf(operation).capability)

function actionOf(props: OperationRowProps): StartAction {
  const { href, operation, reader, verdict } = props
  const { capability, words } = definitionOf(operation)
  const { short, title, usually } = words[reader.language]
  const label = { whole: title, short }
  const shared = webWords(reader.language)
  if (!mayStart(props)) {
    const who = rolesWith(capability).map((role) => shared.roles[role])
    const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
    return { kind: 'denied', label, why: shared.notAllowed(list.format(who)) }
  }
  return { kind: 'start', label, href, forecast: forecastOf(verdict, usually, reader) }
}

function forecastOf(verdict: StartVerdict, usually: string, reader: Reader): ForecastWords {
  const { forecast } = webWords(reader.language)
  if (verdict.kind === 'blocked')
    return { tone: 'blocked', text: forecast.blocked(reasonWords(verdict.reason, reader).label) }
  if (verdict.kind === 'deduped') return { tone: 'joins', text: forecast.joins }
  if (verdict.kind === 'scope_busy') return { tone: 'busy', text: forecast.busy }
  return { tone: 'queues', text: forecast.queues, detail: usually }
}

type Holder = NonNullable<Ground['active']>

const holderOf = (verdict: StartVerdict): Holder | null =>
  verdict.kind === 'deduped' || verdict.kind === 'scope_busy' ? verdict.active : null

function linkToHolder(holder: Holder, { language, moment, say }: Reader): Child {
  const { initiatorName, runId, since, waitsUntil } = holder
  const words = webWords(language)
  const held = words.heldBy(runId, initiatorName ?? words.system, say.time(since))
  const waits = waitsUntil && words.waitsUntil(moment(new Date(waitsUntil)))
  return <a href={runHref(runId)}>{[held, waits].filter(Boolean).join(' · ')}</a>
}
