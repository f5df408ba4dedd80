import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import {
  Ages,
  Cell,
  HeadCell,
  Meter,
  percentOf,
  ReadinessCell,
  type ReadinessCellProps,
  Row,
} from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { shownState } from './readiness.ts'
import { detailOf, reasonWords, stepsOut, stepsToTry } from './reason-for-reader.ts'
import { tenantHref } from './tenant-frame.tsx'
import type { ListedTenant } from './tenant-list.ts'
import { tenantsWords } from './tenants.words.ts'

interface TenantRowProps {
  tenant: ListedTenant
  reader: Reader
  /** The operations whose last success has a column; without them the row ends with the readiness. */
  operations?: readonly OperationCode[]
}

/** A tenant in a list, with what stands in the way of a start and the next step. */
export const TenantRow = ({ operations, reader, tenant }: TenantRowProps) => {
  const { forecast, glance } = tenant
  const { name } = forecast.ground.tenant
  return (
    <Row live={glance.atWork !== null}>
      <HeadCell
        {...(operations && { at: 'name' })}
        href={tenantHref(forecast.ground.tenant)}
        sub={glance.domain}
      >
        {name}
      </HeadCell>
      <Cell {...(operations && { at: 'ready' })}>
        <ReadinessCell {...readinessCell(tenant, reader)} />
      </Cell>
      {operations && (
        <>
          <Cell at="runs">
            <RunsNow tenant={tenant} reader={reader} />
          </Cell>
          <Cell at="ages">
            <Successes tenant={tenant} reader={reader} operations={operations} />
          </Cell>
        </>
      )}
    </Row>
  )
}

function readinessCell(tenant: ListedTenant, reader: Reader): ReadinessCellProps {
  const { forecast, glance, readiness } = tenant
  const { ground } = forecast
  const { reason } = readiness
  const state = shownState(readiness, glance)
  const words = tenantsWords(reader.language)
  if (state === 'archived') {
    const since = ground.tenant.archivedAt
    const shared = webWords(reader.language)
    return { state, headline: shared.states.archived, ...(since && { detail: reader.say.date(since) }) }
  }
  if (!reason && state === 'check_first') {
    const [nextStep] = stepsToTry(ground, reader)
    return { state, headline: words.ready, detail: words.untried, ...(nextStep && { nextStep }) }
  }
  if (!reason) {
    const seenAt = ground.connection?.evidence?.seenAt
    return {
      state,
      headline: words.ready,
      ...(seenAt && { detail: words.permissionsSeen(reader.ago(new Date(seenAt))) }),
    }
  }
  const detail = detailOf(reason, reader)
  const [nextStep] = stepsOut(reason, ground, reader)
  return {
    state,
    headline: reasonWords(reason, reader).label,
    ...(detail && { detail }),
    ...(nextStep && { nextStep }),
  }
}

const RunsNow = ({ reader, tenant }: Omit<TenantRowProps, 'operations'>) => {
  const { atWork } = tenant.glance
  if (!atWork) return <span class="is-none text-ink-3">–</span>
  const { done, operation, runId, total } = atWork
  const { title } = definitionOf(operation).words[reader.language]
  const known = done !== null && total !== null ? { kind: 'known' as const, done, total } : null
  return (
    <>
      <a class="link-quiet" href={runHref(runId)}>
        {title}
      </a>{' '}
      {known && <span class="text-ink-3">{percentOf(known.done, known.total)}%</span>}
      <span class="block mt-1.5">
        <Meter state={known ?? { kind: 'open' }} label={title} />
      </span>
    </>
  )
}

const WEEK = 7 * 86_400_000

const Successes = ({ operations = [], reader, tenant }: TenantRowProps) => {
  const words = tenantsWords(reader.language)
  const { successes } = tenant.glance
  if (!operations.some((code) => successes[code])) return <span class="sub never">{words.never}</span>
  return (
    <Ages
      ages={operations.map((code) => {
        const at = successes[code]
        const moment = at === undefined ? null : new Date(at)
        return {
          label: words.ages[code],
          value: moment ? reader.age(moment) : '–',
          old: !moment || Date.now() - moment.getTime() > WEEK,
        }
      })}
    />
  )
}
