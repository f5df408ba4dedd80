import type { OperationCode } from '../../engine/catalog/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import {
  Columns,
  ConfirmArea,
  Diagnostics,
  EmptyState,
  LinkButton,
  Live,
  type NextStep,
  PageHeader,
  Part,
  ReasonCallout,
  StatePill,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionHref, connectionsOfHref } from './at-hand.ts'
import { connectionWords } from './connection.words.ts'
import { reasonWords, stepsOut, stepsToTry } from './connection-cells.tsx'
import { ConnectionFactsAside } from './connection-facts.tsx'
import { Starts, type StartsProps } from './connection-starts.tsx'
import type { SeenConnection } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'
import { CredentialNotices } from './credential-notices.tsx'
import { ManagePart } from './manage-part.tsx'
import { PermissionsPart } from './permissions-part.tsx'
import { VerificationReportPart } from './report-part.tsx'
import type { VerificationReport } from './verification-report.sql.ts'

export interface DetailProps extends StartsProps {
  report: VerificationReport | null
  supported: ReadonlySet<OperationCode>
  /** Whether the reader asked to disable it, and has still to confirm. */
  confirming: boolean
}

/** One connection in its frame. */
export const DetailPage = ({ shell, ...props }: DetailProps & { shell: Shell }) => {
  const { facts, tenant } = props.connection
  return (
    <Page
      shell={shell}
      title={`${facts.label} · ${tenant.name}`}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(props.reader.language).nav.connections, href: CONNECTIONS },
        { label: tenant.name, href: connectionsOfHref(tenant.directoryId) },
        { label: facts.label },
      ]}
      at={CONNECTIONS}
    >
      <Detail {...props} />
    </Page>
  )
}

/**
 * What is so and what to do, what can be started, what was seen, how to change it; alive while something is
 * at work in the connection's directory.
 */
export const Detail = (props: DetailProps) => {
  const { confirming, connection, ground, reader, report, standing } = props
  const { facts, tenant } = connection
  const words = connectionWords(reader.language)
  const listed = connectionsWords(reader.language)
  const run = { id: report?.runId ?? 0, directory_id: tenant.directoryId, connection_id: connection.id }
  return (
    <Live
      id="connection"
      href={connectionHref(connection.id) + (confirming ? '?confirm=disable' : '')}
      rests={ground.active === null}
    >
      <PageHeader
        title={facts.label}
        pill={
          <StatePill state={standing.state}>{webWords(reader.language).states[standing.state]}</StatePill>
        }
        facts={[
          <a class="link" href={`/admin/t/${tenant.directoryId}`}>
            {tenant.name}
          </a>,
          ...(connection.isDefault ? [listed.isDefault] : []),
          ...(facts.isEnabled ? [] : [listed.disabled]),
        ]}
      />
      <Columns label={words.about} aside={<ConnectionFactsAside connection={connection} reader={reader} />}>
        {confirming ? (
          <div id="decision">
            <ConfirmDisable connection={connection} reader={reader} />
          </div>
        ) : (
          <Decision {...props} />
        )}
        <CredentialNotices connection={connection} reader={reader} report={report} />
        <Part id="check" title={words.work}>
          <Starts {...props} />
        </Part>
        {report ? (
          <VerificationReportPart report={report} run={run} role={tenant.role} reader={reader} />
        ) : (
          <div class="mt-8">
            <EmptyState title={words.noReport} text={words.noReportWhy} />
          </div>
        )}
        <PermissionsPart connection={connection} reader={reader} supported={props.supported} />
        <ManagePart connection={connection} reader={reader} />
        <Diagnostics
          title={words.diagnostics}
          facts={[
            { label: words.verification, value: <code>{connection.verification}</code> },
            { label: words.reasonCode, value: <code>{standing.reason?.code ?? '–'}</code> },
            { label: words.version, value: facts.version },
          ]}
        />
      </Columns>
    </Live>
  )
}

const Decision = ({ connection, reader, standing }: DetailProps) => {
  const words = connectionWords(reader.language)
  const { defaultLabel, isDefault } = connection
  if (standing.reason) {
    const { cause, explanation, label } = reasonWords(standing.reason, reader)
    return (
      <ReasonCallout
        id="decision"
        size="large"
        mark={standing.state}
        title={label}
        why={`${explanation} ${cause}`}
        nextSteps={stepsHere(standing.reason, connection, reader)}
      />
    )
  }
  if (standing.state === 'check_first')
    return (
      <ReasonCallout
        id="decision"
        size="large"
        mark="check_first"
        title={words.untried}
        why={words.untriedWhy}
        nextSteps={stepsToTry(connection, reader)}
      />
    )
  const spare = defaultLabel === null ? words.noDefault : words.isReadySpare(defaultLabel)
  return (
    <ReasonCallout
      size="large"
      mark="ready"
      title={words.isReady}
      why={isDefault ? words.isReadyWhy : `${words.isReadyWhy} ${spare}`}
    />
  )
}

/** The way out of a reason from this page: what would lead to this page leads to the place on it. */
function stepsHere(reason: Reason, connection: SeenConnection, reader: Reader): NextStep[] {
  const { manage } = connectionWords(reader.language)
  const href = connectionHref(connection.id)
  const place =
    reason.code === 'provider_connection_disabled'
      ? { text: manage.enableHere, href: '#change-use' }
      : { text: manage.editHere, href: `${href}/edit` }
  return stepsOut(reason, connection, reader).map((step) =>
    step.kind === 'link' && step.href === href ? { kind: 'link', ...place } : step,
  )
}

const ConfirmDisable = ({ connection, reader }: { connection: SeenConnection; reader: Reader }) => {
  const { confirm } = connectionWords(reader.language)
  const { facts, id, isDefault } = connection
  return (
    <div class="mb-6 grid max-w-md gap-3">
      {isDefault && <p class="text-ui text-ink-2">{confirm.default}</p>}
      <ConfirmArea
        id="confirm"
        title={confirm.title(facts.label)}
        sums={[
          { label: confirm.starts, value: confirm.blocked, mark: 'blocked' },
          { label: confirm.waiting, value: confirm.held, mark: 'queued' },
          { label: confirm.running, value: confirm.finish, mark: 'running' },
          { label: confirm.others, value: confirm.kept, mark: 'skipped' },
        ]}
        href={`${connectionHref(id)}/disable`}
        button={confirm.button}
      />
      <p>
        <LinkButton href={connectionHref(id)} look="quiet">
          {confirm.cancel}
        </LinkButton>
      </p>
    </div>
  )
}
