import { roleMay } from '../../access/index.ts'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { Gate, TenantForecast } from '../../engine/gate/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import {
  AsidePart,
  Columns,
  FactChain,
  NextStepItem,
  NextStepLink,
  Part,
  ReasonCallout,
  Time,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { connectionHref, type SeenConnection } from '../connections/index.ts'
import { type RunRow, RunTable } from '../operations/index.ts'
import { ManagePart } from './manage-part.tsx'
import { readinessOf } from './readiness.ts'
import { reasonWords, stepsToTry } from './reason-for-reader.ts'
import { OperationRows } from './start-rows.tsx'
import { tenantWords } from './tenant.words.ts'
import { chainOf } from './tenant-chain.ts'
import { type Surroundings, startHref, TenantFrame, tenantHref } from './tenant-frame.tsx'
import type { SeenTenant, TenantGlance } from './tenants.sql.ts'

interface TenantPageProps extends Surroundings {
  reader: Reader
  tenant: SeenTenant
  forecast: TenantForecast
  glance: TenantGlance | undefined
  runs: readonly RunRow[]
  /** Another connection that is ready while the default holds work up. */
  spare: SeenConnection | null
  gate: Gate
  /** What waits to be started here, in its order. */
  line: readonly SeenWaiting[]
}

/** One tenant: why it is ready or not, what a click would do, what happened last. */
export const TenantPage = ({ forecast, gate, glance, line, runs, spare, ...props }: TenantPageProps) => {
  const { reader, tenant } = props
  const { ground, verdicts } = forecast
  const words = tenantWords(reader.language)
  const readiness = readinessOf(forecast)
  return (
    <TenantFrame
      {...props}
      readiness={readiness}
      connections={ground.connectionCount}
      tab="overview"
      href={tenantHref(tenant)}
      moves={ground.active !== null || line.length > 0}
    >
      <Columns
        label={words.about}
        aside={
          <>
            <YourAccess ground={ground} gate={gate} reader={reader} />
            <ManagePart ground={ground} reader={reader} />
          </>
        }
      >
        <Part id="ready" title={titleOf(forecast, reader)} lead={leadOf(tenant, forecast, reader)}>
          <FactChain facts={chainOf(ground, tenant, gate, reader)} />
          {spare && <SpareIsReady spare={spare} reader={reader} />}
          {tenant.isUntried && !readiness.reason && (
            <p class="mt-2">
              {stepsToTry(ground, reader).map((step) => (
                <NextStepItem step={step} />
              ))}
            </p>
          )}
        </Part>
        <Part id="work" title={words.startWork}>
          <OperationRows
            rows={[...verdicts].map(([operation, verdict]) => ({
              operation,
              verdict,
              ground,
              reader,
              line,
              href: startHref(tenant, operation),
              sub: <LastSuccess at={glance?.successes[operation]} reader={reader} />,
            }))}
          />
        </Part>
        <RecentRuns runs={runs} reader={reader} tenant={tenant} />
      </Columns>
    </TenantFrame>
  )
}

const SpareIsReady = ({ reader, spare }: { spare: SeenConnection; reader: Reader }) => {
  const words = tenantWords(reader.language)
  const href = `${connectionHref(spare.id)}#change-default`
  return (
    <div class="mt-4">
      <ReasonCallout
        mark="ready"
        title={words.spare(spare.facts.label)}
        why={words.spareWhy}
        nextSteps={[{ kind: 'link', text: words.spareOpen, href }]}
      />
    </div>
  )
}

/** How many of the operations that this reader may start a click would queue, by the forecasts of their rows. */
function titleOf({ ground, verdicts }: TenantForecast, reader: Reader): string {
  const words = tenantWords(reader.language)
  const mine = [...verdicts].filter(([code]) => roleMay(ground.role, definitionOf(code).capability))
  if (mine.length === 0) return words.noneIsYours
  return words.canStart(mine.filter(([, { kind }]) => kind === 'accepted').length, mine.length)
}

/** What the facts come to; where a row below explains the reason to this reader, only what it holds up. */
function leadOf({ isUntried }: SeenTenant, forecast: TenantForecast, reader: Reader): string {
  const words = tenantWords(reader.language)
  const { reason } = readinessOf(forecast)
  const { ground, verdicts } = forecast
  if (!reason && ground.active) return words.atWork(ground.active.runId)
  if (!reason) return isUntried ? words.untried : words.everythingReady
  const held = [...verdicts].filter(([, { kind }]) => kind === 'blocked').map(([code]) => code)
  const explained = held.some((code) => roleMay(ground.role, definitionOf(code).capability))
  if (!explained && ground.active) return words.atWork(ground.active.runId)
  if (!explained) return reasonWords(reason, reader).explanation
  return words.held(new Intl.ListFormat(reader.language).format(held.map((code) => nounOf(code, reader))))
}

const LastSuccess = ({ at, reader }: { at: string | undefined; reader: Reader }) => {
  const words = tenantWords(reader.language)
  if (at === undefined) return <>{words.neverSucceeded}</>
  const moment = new Date(at)
  return (
    <Time at={moment} exact={reader.exact(moment)}>
      {words.lastSuccess(reader.ago(moment))}
    </Time>
  )
}

interface YourAccessProps {
  ground: TenantForecast['ground']
  gate: Gate
  reader: Reader
}

const YourAccess = ({ gate, ground, reader }: YourAccessProps) => {
  const { access } = tenantWords(reader.language)
  const role = webWords(reader.language).roles[ground.role]
  const offered = [...gate.supported]
  const mine = offered.filter((code) => roleMay(ground.role, definitionOf(code).capability))
  const nouns = new Intl.ListFormat(reader.language).format(mine.map((code) => nounOf(code, reader)))
  const sentence =
    ground.tenant.state === 'archived'
      ? access.archived(role)
      : mine.length === 0
        ? access.nothing(role)
        : mine.length === offered.length
          ? access.everything(role)
          : access.some(role, nouns)
  return (
    <AsidePart title={access.title}>
      <p>
        {sentence} {!roleMay(ground.role, 'tenant.credentials.rotate') && access.credentials}
      </p>
    </AsidePart>
  )
}

const nounOf = (code: OperationCode, { language }: Reader) => definitionOf(code).words[language].noun

type RecentRunsProps = Pick<TenantPageProps, 'reader' | 'runs' | 'tenant'>

const RecentRuns = ({ reader, runs, tenant }: RecentRunsProps) => {
  const words = tenantWords(reader.language)
  const all = (
    <NextStepLink href={`/admin/operations?tenant=${tenant.directoryId}`} text={words.allOperations} />
  )
  if (runs.length === 0)
    return (
      <Part id="recent" title={words.recent}>
        <p class="text-ink-2">{words.noOperations}</p>
      </Part>
    )
  return (
    <Part id="recent" title={words.recent} end={all}>
      <RunTable over="one_tenant" caption={words.recent} groups={[{ runs }]} reader={reader} />
    </Part>
  )
}
