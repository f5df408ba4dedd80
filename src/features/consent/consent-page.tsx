import { roleMay } from '../../access/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import {
  Button,
  DeniedButton,
  NextStepLink,
  PageHeader,
  Part,
  ReasonCallout,
  Report,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import {
  CONNECTIONS,
  connectionHref,
  permissionsToGrant,
  reasonWords,
  type SeenConnection,
  usesWords,
  whoCan,
} from '../connections/index.ts'
import type { RecordedConsent } from './consent.sql.ts'
import { CONSENTING_ROLES, type ConsentRefusal } from './consent.ts'
import { type ConsentWords, consentWords } from './consent.words.ts'

export interface ConsentPageProps {
  shell: Shell
  reader: Reader
  connection: SeenConnection
  /** The consent that the connection stands on. */
  consent: RecordedConsent | undefined
  /** Whether the installation can ask for this connection: it has a central app, and it is this one's. */
  canAsk: boolean
  supported: ReadonlySet<OperationCode>
  /** Why the last answer granted nothing, if it has just come. */
  why: ConsentRefusal | null
}

type PartProps = Omit<ConsentPageProps, 'shell'> & { words: ConsentWords }

export const consentHref = (connectionId: number) => `${connectionHref(connectionId)}/consent`

/** What consent is there, how it is asked for, and who can give it. */
export const ConsentPage = ({ shell, ...props }: ConsentPageProps) => {
  const { connection, reader, why } = props
  const { facts, id, tenant } = connection
  const words = consentWords(reader.language)
  const isPlatform = facts.type === 'platform'
  return (
    <Page
      shell={shell}
      title={`${words.title} · ${facts.label}`}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.connections, href: CONNECTIONS },
        { label: facts.label, href: connectionHref(id) },
        { label: words.title },
      ]}
      at={CONNECTIONS}
    >
      <PageHeader title={words.title} facts={[tenant.name, facts.label]} />
      {why && (
        <div class="mt-4" role="alert">
          <ReasonCallout title={words.notTaken} why={words.refusals[why]} />
        </div>
      )}
      <div class="mt-6">
        {isPlatform ? <Decision {...props} words={words} /> : <OwnApp {...props} words={words} />}
      </div>
      {isPlatform && <Story {...props} words={words} />}
    </Page>
  )
}

const Decision = (props: PartProps) => {
  const { canAsk, connection, consent, reader, words } = props
  if (!canAsk) {
    const { cause, explanation, label } = reasonWords({ code: 'platform_identity_missing' }, reader)
    return <ReasonCallout size="large" mark="not_ready" title={label} why={`${explanation} ${cause}`} />
  }
  if (!consent)
    return (
      <ReasonCallout
        size="large"
        mark="not_ready"
        title={words.asked.title}
        why={words.asked.why(connection.tenant.name)}
      >
        <Ask {...props} look="primary" label={words.asked.button} />
      </ReasonCallout>
    )
  const { administrator, directoryRoles, grantedAt } = consent
  return (
    <ReasonCallout
      size="large"
      mark="ready"
      title={words.granted.title}
      why={words.granted.by(administrator, rolesOf(directoryRoles), reader.say.time(grantedAt.toISOString()))}
      nextSteps={[{ kind: 'link', text: words.granted.next, href: `${connectionHref(connection.id)}#check` }]}
    />
  )
}

const Ask = ({
  connection,
  label,
  look,
  reader,
}: PartProps & { look: 'primary' | 'usual'; label: string }) =>
  roleMay(connection.tenant.role, 'tenant.providers.manage') ? (
    <form class="mt-3" method="post" action={consentHref(connection.id)}>
      <Button look={look}>{label}</Button>
    </form>
  ) : (
    <div class="mt-3">
      <DeniedButton id="ask" why={whoCan('tenant.providers.manage', reader)}>
        {label}
      </DeniedButton>
    </div>
  )

/** The names of those roles that may consent. */
const rolesOf = (directoryRoles: readonly string[]): string =>
  directoryRoles.flatMap((id) => CONSENTING_ROLES[id] ?? []).join(', ')

const OwnApp = ({ connection, words }: PartProps) => (
  <ReasonCallout
    size="large"
    mark="check_first"
    title={words.own.title}
    why={words.own.why}
    nextSteps={[
      { kind: 'link', text: words.own.next, href: `${connectionHref(connection.id)}#permissions` },
      { kind: 'link', text: words.granted.next, href: `${connectionHref(connection.id)}#check` },
    ]}
  >
    <Steps steps={words.own.steps} />
  </ReasonCallout>
)

const Story = (props: PartProps) => {
  const { canAsk, consent, reader, supported, words } = props
  const needs = permissionsToGrant([...supported])
  const roles = new Intl.ListFormat(reader.language, { type: 'disjunction' }).format(
    Object.values(CONSENTING_ROLES),
  )
  return (
    <>
      {consent && canAsk && (
        <Part id="again" title={words.granted.againTitle} lead={words.granted.againWhy}>
          <Ask {...props} look="usual" label={words.granted.again} />
        </Part>
      )}
      <Part id="how" title={words.how}>
        <Steps steps={words.steps} />
      </Part>
      <Part id="who" title={words.who}>
        <p class="mt-2 max-w-[38rem] text-ui text-ink-2">{words.whoText(roles)}</p>
      </Part>
      <Part id="asks" title={words.asks} lead={words.asksLead}>
        <Report
          checks={needs.map((need) => ({
            result: 'skipped',
            name: need.permission,
            code: true,
            usedFor: usesWords(need, reader),
            word: '',
          }))}
        />
      </Part>
    </>
  )
}

const Steps = ({ steps }: { steps: readonly string[] }) => (
  <ol class="mt-3 grid max-w-[38rem] list-decimal gap-1 ps-5 text-ui text-ink-2">
    {steps.map((step) => (
      <li>{step}</li>
    ))}
  </ol>
)

/** The moment between here and Microsoft; the browser goes on by itself. */
export const LeavingPage = ({
  address,
  reader,
  shell,
}: {
  address: string
  reader: Reader
  shell: Shell
}) => {
  const words = consentWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.leaving}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.leaving }]}
      at={CONNECTIONS}
    >
      <PageHeader title={words.leaving} lead={words.leavingWhy} />
      <p class="mt-4">
        <NextStepLink href={address} text={words.leavingLink} away />
      </p>
    </Page>
  )
}

/** An answer that nobody here asked for. */
export const NotTakenPage = ({
  reader,
  shell,
  why,
}: {
  reader: Reader
  shell: Shell
  why: ConsentRefusal
}) => {
  const words = consentWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.notTaken}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.title }]}
      at={CONNECTIONS}
    >
      <PageHeader title={words.title} />
      <div class="mt-6">
        <ReasonCallout
          size="large"
          title={words.notTaken}
          why={words.refusals[why]}
          nextSteps={[{ kind: 'link', text: words.back, href: CONNECTIONS }]}
        />
      </div>
    </Page>
  )
}
