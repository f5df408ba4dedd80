import type { Child } from 'hono/jsx'
import { LONGEST_PEM } from '../../providers/index.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  LinkButton,
  LongTextField,
  PageHeader,
  SelectField,
  Tabs,
  TextField,
  TickField,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionsOfHref, newConnectionHref } from './at-hand.ts'
import { formWords } from './connection-form.words.ts'
import type { ConnectionField, ConnectionFlaws, CredentialWay, TypedConnection } from './connection-input.ts'
import type { SeenTenant } from './connections.sql.ts'
import { wordsOfCredentials } from './credential.words.ts'

interface FieldsProps {
  reader: Reader
  typed: TypedConnection
  flaws: ConnectionFlaws
}

interface NewPageProps extends FieldsProps {
  shell: Shell
  /** The tenant that was named in the address; otherwise one of `tenants` is chosen. */
  tenant: SeenTenant | null
  tenants: readonly SeenTenant[]
  /** Whether the installation has a central app to choose. */
  hasCentralApp: boolean
}

/** The form that adds a connection, with what was typed and what is wrong with it; never with a secret. */
export const NewConnectionPage = ({ hasCentralApp, shell, tenant, tenants, ...fields }: NewPageProps) => {
  const { reader, typed } = fields
  const isCentral = typed.type === 'platform'
  const words = formWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.newTitle}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.connections, href: CONNECTIONS },
        { label: words.newTitle },
      ]}
      at={CONNECTIONS}
    >
      <PageHeader
        title={words.newTitle}
        lead={isCentral ? words.choice.platformLead : words.newLead}
        {...(tenant && { facts: [tenant.name] })}
      />
      {hasCentralApp && <AppChoice reader={reader} tenant={tenant} isCentral={isCentral} />}
      {tenants.length === 0 && !tenant ? (
        <div class="mt-6">
          <EmptyState title={words.noTenants.title} text={words.noTenants.text}>
            <LinkButton href="/admin/tenants/new">{words.noTenants.add}</LinkButton>
          </EmptyState>
        </div>
      ) : (
        <form
          class="form mt-6"
          method="post"
          action={tenant ? connectionsOfHref(tenant.directoryId) : CONNECTIONS}
          novalidate
        >
          <FlawSummary {...fields} />
          {tenant ? (
            <input type="hidden" name="tenant" value={tenant.directoryId} />
          ) : (
            <TenantField {...fields} tenants={tenants} />
          )}
          <NewConnectionFields {...fields} />
          <FormEnd cancelHref={tenant ? connectionsOfHref(tenant.directoryId) : CONNECTIONS} reader={reader}>
            {isCentral ? words.choice.platformCreate : words.create}
          </FormEnd>
        </form>
      )}
    </Page>
  )
}

/** What is asked of a new connection: a label for the central app, and app and credential of any other. */
export const NewConnectionFields = (fields: FieldsProps) => (
  <>
    <InputField {...fields} name="label" autofocus={Object.keys(fields.flaws).length === 0} />
    {fields.typed.type === 'platform' ? (
      <input type="hidden" name="type" value="platform" />
    ) : (
      <>
        <InputField {...fields} name="clientId" />
        <InputField {...fields} name="directoryId" />
        <ProofFields {...fields} />
      </>
    )}
  </>
)

/** Whose app it is to be; the two need different things. */
const AppChoice = ({
  isCentral,
  reader,
  tenant,
}: Pick<NewPageProps, 'reader' | 'tenant'> & { isCentral: boolean }) => {
  const { choice } = formWords(reader.language)
  const href = newConnectionHref(tenant?.directoryId ?? null)
  return (
    <Tabs
      label={choice.label}
      tabs={[
        { href, label: choice.dedicated, current: !isCentral },
        { href: `${href}${tenant ? '&' : '?'}type=platform`, label: choice.platform, current: isCentral },
      ]}
    />
  )
}

const TenantField = ({ flaws, reader, tenants, typed }: FieldsProps & { tenants: readonly SeenTenant[] }) => {
  const words = formWords(reader.language)
  return (
    <SelectField
      id="tenant"
      name="tenant"
      {...words.fields.tenant}
      value={typed.tenant}
      error={flaws.tenant && words.flaws[flaws.tenant]}
      required
      options={[
        { value: '', label: words.chooseTenant },
        ...tenants.map(({ directoryId, name }) => ({ value: directoryId, label: name })),
      ]}
    />
  )
}

/** What is wrong with the fields, above them; nothing while nothing is. */
export const FlawSummary = ({ flaws, reader }: Pick<FieldsProps, 'flaws' | 'reader'>) => {
  const words = formWords(reader.language)
  const errors = Object.entries(flaws).map(([field, flaw]) => ({ field, text: words.flaws[flaw] }))
  return errors.length > 0 ? <ErrorSummary title={words.summary(errors.length)} errors={errors} /> : null
}

const LONGEST: Readonly<Record<Exclude<ConnectionField, 'tenant' | 'type' | 'pem' | 'way'>, number>> = {
  label: 200,
  clientId: 60,
  directoryId: 60,
  expiresOn: 10,
  clientSecret: 1000,
}

type InputName = 'label' | 'clientId' | 'directoryId'

interface InputFieldProps extends FieldsProps {
  name: InputName
  autofocus?: boolean
}

/** One text field of a connection. */
export const InputField = ({ autofocus = false, flaws, name, reader, typed }: InputFieldProps) => {
  const words = formWords(reader.language)
  const flaw = flaws[name]
  return (
    <TextField
      id={name}
      name={name}
      {...words.fields[name]}
      value={typed[name]}
      error={flaw && words.flaws[flaw]}
      required={name !== 'directoryId'}
      maxlength={LONGEST[name]}
      autocomplete="off"
      spellcheck={name === 'label'}
      autofocus={autofocus}
    />
  )
}

/** How the app is to prove itself: each way with its own fields below it, of which only the chosen one's count. */
const ProofFields = (props: FieldsProps) => {
  const words = wordsOfCredentials(props.reader.language)
  const { hints } = formWords(props.reader.language)
  const way = (name: CredentialWay) => (
    <TickField
      id={`way-${name}`}
      name="way"
      value={name}
      only
      label={words.ways[name]}
      hint={hints[name]}
      checked={props.typed.way === name}
    />
  )
  return (
    <fieldset class="ways grid gap-4">
      <legend class="field-label">{words.choose}</legend>
      {way('secret')}
      <div class="of-way of-secret">
        <SecretFields {...props} />
      </div>
      {way('certificate')}
      <div class="of-way of-certificate">
        <PemFields {...props} />
      </div>
      {way('made')}
    </fieldset>
  )
}

/** A certificate with its private key, always empty. */
export const PemFields = ({ flaws, reader }: Pick<FieldsProps, 'flaws' | 'reader'>) => {
  const words = formWords(reader.language)
  return (
    <>
      <LongTextField
        id="pem"
        name="pem"
        {...words.fields.pem}
        error={flaws.pem && words.flaws[flaws.pem]}
        maxlength={LONGEST_PEM}
      />
      <p class="file-pick">
        <label class="field-label" for="pem-file">
          {wordsOfCredentials(reader.language).chooseFile}
        </label>
        <input id="pem-file" type="file" accept=".pem,.crt,.cer,.key,.txt" data-fills="pem" />
      </p>
    </>
  )
}

/** The secret, always empty, and the day on which it expires. */
export const SecretFields = ({ flaws, reader, typed }: FieldsProps) => {
  const words = formWords(reader.language)
  return (
    <>
      <TextField
        id="clientSecret"
        name="clientSecret"
        type="password"
        {...words.fields.clientSecret}
        error={flaws.clientSecret && words.flaws[flaws.clientSecret]}
        required={typed.way === 'secret'}
        maxlength={LONGEST.clientSecret}
        autocomplete="off"
        spellcheck={false}
      />
      <TextField
        id="expiresOn"
        name="expiresOn"
        type="date"
        {...words.fields.expiresOn}
        value={typed.expiresOn}
        error={flaws.expiresOn && words.flaws[flaws.expiresOn]}
      />
    </>
  )
}

interface FormEndProps {
  reader: Reader
  cancelHref: string
  children: Child
}

/** The end of a form: its one filled button, and the way back. */
export const FormEnd = ({ cancelHref, children, reader }: FormEndProps) => (
  <div class="form-end">
    <Button look="primary">{children}</Button>
    <LinkButton href={cancelHref} look="quiet">
      {formWords(reader.language).cancel}
    </LinkButton>
  </div>
)
