import { roleMay } from '../../access/index.ts'
import {
  ConfirmArea,
  DeniedButton,
  EmptyState,
  LinkButton,
  PageHeader,
  Part,
  ReasonCallout,
  StartButton,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionHref, credentialHref } from './at-hand.ts'
import { whoCan } from './connection-cells.tsx'
import type { ConnectionFlaws, CredentialWay, TypedConnection } from './connection-input.ts'
import type { SeenConnection } from './connections.sql.ts'
import { wordsOfCredentials } from './credential.words.ts'
import { NewCredential } from './credential-forms.tsx'
import type { StoredCredential } from './credentials.sql.ts'
import { nextState } from './expiry.ts'
import { StoredFacts, UploadSteps } from './stored-credential.tsx'
import { takenOverWords } from './taken-over.ts'
import type { VerificationReport } from './verification-report.sql.ts'

export interface CredentialPageProps {
  reader: Reader
  connection: SeenConnection
  stored: readonly StoredCredential[]
  /** The newest report of a check. */
  report: VerificationReport | null
  way: CredentialWay
  typed: TypedConnection
  flaws: ConnectionFlaws
  /** Whether the reader asked to discard what waits, and has still to confirm. */
  confirming: boolean
}

/** The credentials of a connection: which is in use, which waits for its check, and how to store another. */
export const CredentialPage = ({ shell, ...props }: CredentialPageProps & { shell: Shell }) => {
  const { connection, reader } = props
  const { facts, id, tenant } = connection
  const words = wordsOfCredentials(reader.language)
  const isCentral = facts.type === 'platform'
  return (
    <Page
      shell={shell}
      title={words.title(facts.label)}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.connections, href: CONNECTIONS },
        { label: facts.label, href: connectionHref(id) },
        { label: words.title(facts.label) },
      ]}
      at={CONNECTIONS}
    >
      <PageHeader
        title={words.title(facts.label)}
        lead={isCentral ? words.central : words.lead}
        facts={[tenant.name]}
      />
      {!isCentral && <Credentials {...props} />}
    </Page>
  )
}

const Credentials = (props: CredentialPageProps) => {
  const { connection, reader, stored } = props
  const words = wordsOfCredentials(reader.language)
  const next = stored.find(({ slot }) => slot === 'next')
  return (
    <>
      {next && <Next {...props} next={next} />}
      <InUse {...props} />
      <Part id="store" title={words.store}>
        {roleMay(connection.tenant.role, 'tenant.credentials.rotate') ? (
          <NewCredential {...props} />
        ) : (
          <DeniedButton id="store-denied" why={whoCan('tenant.credentials.rotate', reader)}>
            {words.store}
          </DeniedButton>
        )}
      </Part>
    </>
  )
}

const InUse = ({ connection, reader, report, stored }: CredentialPageProps) => {
  const words = wordsOfCredentials(reader.language)
  const inUse = stored.find(({ slot }) => slot === 'in_use')
  if (!inUse)
    return (
      <Part id="in-use" title={words.inUse}>
        <EmptyState title={words.none} text={words.noneWhy} />
      </Part>
    )
  return (
    <Part id="in-use" title={words.inUse}>
      <ReasonCallout {...stateOf(inUse, connection, reader, report)}>
        {(connection.isUntried || isNotUploaded(inUse, connection)) && (
          <CheckNow id="check-in-use" connection={connection} reader={reader} />
        )}
      </ReasonCallout>
      <StoredFacts connection={connection} stored={inUse} reader={reader} />
      {inUse.kind === 'certificate' && (connection.isUntried || isNotUploaded(inUse, connection)) && (
        <UploadSteps connection={connection} reader={reader} />
      )}
    </Part>
  )
}

/** A certificate that was refused by an app that nothing ever signed in as: its public part is not there yet. */
const isNotUploaded = ({ kind, rejectedAt }: StoredCredential, { facts }: SeenConnection): boolean =>
  kind === 'certificate' && rejectedAt !== null && facts.evidence === null

/** How the credential in use stands, by the rule that a start meets. */
function stateOf(
  stored: StoredCredential,
  connection: SeenConnection,
  reader: Reader,
  report: VerificationReport | null,
) {
  const { expiresAt, rejectedAt } = stored
  const { at, id, isUntried, lastCheckRunId } = connection
  const words = wordsOfCredentials(reader.language)
  if (expiresAt && expiresAt <= at)
    return { mark: 'blocked', title: words.expired(reader.ago(expiresAt)), why: words.rejectedWhy } as const
  if (isNotUploaded(stored, connection))
    return { mark: 'blocked', title: words.notUploaded, why: words.notUploadedWhy } as const
  if (rejectedAt)
    return { mark: 'blocked', title: words.rejected(reader.ago(rejectedAt)), why: words.rejectedWhy } as const
  if (isUntried) return { mark: 'check_first', title: words.untried, why: words.untriedWhy } as const
  const taken = report?.runId === lastCheckRunId ? takenOverWords(report, id, reader) : null
  if (taken) return { mark: 'succeeded', title: taken.title, why: taken.why } as const
  return { mark: 'ready', title: words.accepted, why: words.acceptedWhy } as const
}

const Next = (props: CredentialPageProps & { next: StoredCredential }) => {
  const { confirming, connection, next, reader } = props
  const words = wordsOfCredentials(reader.language)
  const state = nextState(next, connection.at)
  const ago = (moment: Date | null) => reader.ago(moment ?? connection.at)
  const told = {
    expired: { mark: 'blocked', title: words.expired(ago(next.expiresAt)), why: words.nextExpiredWhy },
    rejected: { mark: 'blocked', title: words.rejected(ago(next.rejectedAt)), why: words.nextRejectedWhy },
    waits: { mark: 'check_first', title: words.untried, why: words.nextUntriedWhy },
  } as const
  return (
    <Part id="next" title={words.next}>
      {confirming ? (
        <ConfirmDiscard {...props} />
      ) : (
        <ReasonCallout {...told[state]} size="large">
          <div class="form-end mt-3">
            {state !== 'expired' && <CheckNow id="check-next" connection={connection} reader={reader} />}
            {roleMay(connection.tenant.role, 'tenant.credentials.rotate') && (
              <LinkButton href={`${credentialHref(connection.id)}?confirm=discard#next`} look="quiet">
                {words.discard}
              </LinkButton>
            )}
          </div>
        </ReasonCallout>
      )}
      <StoredFacts connection={connection} stored={next} reader={reader} />
      {next.kind === 'certificate' && <UploadSteps connection={connection} reader={reader} />}
    </Part>
  )
}

const CheckNow = ({
  connection,
  id,
  reader,
}: Pick<CredentialPageProps, 'connection' | 'reader'> & { id: string }) => {
  const { check } = wordsOfCredentials(reader.language)
  if (!roleMay(connection.tenant.role, 'tenant.providers.run_ops'))
    return (
      <DeniedButton id={id} why={whoCan('tenant.providers.run_ops', reader)}>
        {check}
      </DeniedButton>
    )
  return (
    <StartButton id={id} href={`${connectionHref(connection.id)}/actions/provider.connection.check/start`}>
      {check}
    </StartButton>
  )
}

const ConfirmDiscard = ({ connection, reader }: CredentialPageProps) => {
  const { confirm } = wordsOfCredentials(reader.language)
  return (
    <div class="mb-6 grid max-w-md gap-3">
      <ConfirmArea
        id="confirm"
        title={confirm.title}
        sums={[
          { label: confirm.discarded, value: confirm.gone, mark: 'cancelled' },
          { label: confirm.inUse, value: confirm.stays, mark: 'ready' },
        ]}
        href={`${credentialHref(connection.id)}/discard`}
        button={confirm.button}
      />
      <p>
        <LinkButton href={credentialHref(connection.id)} look="quiet">
          {confirm.cancel}
        </LinkButton>
      </p>
    </div>
  )
}
