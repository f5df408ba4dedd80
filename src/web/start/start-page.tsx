import type { Child } from 'hono/jsx'
import type { Role } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import type { StartOutcome } from '../../engine/gate/index.ts'
import { Answer, type HiddenValues, LinkButton, type NextStep, PageHeader } from '../components/index.ts'
import { type Crumb, Page, type Shell } from '../layout/index.ts'
import type { Reader } from '../reader.ts'
import { webWords } from '../words.ts'
import { type HolderSigns, signsOf } from './holder.tsx'
import { WhenFreeForm } from './when-free-form.tsx'
import { runHref, type WireOutcome, wireOutcome } from './wire.ts'

interface OutcomeProps {
  outcome: StartOutcome
  role: Role
  reader: Reader
  /** What was chosen beside the operation, so that the same start can be asked for again. */
  chosen: HiddenValues
  /** How the work that it names gets on; null where this reader may not know which one that is. */
  holder?: HolderSigns | null
  /** It takes the place of the answer whose button was pressed. */
  takesFocus: boolean
  /** It stands in line already: a scope that is busy needs nothing from the reader. */
  waitsByItself?: boolean
}

/** The page from which something was started, and the places on the way to it. */
export interface CameFrom {
  readonly href: string
  readonly label: string
  readonly crumbs: readonly Crumb[]
  /** The navigation entry that it belongs to. */
  readonly at: string
}

interface AnswerPageProps {
  shell: Shell
  outcome: StartOutcome
  reader: Reader
  from?: CameFrom | undefined
  children: Child
}

/** The answer as a page of its own, for a browser without a script. */
export const AnswerPage = ({ children, outcome, reader, shell, ...props }: AnswerPageProps) => {
  const words = webWords(reader.language)
  const { title } = definitionOf(outcome.operation).words[reader.language]
  const from = props.from ?? tenantPage(outcome, words.nav.tenants)
  return (
    <Page shell={shell} title={title} crumbs={[...from.crumbs, { label: title }]} at={from.at}>
      <PageHeader title={title} lead={outcome.tenant.name} />
      <div class="mt-4">{children}</div>
      <p class="mt-6">
        <LinkButton href={from.href}>{words.backTo(from.label)}</LinkButton>
      </p>
    </Page>
  )
}

function tenantPage({ tenant }: StartOutcome, tenants: string): CameFrom {
  const href = `/admin/t/${tenant.directoryId}`
  const crumbs = [
    { label: tenants, href: '/admin/tenants' },
    { label: tenant.name, href },
  ]
  return { href, label: tenant.name, crumbs, at: '/admin/tenants' }
}

/** The answer, to be swapped in below the control that asked. */
export const OutcomeAnswer = (props: OutcomeProps) => {
  const { chosen, holder, reader, role } = props
  const outcome = asSeen(props)
  const words = webWords(reader.language)
  const wire = wireOutcome(outcome, role, reader)
  const meta = metaOf(outcome, reader)
  const isSeen = holder !== null
  return (
    <Answer
      kind={outcome.kind}
      takesFocus={props.takesFocus}
      word={`${words.answers[outcome.kind]}.`}
      sentence={wire.operatorMessage}
      {...(meta && { meta })}
      nextSteps={shownSteps(wire)}
      {...(isSeen && {
        open: { href: runHref(outcome.run.id), text: words.openOperationNumber(outcome.run.id) },
      })}
      {...(outcome.kind === 'blocked' && { refuses: true })}
      {...(outcome.kind !== 'blocked' && isSeen && { follows: followed(outcome) })}
      {...(holder && { stands: signsOf(holder, reader) })}
    >
      {outcome.kind === 'scope_busy' && !props.waitsByItself && (
        <WhenFreeForm
          directoryId={outcome.tenant.directoryId}
          operation={outcome.operation}
          chosen={chosen}
          reader={reader}
        />
      )}
    </Answer>
  )
}

/** An outcome without the run that it names, where this reader may not know which one that is. */
function asSeen({ holder, outcome }: OutcomeProps): StartOutcome {
  if (holder !== null || (outcome.kind !== 'deduped' && outcome.kind !== 'scope_busy')) return outcome
  return {
    ...outcome,
    reason: { code: outcome.kind === 'deduped' ? 'already_running' : 'scope_busy', holder: null },
  }
}

/** Where an answer learns how its operation goes on; a start that was held by it is named for its end. */
function followed({ kind, operation, run }: StartOutcome): string {
  const wanted = kind === 'scope_busy' ? `&wanted=${operation}` : ''
  return `${runHref(run.id)}?part=state${wanted}`
}

function metaOf(outcome: StartOutcome, { language, say }: Reader): string | null {
  const words = webWords(language)
  if (outcome.kind === 'blocked') return words.recorded(outcome.run.id, outcome.run.tries)
  if (outcome.kind === 'accepted' || !('holder' in outcome.reason) || !outcome.reason.holder) return null
  const { initiatorName, runId, since } = outcome.reason.holder
  return words.heldBy(runId, initiatorName ?? words.system, say.time(since))
}

/** The contract's steps as the page shows them; opening the operation, and waiting for it, have a place of their own. */
function shownSteps({ nextSteps = [], run, status }: WireOutcome): NextStep[] {
  return nextSteps
    .filter(
      ({ actionType, href }) => href !== run?.url && !(status === 'scope_busy' && actionType === 'wait'),
    )
    .map(({ href, label }) =>
      href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
    )
}
