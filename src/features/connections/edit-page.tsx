import { roleMay } from '../../access/index.ts'
import { DeniedButton, PageHeader, Part } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionHref } from './at-hand.ts'
import { whoCan } from './connection-cells.tsx'
import { formWords } from './connection-form.words.ts'
import type { ConnectionFlaws, TypedConnection } from './connection-input.ts'
import type { SeenConnection } from './connections.sql.ts'
import { FlawSummary, FormEnd, InputField, SecretFields } from './form-page.tsx'

interface EditPageProps {
  shell: Shell
  reader: Reader
  connection: SeenConnection
  typed: TypedConnection
  /** What is wrong with the form that was sent; the other one is as it is stored. */
  wrong: { form: 'app' | 'credential'; flaws: ConnectionFlaws } | null
}

/** Changes the app of a connection, and its secret. */
export const EditConnectionPage = ({ shell, ...props }: EditPageProps) => {
  const { connection, reader } = props
  const { label } = connection.facts
  const words = formWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.editTitle(label)}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.connections, href: CONNECTIONS },
        { label, href: connectionHref(connection.id) },
        { label: words.editTitle(label) },
      ]}
      at={CONNECTIONS}
    >
      <PageHeader title={words.editTitle(label)} facts={[connection.tenant.name]} />
      <AppForm {...props} />
      <CredentialForm {...props} />
    </Page>
  )
}

type FormProps = Omit<EditPageProps, 'shell'>

const flawsOf = ({ wrong }: FormProps, form: 'app' | 'credential'): ConnectionFlaws =>
  wrong?.form === form ? wrong.flaws : {}

const AppForm = (props: FormProps) => {
  const { connection, reader, typed } = props
  const words = formWords(reader.language)
  const fields = { reader, typed, flaws: flawsOf(props, 'app') }
  return (
    <Part id="app" title={words.app}>
      {roleMay(connection.tenant.role, 'tenant.providers.manage') ? (
        <form class="form" method="post" action={connectionHref(connection.id)} novalidate>
          <p class="text-ui text-ink-2">{words.appLead}</p>
          <FlawSummary {...fields} />
          <InputField {...fields} name="label" />
          <InputField {...fields} name="clientId" />
          <InputField {...fields} name="directoryId" />
          <FormEnd cancelHref={connectionHref(connection.id)} reader={reader}>
            {words.save}
          </FormEnd>
        </form>
      ) : (
        <DeniedButton id="save" why={whoCan('tenant.providers.manage', reader)}>
          {words.save}
        </DeniedButton>
      )}
    </Part>
  )
}

const CredentialForm = (props: FormProps) => {
  const { connection, reader } = props
  const words = formWords(reader.language)
  return (
    <Part id="credential" title={words.credential}>
      {connection.facts.type === 'platform' ? (
        <p class="text-ui text-ink-2">{words.central}</p>
      ) : (
        <SecretForm {...props} />
      )}
    </Part>
  )
}

const SecretForm = (props: FormProps) => {
  const { connection, reader, typed } = props
  const words = formWords(reader.language)
  const fields = { reader, typed, flaws: flawsOf(props, 'credential') }
  if (!roleMay(connection.tenant.role, 'tenant.credentials.rotate'))
    return (
      <DeniedButton id="replace" why={whoCan('tenant.credentials.rotate', reader)}>
        {words.replace}
      </DeniedButton>
    )
  return (
    <form class="form" method="post" action={`${connectionHref(connection.id)}/credential`} novalidate>
      <p class="text-ui text-ink-2">{words.credentialLead}</p>
      <FlawSummary {...fields} />
      <SecretFields {...fields} />
      <FormEnd cancelHref={connectionHref(connection.id)} look="usual" reader={reader}>
        {words.replace}
      </FormEnd>
    </form>
  )
}
