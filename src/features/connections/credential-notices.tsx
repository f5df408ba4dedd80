import { ReasonCallout } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { credentialHref } from './at-hand.ts'
import { stepsToTry } from './connection-cells.tsx'
import type { SeenConnection } from './connections.sql.ts'
import { wordsOfCredentials } from './credential.words.ts'
import { expiryStep, nextState } from './expiry.ts'
import { takenOverWords } from './taken-over.ts'
import type { VerificationReport } from './verification-report.sql.ts'

interface NoticesProps {
  connection: SeenConnection
  reader: Reader
  /** The newest report of a check. */
  report: VerificationReport | null
}

/** What the page of a connection says of its credentials ahead of time; nothing while there is nothing to say. */
export const CredentialNotices = (props: NoticesProps) => {
  if (props.connection.facts.type === 'platform' || props.connection.tenant.state === 'archived') return null
  return (
    <div class="mt-3 grid gap-3">
      <TakenOverNotice {...props} />
      <NextNotice {...props} />
      <EndNotice {...props} />
    </div>
  )
}

/** A new credential that took over in the last check; nothing once the next check is done. */
const TakenOverNotice = ({ connection, reader, report }: NoticesProps) => {
  const isLast = report !== null && report.runId === connection.lastCheckRunId
  const told = isLast && takenOverWords(report, connection.id, reader)
  if (!told || connection.facts.credential.kind === 'missing') return null
  return (
    <ReasonCallout
      id="taken-over"
      mark="succeeded"
      title={told.title}
      why={told.why}
      nextSteps={[told.see]}
    />
  )
}

/** A new credential that waits to be tried, was refused, or has expired before it was ever accepted. */
const NextNotice = ({ connection, reader }: NoticesProps) => {
  const { notice, ...words } = wordsOfCredentials(reader.language)
  const { at, id, next } = connection
  if (!next) return null
  const state = nextState(next, at)
  const see = { kind: 'link', text: notice.see, href: credentialHref(id) } as const
  const check = stepsToTry(connection, reader)
  const why = {
    waits: words.nextUntriedWhy,
    rejected: next.rejectedAt ? notice.rejectedWhy(reader.ago(new Date(next.rejectedAt))) : '',
    expired: words.nextExpiredWhy,
  }
  const nextSteps = { waits: [...check, see], rejected: [see, ...check], expired: [see] }
  return (
    <ReasonCallout
      id="next-credential"
      mark={state === 'waits' ? 'check_first' : 'blocked'}
      title={notice[state][next.kind]}
      why={why[state]}
      nextSteps={nextSteps[state]}
    />
  )
}

const MARK_OF_STEP = { calm: 'waiting', warning: 'check_first', urgent: 'failed' } as const

/** The end of the credential in use, told ahead of time. */
const EndNotice = ({ connection, reader }: NoticesProps) => {
  const { notice } = wordsOfCredentials(reader.language)
  const { at, facts, id, next } = connection
  if (facts.credential.kind === 'missing') return null
  const { expiresAt, form, rejectedAt } = facts.credential
  const step = rejectedAt === null ? expiryStep(expiresAt, at) : null
  if (step === null || expiresAt === null) return null
  const why = notice.endsWhy(reader.say.time(expiresAt))
  return (
    <ReasonCallout
      id="credential-end"
      mark={MARK_OF_STEP[step]}
      title={notice.ends[form](reader.ago(new Date(expiresAt), at))}
      why={next && nextState(next, at) === 'waits' ? `${why} ${notice.endsNextWaits}` : why}
      nextSteps={[{ kind: 'link', text: next ? notice.see : notice.renew, href: credentialHref(id) }]}
    />
  )
}
