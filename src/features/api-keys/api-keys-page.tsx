import type { Role } from '../../access/index.ts'
import {
  Cell,
  CopyButton,
  DataTable,
  EmptyState,
  HeadCell,
  LinkButton,
  PageHeader,
  Part,
  ReasonCallout,
  Row,
  RowGroup,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { SettingsTabs } from '../settings/index.ts'
import type { TenantInSight } from './api-keys.sql.ts'
import { apiKeysWords } from './api-keys.words.ts'
import { KeyForm } from './key-form.tsx'
import type { KeyFlaws, TypedKey } from './new-key.ts'
import type { OwnKey } from './own-keys.ts'

interface ApiKeysPageProps {
  shell: Shell
  reader: Reader
  keys: readonly OwnKey[]
  tenants: readonly TenantInSight[]
  ownRole: Role
  typed: TypedKey
  flaws: KeyFlaws
  /** The key that was just made; shown this once. */
  newKey: string | undefined
}

/** A person's keys to the workspace they work in, and the form that makes one. */
export const ApiKeysPage = ({ keys, newKey, shell, ...props }: ApiKeysPageProps) => {
  const { reader } = props
  const words = apiKeysWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.settings, href: '/admin/settings' },
        { label: words.title },
      ]}
      at="/admin/settings"
    >
      <PageHeader title={words.title} lead={words.lead(shell.workspace.name)} />
      <SettingsTabs at="keys" reader={reader} />
      {newKey && (
        <div class="mt-6">
          <ReasonCallout mark="succeeded" title={words.made} why={words.once}>
            <p class="mt-2 mono break-all">{newKey}</p>
            <CopyButton text={newKey} label={words.copy} copied={words.copied} />
          </ReasonCallout>
        </div>
      )}
      <Part id="keys" title={words.yours}>
        <Keys keys={keys} reader={reader} />
      </Part>
      <Part id="new" title={words.newKey}>
        <KeyForm {...props} />
      </Part>
    </Page>
  )
}

const Keys = ({ keys, reader }: { keys: readonly OwnKey[]; reader: Reader }) => {
  const words = apiKeysWords(reader.language)
  if (keys.length === 0) return <EmptyState title={words.none.title} text={words.none.text} />
  return (
    <DataTable
      layout="plain"
      caption={words.yours}
      columns={Object.values(words.columns).map((label) => ({ label }))}
    >
      <RowGroup>
        {keys.map((key) => (
          <KeyRow apiKey={key} reader={reader} />
        ))}
      </RowGroup>
    </DataTable>
  )
}

const KeyRow = ({ apiKey, reader }: { apiKey: OwnKey; reader: Reader }) => {
  const words = apiKeysWords(reader.language)
  const { columns } = words
  const { expiresAt, lastUsedAt, mostRole, tenants } = apiKey
  const isOver = expiresAt !== null && expiresAt.getTime() <= Date.now()
  return (
    <Row>
      <HeadCell>{apiKey.name}</HeadCell>
      <Cell label={columns.start}>
        <span class="mono">{apiKey.start}…</span>
      </Cell>
      <Cell label={columns.role}>
        {mostRole ? words.atMost(webWords(reader.language).roles[mostRole]) : words.asOwner}
      </Cell>
      <Cell label={columns.tenants}>
        {tenants === null ? words.allTenants : tenants.map(({ name }) => name).join(', ') || words.noTenants}
      </Cell>
      <Cell label={columns.until}>
        {expiresAt ? reader.say.time(expiresAt.toISOString()) : '–'}
        {isOver && <span class="sub block">{words.over}</span>}
      </Cell>
      <Cell label={columns.used}>{lastUsedAt ? reader.ago(lastUsedAt) : words.never}</Cell>
      <Cell>
        <LinkButton small href={`/admin/api-keys/${apiKey.id}/revoke`}>
          <span aria-hidden="true">{words.revoke}</span>
          <span class="sr-only">{words.revokeOne(apiKey.name)}</span>
        </LinkButton>
      </Cell>
    </Row>
  )
}
