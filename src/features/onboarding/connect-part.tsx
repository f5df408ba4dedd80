import type { Child } from 'hono/jsx'
import {
  Button,
  HiddenFields,
  LinkButton,
  Mark,
  NextStepLink,
  Part,
  ReasonCallout,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { connectionHref, credentialHref, type SeenConnection } from '../connections/index.ts'
import { type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

export interface ConnectProps {
  reader: Reader
  facts: SessionFacts
  /** The connections that the tenant has. */
  connections: readonly SeenConnection[]
  hasCentralApp: boolean
}

/** How the tenant is reached: what is chosen, what else there is, and the way to add another. */
export const ConnectPart = (props: ConnectProps) => {
  const { connections, facts, reader } = props
  const words = onboardingWords(reader.language).connect
  const isOpen = facts.state === 'open'
  return (
    <>
      <Decision {...props} />
      {connections.length > 0 && (
        <Part
          id="connections"
          title={words.existing}
          lead={isOpen && facts.connection ? words.change : undefined}
        >
          <ul class="reps">
            {connections.map((connection) => (
              <ConnectionRow {...props} connection={connection} />
            ))}
          </ul>
          {isHeld(facts) && <p class="mt-3 text-ui text-ink-2">{words.held}</p>}
        </Part>
      )}
      {isOpen && !isHeld(facts) && <Further {...props} />}
    </>
  )
}

/** While operations are to come or at work, the connection that they go through stays. */
const isHeld = ({ bootstrap }: SessionFacts) =>
  bootstrap.some(({ state }) => state === 'pending' || state === 'active')

const Decision = ({ connections, facts, reader }: ConnectProps) => {
  const words = onboardingWords(reader.language).connect
  const chosen = facts.connection
  if (!chosen)
    return (
      <ReasonCallout
        size="large"
        mark="check_first"
        title={words.title}
        why={connections.length > 0 ? words.text : words.noneText}
      />
    )
  if (!chosen.isEnabled)
    return (
      <ReasonCallout
        size="large"
        mark="blocked"
        title={words.disabled}
        why={words.disabledText}
        nextSteps={[{ kind: 'link', text: words.open, href: connectionHref(chosen.id) }]}
      />
    )
  const seen = connections.find(({ id }) => id === chosen.id)
  return (
    <ReasonCallout
      size="large"
      mark="ready"
      title={words.done(chosen.label)}
      why={<ToDoThere seen={seen} reader={reader} />}
    >
      {facts.state === 'open' && (
        <p class="mt-3">
          <LinkButton href={sessionHref(facts.id, 'verify')} look="primary">
            {words.continue}
          </LinkButton>
        </p>
      )}
    </ReasonCallout>
  )
}

/** What has to be done in the directory first: consent to the central app, or the upload of a certificate made here. */
const ToDoThere = ({ reader, seen }: { reader: Reader; seen: SeenConnection | undefined }): Child => {
  const words = onboardingWords(reader.language).connect
  if (!seen) return null
  const { consent, credential, type } = seen.facts
  if (type === 'platform' && consent !== 'granted')
    return (
      <>
        {words.consent} <NextStepLink href={`${connectionHref(seen.id)}/consent`} text={words.giveConsent} />
      </>
    )
  const isCertificate = credential.kind === 'present' && credential.form === 'certificate'
  if (isCertificate && seen.isUntried)
    return (
      <>
        {words.certificate} <NextStepLink href={credentialHref(seen.id)} text={words.getCertificate} />
      </>
    )
  return <>{words.types[type]}</>
}

const ConnectionRow = ({ connection, facts, reader }: ConnectProps & { connection: SeenConnection }) => {
  const words = onboardingWords(reader.language).connect
  const { facts: known, id, isDefault } = connection
  const isChosen = facts.connection?.id === id
  const about = [
    words.types[known.type],
    ...(isDefault ? [words.isDefault] : []),
    ...(known.isEnabled ? [] : [words.isDisabled]),
  ]
  return (
    <li class={`rep !items-center ${isChosen ? 'tone-good' : 'tone-rest'}`}>
      <Mark name={isChosen ? 'ready' : 'skipped'} />
      <p class="rep-name">
        <a class="link" href={connectionHref(id)}>
          {known.label}
        </a>
      </p>
      <p class="rep-use">{about.join(', ')}</p>
      <div class="rep-res">
        {isChosen && words.chosen}
        {!isChosen && facts.state === 'open' && !isHeld(facts) && (
          <form method="post" action={`${sessionHref(facts.id)}/connection`}>
            <HiddenFields values={{ version: String(facts.version), connectionId: String(id) }} />
            <Button small>
              <span aria-hidden="true">{words.use}</span>
              <span class="sr-only">{words.useIt(known.label)}</span>
            </Button>
          </form>
        )}
      </div>
    </li>
  )
}

const Further = ({ connections, facts, hasCentralApp, reader }: ConnectProps) => {
  const words = onboardingWords(reader.language).connect
  const href = `${sessionHref(facts.id)}/new-connection`
  const hasCentral = connections.some(({ facts: { type } }) => type === 'platform')
  return (
    <p class="mt-6 flex flex-wrap gap-2">
      <LinkButton href={href} look={connections.length === 0 ? 'primary' : 'usual'}>
        {words.addOwn}
      </LinkButton>
      {hasCentralApp && !hasCentral && (
        <LinkButton href={`${href}?type=platform`}>{words.addCentral}</LinkButton>
      )}
    </p>
  )
}
