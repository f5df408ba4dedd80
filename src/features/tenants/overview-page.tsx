import {
  DataTable,
  LinkButton,
  Live,
  NextStepLink,
  PageHeader,
  Part,
  RowGroup,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { type EndingCredential, EndingCredentials } from '../connections/index.ts'
import { type RunRow, RunTable } from '../operations/index.ts'
import { Duty, NoTenants } from './duty.tsx'
import { groupOf, type ListedTenant } from './tenant-list.ts'
import { TenantRow } from './tenant-rows.tsx'
import { tenantsWords } from './tenants.words.ts'

interface OverviewProps {
  reader: Reader
  tenants: readonly ListedTenant[]
  atWork: readonly RunRow[]
  ended: readonly RunRow[]
  ending: readonly EndingCredential[]
  mayAdd: boolean
}

/** What a person on duty sees first, in its frame. */
export const OverviewPage = ({ shell, ...props }: OverviewProps & { shell: Shell }) => (
  <Page
    shell={shell}
    title={tenantsWords(props.reader.language).overview}
    crumbs={[{ label: shell.workspace.name }]}
    at="/admin"
  >
    <Overview {...props} />
  </Page>
)

/** Who needs a hand, what ends soon, what is at work, what ended; alive while something is at work. */
export const Overview = ({ atWork, ended, ending, mayAdd, reader, tenants }: OverviewProps) => {
  const words = tenantsWords(reader.language)
  return (
    <Live id="overview" href="/admin" seconds={3} rests={atWork.length === 0}>
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
          <EndingCredentials ending={ending} reader={reader} />
          <Operations atWork={atWork} ended={ended} reader={reader} />
        </>
      )}
    </Live>
  )
}

const MOST_SHOWN = 6

const NeedsAHand = ({ reader, tenants }: Pick<OverviewProps, 'reader' | 'tenants'>) => {
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

const Operations = ({ atWork, ended, reader }: Pick<OverviewProps, 'atWork' | 'ended' | 'reader'>) => {
  const words = tenantsWords(reader.language)
  if (atWork.length + ended.length === 0)
    return (
      <Part id="operations" title={words.recently}>
        <p class="text-ink-2">{words.noOperations}</p>
      </Part>
    )
  return (
    <Part
      id="operations"
      title={words.recently}
      end={<NextStepLink href="/admin/operations" text={words.allOperations} />}
    >
      <RunTable
        over="tenants"
        caption={words.recently}
        groups={[
          { heading: { title: words.atWork }, runs: atWork },
          { heading: { title: words.ended }, runs: ended },
        ]}
        reader={reader}
      />
    </Part>
  )
}
