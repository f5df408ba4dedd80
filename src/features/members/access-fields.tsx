import { ROLES } from '../../access/index.ts'
import {
  Cell,
  DataTable,
  ErrorSummary,
  HeadCell,
  Row,
  RowGroup,
  SelectField,
  TickField,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { SAME_ROLE, type TypedAccess, tenantField } from './access-input.ts'
import { roleName } from './member-cells.tsx'
import type { ChoosableTenant } from './members.ts'
import { membersWords } from './members.words.ts'

/** What is wrong with a form, by the name of its field; an empty name concerns all of it. */
export interface Issue {
  readonly pointer: string
  readonly detail: string
}

interface AccessFieldsProps {
  typed: TypedAccess
  choices: readonly ChoosableTenant[]
  issues: readonly Issue[]
  reader: Reader
}

/** Role, reach and what is said of single tenants. */
export const AccessFields = ({ choices, issues, reader, typed }: AccessFieldsProps) => {
  const words = membersWords(reader.language).access
  const errorOf = (field: string) => issues.find(({ pointer }) => pointer === `/${field}`)?.detail
  const roles = ROLES.map((role) => ({ value: role, label: roleName(role, reader) }))
  return (
    <>
      <SelectField
        id="role"
        name="role"
        label={words.role}
        hint={words.roleHint}
        value={typed.role}
        error={errorOf('role')}
        options={roles}
      />
      <fieldset class="grid gap-2" id="reach" tabindex={-1}>
        <legend class="field-label">{words.reach}</legend>
        <TickField
          id="reach-all"
          name="reach"
          value="all"
          only
          checked={typed.reach === 'all'}
          label={words.reachAll}
        />
        <TickField
          id="reach-selected"
          name="reach"
          value="selected"
          only
          checked={typed.reach === 'selected'}
          label={words.reachSelected}
          error={errorOf('reach')}
        />
      </fieldset>
      <fieldset id="tenants" tabindex={-1} class="min-w-0">
        <legend class="field-label">{words.tenants}</legend>
        {choices.length === 0 ? (
          <p class="text-ui text-ink-2">{words.noTenants}</p>
        ) : (
          <details open={typed.reach === 'selected' || errorOf('tenants') !== undefined || hasNamed(typed)}>
            <summary>{words.tenantsOf(choices.length)}</summary>
            <p class="text-ui text-ink-2 mt-2">{words.tenantsLead}</p>
            <TenantRows choices={choices} typed={typed} reader={reader} roles={roles} />
          </details>
        )}
      </fieldset>
    </>
  )
}

const hasNamed = (typed: TypedAccess) => Object.values(typed.tenants).some((value) => value !== '')

interface TenantRowsProps extends Pick<AccessFieldsProps, 'choices' | 'typed' | 'reader'> {
  roles: readonly { value: string; label: string }[]
}

const TenantRows = ({ choices, reader, roles, typed }: TenantRowsProps) => {
  const words = membersWords(reader.language).access
  const options = [{ value: '', label: words.nothing }, { value: SAME_ROLE, label: words.same }, ...roles]
  return (
    <DataTable
      layout="plain"
      caption={words.tenants}
      columns={[{ label: words.tenants }, { label: words.role }]}
    >
      <RowGroup>
        {choices.map(({ directoryId, name }) => {
          const field = tenantField(directoryId)
          const value = typed.tenants[directoryId] ?? ''
          return (
            <Row>
              <HeadCell>{name}</HeadCell>
              <Cell label={words.role}>
                <select class="select w-full max-w-56" name={field} aria-label={`${words.role}: ${name}`}>
                  {options.map((option) => (
                    <option value={option.value} selected={option.value === value}>
                      {option.label}
                    </option>
                  ))}
                </select>
              </Cell>
            </Row>
          )
        })}
      </RowGroup>
    </DataTable>
  )
}

/** What is wrong with a form that was sent, above it. */
export const IssueSummary = ({ issues, reader }: { issues: readonly Issue[]; reader: Reader }) => {
  if (issues.length === 0) return null
  const errors = issues.map(({ detail, pointer }) => ({
    text: detail,
    ...(pointer !== '' && { field: pointer.slice(1) }),
  }))
  return <ErrorSummary title={membersWords(reader.language).wrong} errors={errors} />
}
