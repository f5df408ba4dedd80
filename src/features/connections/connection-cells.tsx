import { type Capability, roleMay, rolesWith } from '../../access/index.ts'
import { nextStepsFor, type Reason, wordsFor } from '../../engine/reasons/index.ts'
import type { ConnectionFacts } from '../../providers/index.ts'
import { Badge, type NextStep, Time } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import type { SeenConnection } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'
import { wordsOfCredentials } from './credential.words.ts'
import { expiryStep, nextState, TONE_OF_STEP } from './expiry.ts'

/** The way out of a reason at a connection, as far as the reader's role there goes. */
export function stepsOut(
  reason: Reason,
  { id, tenant }: SeenConnection,
  { language, say }: Reader,
): NextStep[] {
  const context = {
    directoryId: tenant.directoryId,
    connectionId: id,
    runId: null,
    may: (capability: Capability) => roleMay(tenant.role, capability),
  }
  return nextStepsFor(reason, context, language, say).map(({ href, label }) =>
    href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
  )
}

/** The way to find out whether a new credential works. */
export const stepsToTry = (connection: SeenConnection, reader: Reader): NextStep[] =>
  stepsOut({ code: 'provider_evidence_missing' }, connection, reader)

/** The words of a reason for its reader. */
export const reasonWords = (reason: Reason, { language, say }: Reader) => wordsFor(reason, language, say)

/** Who can do what this reader may not: "This needs one of the roles Manager or Owner." */
export function whoCan(capability: Capability, { language }: Reader): string {
  const roles = rolesWith(capability).map((role) => webWords(language).roles[role])
  return connectionsWords(language).who(new Intl.ListFormat(language, { type: 'disjunction' }).format(roles))
}

/** How a connection proves itself: "Client secret", and until when. */
export function credentialWords(
  { at, facts: { credential, type }, isUntried }: SeenConnection,
  { language, say }: Reader,
): { value: string; detail?: string; isOver: boolean } {
  const words = connectionsWords(language)
  if (type === 'platform') return { value: words.central, isOver: false }
  if (credential.kind === 'missing') return { value: words.noCredential, isOver: true }
  const { detail, isOver } = lifeOf(credential, at, words, say)
  return {
    value: words.kinds[credential.form],
    detail: isUntried && !isOver ? `${detail}, ${words.untried}` : detail,
    isOver,
  }
}

function lifeOf(
  { expiresAt, rejectedAt }: Extract<ConnectionFacts['credential'], { kind: 'present' }>,
  at: Date,
  words: ReturnType<typeof connectionsWords>,
  say: Reader['say'],
) {
  if (rejectedAt !== null) return { detail: words.rejected(say.date(rejectedAt)), isOver: true }
  if (expiresAt === null) return { detail: words.noExpiry, isOver: false }
  const isOver = new Date(expiresAt) <= at
  const date = say.date(expiresAt)
  return { detail: isOver ? words.expired(date) : words.expires(date), isOver }
}

/** What is to be known of the credentials ahead of time: an end that is near, a new one that waits or was refused. */
export const CredentialMarks = ({ connection, reader }: { connection: SeenConnection; reader: Reader }) => {
  const { listed } = wordsOfCredentials(reader.language)
  const { at, facts, next } = connection
  const expiresAt = facts.credential.kind === 'present' ? facts.credential.expiresAt : null
  const step = facts.type === 'dedicated' ? expiryStep(expiresAt, at) : null
  return (
    <>
      {step !== null && expiresAt !== null && (
        <Badge tone={TONE_OF_STEP[step]}>{listed.ends(reader.ago(new Date(expiresAt), at))}</Badge>
      )}{' '}
      {next && (
        <Badge tone={nextState(next, at) === 'waits' ? 'live' : 'act'}>{listed[nextState(next, at)]}</Badge>
      )}
    </>
  )
}

interface AgoProps {
  at: Date
  reader: Reader
  /** What is said around the age: "Checked 12 minutes ago". */
  say?: (ago: string) => string
}

/** A moment as an age, with the exact one behind it. */
export const Ago = ({ at, reader, say = (ago) => ago }: AgoProps) => (
  <Time at={at} exact={reader.exact(at)}>
    {say(reader.ago(at))}
  </Time>
)
