import { LONGEST_KEY_NAME, ROLES, type Role } from '../../access/index.ts'
import { Button, ErrorSummary, SelectField, TextField, TickField } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import type { TenantInSight } from './api-keys.sql.ts'
import { apiKeysWords } from './api-keys.words.ts'
import { type KeyField, type KeyFlaws, MOST_DAYS, type TypedKey, tickOf } from './new-key.ts'

interface KeyFormProps {
  reader: Reader
  tenants: readonly TenantInSight[]
  /** The role of whoever makes the key: it can do no more, so nothing above it is offered. */
  ownRole: Role
  typed: TypedKey
  flaws: KeyFlaws
}

const FIELDS: readonly KeyField[] = ['name', 'days', 'mostRole', 'tenants']

/** The form that makes a key, with what was typed and what is wrong with it. */
export const KeyForm = ({ flaws, ownRole, reader, tenants, typed }: KeyFormProps) => {
  const words = apiKeysWords(reader.language)
  const { roles } = webWords(reader.language)
  const errorOf = (field: KeyField) => flaws[field] && words.flaws[flaws[field]]
  const errors = FIELDS.flatMap((field) => {
    const text = errorOf(field)
    return text ? [{ field: `key-${field}`, text }] : []
  })
  const offered = ROLES.slice(0, ROLES.indexOf(ownRole))
  return (
    <form method="post" action="/admin/api-keys" class="form mt-4" novalidate>
      {errors.length > 0 && <ErrorSummary title={words.wrong} errors={errors} />}
      <TextField
        id="key-name"
        name="name"
        label={words.name}
        hint={words.nameHint}
        value={typed.name}
        error={errorOf('name')}
        maxlength={LONGEST_KEY_NAME}
        autocomplete="off"
        required
      />
      <TextField
        id="key-days"
        name="days"
        type="number"
        label={words.days}
        hint={words.daysHint(MOST_DAYS)}
        value={typed.days}
        error={errorOf('days')}
        required
      />
      <SelectField
        id="key-mostRole"
        name="mostRole"
        label={words.mostRole}
        hint={words.mostRoleHint}
        value={typed.mostRole}
        error={errorOf('mostRole')}
        options={[
          { value: '', label: words.asOwner },
          ...offered.map((role) => ({ value: role, label: words.atMost(roles[role]) })),
        ]}
      />
      <TenantChoice typed={typed} tenants={tenants} error={errorOf('tenants')} reader={reader} />
      <div class="form-end">
        <Button look="primary">{words.create}</Button>
      </div>
    </form>
  )
}

interface TenantChoiceProps extends Pick<KeyFormProps, 'reader' | 'tenants' | 'typed'> {
  error: string | undefined
}

/** All tenants, or the ticked ones. */
const TenantChoice = ({ error, reader, tenants, typed }: TenantChoiceProps) => {
  const words = apiKeysWords(reader.language)
  return (
    <fieldset class="grid gap-2" id="key-tenants" tabindex={-1}>
      <legend class="field-label">{words.reach}</legend>
      <TickField
        id="key-reach-all"
        name="reach"
        value="all"
        only
        checked={typed.tenants === null}
        label={words.allTenants}
      />
      <TickField
        id="key-reach-selected"
        name="reach"
        value="selected"
        only
        checked={typed.tenants !== null}
        label={words.onlyThese}
        hint={words.onlyTheseHint}
        error={error}
      />
      <div class="box p-3 grid gap-2 max-h-64 overflow-y-auto">
        {tenants.length === 0 && <span class="text-ink-2">{words.noneInSight}</span>}
        {tenants.map(({ directoryId, name }) => (
          <TickField
            id={`key-${directoryId}`}
            name={tickOf(directoryId)}
            value="yes"
            checked={typed.tenants?.includes(directoryId) ?? false}
            label={name}
          />
        ))}
      </div>
    </fieldset>
  )
}
