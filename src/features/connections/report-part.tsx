import { type Role, roleMay } from '../../access/index.ts'
import { nextStepsFor, wordsFor } from '../../engine/reasons/index.ts'
import { type CheckResult, Part, Report, type ReportCheck } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { reportWords } from './report.words.ts'
import { usesWords } from './uses-words.ts'
import type { VerificationReport } from './verification-report.sql.ts'
import type { VerificationCheck } from './verification-report.ts'

interface ReportPartProps {
  report: VerificationReport
  /** What the report is about, for the links of its remedies. */
  run: { id: number; directory_id: string; connection_id: number | null }
  role: Role
  reader: Reader
}

/** The report of a check: one line per fact, with the remedy inside the line that did not pass. */
export const VerificationReportPart = ({ reader, report, role, run }: ReportPartProps) => {
  const words = reportWords(reader.language)
  const passed = report.checks.filter(({ status }) => status === 'passed').length
  const since = report.changedSince && reader.say.time(report.changedSince.toISOString())
  return (
    <Part
      id="report"
      title={words.title}
      lead={`${words.lead(passed, report.checks.length)}${since ? ` ${words.since(since)}` : ''}`}
    >
      <Report checks={report.checks.map((check) => rowOf(check, { reader, report, role, run }))} />
    </Part>
  )
}

function rowOf(check: VerificationCheck, { reader, role, run }: ReportPartProps): ReportCheck {
  const words = reportWords(reader.language)
  const { language, say } = reader
  const row = {
    result: resultOf(check),
    name: check.permission ?? words.subjects[check.subject],
    code: check.permission !== undefined,
    usedFor: usesWords({ requiredBy: check.usedBy, partsOf: check.partsOf ?? [] }, reader),
    word: words.results[check.subject === 'permission' ? 'permission' : 'fact'][check.status],
  }
  if (!check.reason) return row
  const { explanation } = wordsFor(check.reason, language, say)
  const steps = nextStepsFor(
    check.reason,
    {
      directoryId: run.directory_id,
      connectionId: run.connection_id,
      runId: run.id,
      may: (capability) => roleMay(role, capability),
    },
    language,
    say,
  )
  const [first] = steps
  return {
    ...row,
    remedy: {
      text: explanation,
      nextSteps: first
        ? [
            first.href
              ? { kind: 'link', text: first.label, href: first.href }
              : { kind: 'sentence', text: first.label },
          ]
        : [],
    },
  }
}

function resultOf({ severity, status, subject }: VerificationCheck): CheckResult {
  if (status === 'passed') return 'passed'
  if (status === 'not_checked') return 'skipped'
  if (severity === 'information') return 'warning'
  return subject === 'permission' ? 'missing' : 'failed'
}
