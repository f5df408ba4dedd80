import { roleMay } from '../../access/index.ts'
import { DeniedButton, PageHeader, Part } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionHref } from './at-hand.ts'
import { whoCan } from './connection-cells.tsx'
import { formWords } from './connection-form.words.ts'
import type { ConnectionFlaws, TypedConnection } from './connection-input.ts'
import type { SeenConnection } from './connections.sql.ts'
import { FlawSummary, FormEnd, InputField } from './form-page.tsx'

interface EditPageProps {
  shell: Shell
  reader: Reader
  connection: SeenConnection
  typed: TypedConnection
  flaws: ConnectionFlaws
}

/** Changes the app of a connection. */
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
    </Page>
  )
}

type FormProps = Omit<EditPageProps, 'shell'>

const AppForm = (props: FormProps) => {
  const { connection, flaws, reader, typed } = props
  const words = formWords(reader.language)
  const fields = { reader, typed, flaws }
  const isCentral = connection.facts.type === 'platform'
  return (
    <Part id="app" title={words.app}>
      {roleMay(connection.tenant.role, 'tenant.providers.manage') ? (
        <form class="form" method="post" action={connectionHref(connection.id)} novalidate>
          {!isCentral && <p class="text-ui text-ink-2">{words.appLead}</p>}
          <FlawSummary {...fields} />
          <InputField {...fields} name="label" />
          {!isCentral && (
            <>
              <InputField {...fields} name="clientId" />
              <InputField {...fields} name="directoryId" />
            </>
          )}
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
