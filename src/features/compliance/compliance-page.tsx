import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { EmptyState, LinkButton, ReasonCallout, StartList, Time } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import {
  complianceHref,
  OperationRow,
  readinessOf,
  type Surroundings,
  startHref,
  type TenantAtHand,
  TenantFrame,
} from '../tenants/index.ts'
import { type ComplianceWords, complianceWords } from './compliance.words.ts'
import { withProblem } from './lines.ts'
import { OverTime } from './over-time.tsx'
import type { Range } from './range.ts'
import type { LastTry } from './reading.sql.ts'
import type { Snapshot } from './snapshots.sql.ts'
import { StatesNow } from './states-now.tsx'

export interface CompliancePageProps extends TenantAtHand, Surroundings {
  /** The address of this very page. */
  at: string
  reader: Reader
  /** Null before the first. */
  newest: (Snapshot & { readonly isOld: boolean }) | null
  /** The last run that tried; null where none has ended. */
  tried: LastTry | null
  /** One that is at least a week older than the newest; null where there is none. */
  before: Snapshot | null
  range: Range
  /** Those of the range, oldest first. */
  snapshots: readonly Snapshot[]
}

/** How a tenant's devices comply: now, over time, and by state; and the snapshot that finds out. */
export const CompliancePage = (props: CompliancePageProps) => {
  const { at, forecast, newest, reader, shell, tenant, workspace } = props
  const words = complianceWords(reader.language)
  return (
    <TenantFrame
      {...{ shell, workspace, reader, tenant }}
      href={at}
      readiness={readinessOf(forecast)}
      connections={forecast.ground.connectionCount}
      tab="compliance"
      moves={forecast.ground.active !== null}
    >
      {!newest && (
        <div class="mt-5">
          <EmptyState {...words.never} />
        </div>
      )}
      <Age {...props} />
      <Trouble {...props} />
      <Take {...props} />
      {newest?.devices === 0 && (
        <div class="mt-5">
          <EmptyState {...words.noDevices} />
        </div>
      )}
      {newest && <Standing {...props} newest={newest} words={words} />}
    </TenantFrame>
  )
}

/** What has to be known of the age of the view before it is relied on. */
const Age = ({ forecast, newest, reader }: CompliancePageProps) => {
  const words = complianceWords(reader.language)
  if (newest && forecast.ground.tenant.state === 'archived')
    return <p class="mt-5 text-ui text-ink-2">{words.archived}</p>
  if (!newest?.isOld) return null
  return (
    <div class="mt-5">
      <ReasonCallout mark="check_first" title={words.old(reader.ago(newest.at))} why={words.oldWhy} />
    </div>
  )
}

/** Why the last snapshot was not taken, or without a part of it. */
const Trouble = ({ forecast, reader, tried }: CompliancePageProps) => {
  const isTelling =
    tried && TELLING.includes(tried.outcome ?? '') && forecast.ground.tenant.state !== 'archived'
  const reason = isTelling ? parseReason(tried.reason) : null
  if (!tried || !reason) return null
  const { explanation, label } = wordsFor(reason, reader.language, reader.say)
  const words = complianceWords(reader.language)
  const title = tried.outcome === 'failed' ? words.failed(label) : words.partly(label)
  return (
    <div class="mt-5">
      <ReasonCallout mark="check_first" title={title} why={explanation}>
        <p class="mt-2 text-ui">
          {tried.at && `${reader.say.time(tried.at.toISOString())} · `}
          <a class="link" href={runHref(tried.runId)}>
            {webWords(reader.language).operationNumber(tried.runId)}
          </a>
        </p>
      </ReasonCallout>
    </div>
  )
}

const TELLING = ['failed', 'partially_succeeded']

const Take = ({ forecast, newest, reader, tenant }: CompliancePageProps) => {
  const operation = 'compliance.snapshot'
  const verdict = forecast.verdicts.get(operation)
  if (!verdict) return null
  return (
    <section class="mt-5" aria-labelledby="take-title">
      <h2 class="sr-only" id="take-title">
        {complianceWords(reader.language).snapshot}
      </h2>
      <StartList>
        <OperationRow
          operation={operation}
          verdict={verdict}
          ground={forecast.ground}
          reader={reader}
          href={startHref(tenant, operation)}
          {...(newest && { sub: <Freshness newest={newest} reader={reader} /> })}
        />
      </StartList>
    </section>
  )
}

/** When the devices were last all read, and by which operation. */
const Freshness = ({ newest: { at, devices, runId }, reader }: { newest: Snapshot; reader: Reader }) => {
  const words = complianceWords(reader.language)
  return (
    <>
      <Time at={at} exact={reader.exact(at)}>
        {words.asOf(reader.say.time(at.toISOString()))}, {reader.ago(at)}
      </Time>
      {' · '}
      {words.devices(reader.count(devices), devices === 1)}
      {runId !== null && (
        <>
          {' · '}
          <a class="link" href={runHref(runId)}>
            {webWords(reader.language).operationNumber(runId)}
          </a>
        </>
      )}
    </>
  )
}

type StandingProps = CompliancePageProps & { newest: Snapshot; words: ComplianceWords }

const Standing = (props: StandingProps) => {
  const { before, newest, range, reader, snapshots, tenant, words } = props
  const { devices, silent, states } = newest
  const href = complianceHref(tenant)
  return (
    <>
      {devices > 0 && (
        <div class="stands mt-6">
          <div>
            <h2>{words.stands.title(reader.count(states.compliant), reader.count(devices))}</h2>
            <p class="text-ink-2">
              {[
                shareOf(states.compliant, devices, reader),
                before && difference(newest, before, reader, words),
              ]
                .filter(Boolean)
                .join(', ')}
            </p>
            {silent > 0 && (
              <p class="text-ui">
                <a class="link" href={`${href}/devices?show=silent`}>
                  {words.silent(words.devices(reader.count(silent), silent === 1))}
                </a>
              </p>
            )}
          </div>
          <LinkButton href={`${href}/devices`} small>
            {words.allDevices}
          </LinkButton>
        </div>
      )}
      <OverTime {...{ href, range, reader, snapshots }} />
      <StatesNow {...{ href, newest, reader }} />
    </>
  )
}

/** "87.5%", as the reader's language writes it; never rounded up to all, nor down to none. */
function shareOf(compliant: number, devices: number, { language }: Reader): string {
  const percent = Math.floor((compliant / devices) * 1000) / 10
  const share = compliant > 0 ? Math.max(0.1, percent) : 0
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share / 100)
}

function difference(newest: Snapshot, before: Snapshot, reader: Reader, { stands }: ComplianceWords): string {
  const date = reader.say.date(before.at.toISOString())
  const change = withProblem(newest.states) - withProblem(before.states)
  if (change === 0) return stands.same(date)
  return change < 0 ? stands.fewer(reader.count(-change), date) : stands.more(reader.count(change), date)
}
