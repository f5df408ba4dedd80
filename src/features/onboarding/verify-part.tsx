import type { StartVerdict, TenantForecast } from '../../engine/gate/index.ts'
import {
  LinkButton,
  type MarkName,
  NextStepLink,
  ReasonCallout,
  StartList,
} from '../../web/components/index.ts'
import { type Reader, runHref } from '../../web/index.ts'
import { reasonWords, type VerificationReport, VerificationReportPart } from '../connections/index.ts'
import { OperationRow } from '../tenants/index.ts'
import { isVerified, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

export interface VerifyProps {
  reader: Reader
  facts: SessionFacts
  /** What a check would be answered now, and the ground of that. */
  verdict: StartVerdict
  ground: TenantForecast['ground']
  report: VerificationReport | null
}

const MARKS: Readonly<Record<SessionFacts['verification']['kind'], MarkName>> = {
  none: 'check_first',
  outdated: 'check_first',
  checking: 'running',
  ready: 'ready',
  attention: 'partly_ready',
  blocked: 'not_ready',
}

/** What the check found and what to do about it, the check itself, and its report. */
export const VerifyPart = (props: VerifyProps) => {
  const { facts, ground, reader, report, verdict } = props
  const { connection, tenant } = facts
  return (
    <>
      <Decision {...props} />
      {facts.state === 'open' && (
        <div class="mt-6" id="check">
          <StartList>
            <OperationRow
              operation="provider.connection.check"
              verdict={verdict}
              ground={ground}
              reader={reader}
              href={`${sessionHref(facts.id)}/provider-actions/provider.connection.check/start`}
            />
          </StartList>
        </div>
      )}
      {report && tenant && (
        <VerificationReportPart
          report={report}
          run={{ id: report.runId, directory_id: tenant.directoryId, connection_id: connection?.id ?? null }}
          role={facts.role}
          reader={reader}
        />
      )}
    </>
  )
}

const Decision = ({ facts, reader }: VerifyProps) => {
  const words = onboardingWords(reader.language).verify
  const { verification } = facts
  const { kind } = verification
  const reason = 'reason' in verification ? verification.reason : null
  const said = reason && reasonWords(reason, reader).label
  const checked = 'at' in verification ? words.checked(reader.ago(new Date(verification.at))) : null
  return (
    <ReasonCallout
      size="large"
      mark={MARKS[kind]}
      title={said ? `${words.titles[kind]}: ${said}` : words.titles[kind]}
      why={words.texts[kind]}
    >
      {isVerified(facts) && facts.state === 'open' && (
        <p class="mt-3">
          <LinkButton href={sessionHref(facts.id, 'bootstrap')} look="primary">
            {words.continue}
          </LinkButton>
        </p>
      )}
      {'runId' in verification && (
        <p class="mt-2 flex flex-wrap gap-x-3 text-ui text-ink-2">
          {checked && <span>{checked}</span>}
          <NextStepLink href={runHref(verification.runId)} text={words.follow(verification.runId)} />
        </p>
      )}
    </ReasonCallout>
  )
}
