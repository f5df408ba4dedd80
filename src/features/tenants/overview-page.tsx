import {
  DataTable,
  GroupHeading,
  LinkButton,
  NextStepLink,
  PageHeader,
  Part,
  RowGroup,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { Duty, NoTenants } from './duty.tsx'
import type { ListedRun } from './recent-runs.sql.ts'
import { WorkspaceRunRow } from './run-list.tsx'
import { tenantWords } from './tenant.words.ts'
import { groupOf, type ListedTenant } from './tenant-list.ts'
import { TenantRow } from './tenant-rows.tsx'
import { tenantsWords } from './tenants.words.ts'

interface OverviewPageProps {
  shell: Shell
  reader: Reader
  tenants: readonly ListedTenant[]
  atWork: readonly ListedRun[]
  ended: readonly ListedRun[]
  mayAdd: boolean
}

/** What a person on duty sees first: who needs a hand, what is at work, what ended. */
export const OverviewPage = ({ atWork, ended, mayAdd, reader, shell, tenants }: OverviewPageProps) => {
  const words = tenantsWords(reader.language)
  return (
    <Page shell={shell} title={words.overview} crumbs={[{ label: shell.workspace.name }]} at="/admin">
      <PageHeader
        title={words.overview}
        {...(tenants.length > 0 && { lead: <Duty tenants={tenants} reader={reader} /> })}
      >
        {tenants.length > 0 && <LinkButton href="/admin/tenants">{words.allTenants}</LinkButton>}
      </PageHeader>
      {tenants.length === 0 ? (
        <div class="mt-4">
          <NoTenants mayAdd={mayAdd} reader={reader} />
        </div>
      ) : (
        <>
          <NeedsAHand tenants={tenants} reader={reader} />
          <Operations atWork={atWork} ended={ended} reader={reader} />
        </>
      )}
    </Page>
  )
}

const MOST_SHOWN = 6

const NeedsAHand = ({ reader, tenants }: Pick<OverviewPageProps, 'reader' | 'tenants'>) => {
  const words = tenantsWords(reader.language)
  const blocked = tenants.filter((tenant) => groupOf(tenant) === 'blocked')
  const needy = [...blocked, ...tenants.filter((tenant) => groupOf(tenant) === 'partly')]
  if (needy.length === 0)
    return (
      <Part id="needs-a-hand" title={words.nobodyNeeded}>
        <p class="text-ink-2">{words.nobodyNeededText}</p>
      </Part>
    )
  const beyond = needy.length > MOST_SHOWN && {
    end: <NextStepLink href="/admin/tenants" text={words.allThatNeed(needy.length)} />,
  }
  return (
    <Part id="needs-a-hand" title={words.needsAHand} lead={words.needsAHandLead} {...beyond}>
      <DataTable
        layout="plain"
        caption={words.needsAHand}
        columns={[{ label: words.columns.tenant }, { label: words.columns.readiness }]}
      >
        <RowGroup>
          {needy.slice(0, MOST_SHOWN).map((tenant) => (
            <TenantRow tenant={tenant} reader={reader} />
          ))}
        </RowGroup>
      </DataTable>
    </Part>
  )
}

const Operations = ({ atWork, ended, reader }: Pick<OverviewPageProps, 'atWork' | 'ended' | 'reader'>) => {
  const words = tenantsWords(reader.language)
  const { columns } = tenantWords(reader.language)
  if (atWork.length + ended.length === 0)
    return (
      <Part id="operations" title={words.recently}>
        <p class="text-ink-2">{words.noOperations}</p>
      </Part>
    )
  const groups = [
    { title: words.atWork, runs: atWork },
    { title: words.ended, runs: ended },
  ].filter(({ runs }) => runs.length > 0)
  return (
    <Part
      id="operations"
      title={words.recently}
      end={<NextStepLink href="/admin/operations" text={words.allOperations} />}
    >
      <DataTable
        layout="operations"
        caption={words.recently}
        columns={[
          { label: columns.state },
          { label: columns.operation },
          { label: columns.tenant },
          { label: columns.result },
          { label: columns.who },
          { label: columns.when, number: true },
        ]}
      >
        {groups.map(({ runs, title }) => (
          <RowGroup>
            <GroupHeading span={6} title={title} />
            {runs.map((run) => (
              <WorkspaceRunRow run={run} reader={reader} />
            ))}
          </RowGroup>
        ))}
      </DataTable>
    </Part>
  )
}
