import type { Child } from 'hono/jsx'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import { type BootstrapStep, didNotEndWell, heldBackBy } from '../../engine/waiting/index.ts'
import { Button, HiddenFields, type Lane, Lanes, Meter, NextStepLink } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

interface LanesProps {
  facts: SessionFacts
  reader: Reader
}

/** Every operation of the bootstrap in its order, with how far it has come and what can be done about it. */
export const BootstrapLanes = ({ facts, reader }: LanesProps) => {
  const words = onboardingWords(reader.language).bootstrap
  return (
    <>
      <div class="mt-6">
        <Lanes label={words.order} lanes={facts.bootstrap.map((step) => laneOf(step, { facts, reader }))} />
      </div>
      {facts.state !== 'cancelled' && facts.bootstrap.some(isPending) && (
        <p class="mt-4 max-w-[66ch] text-ui text-ink-2">{words.ifOneFails}</p>
      )}
    </>
  )
}

function laneOf(step: BootstrapStep, props: LanesProps): Lane {
  const title = titleOf(step.operation, props.reader)
  const shared = { title, children: <AtTheEnd step={step} {...props} /> }
  const { run, state } = step
  if (state === 'active') return { ...shared, mark: 'running', state: <AtWork step={step} {...props} /> }
  if (state === 'skipped') return { ...shared, mark: 'skipped', state: skippedWords(step, props) }
  if (!run?.outcome) return { ...shared, state: pendingWords(step, props) }
  return { ...shared, mark: run.outcome, state: endedWords(run.outcome, step, props) }
}

const titleOf = (operation: OperationCode, { language }: Reader) =>
  definitionOf(operation).words[language].title

const skippedWords = ({ skippedBy }: BootstrapStep, { reader }: LanesProps) =>
  onboardingWords(reader.language).bootstrap.states.skipped(skippedBy ?? '')

const AtWork = ({ reader, step: { operation, run } }: LanesProps & { step: BootstrapStep }) => {
  const { states } = onboardingWords(reader.language).bootstrap
  const isKnown = run?.done != null && run.total != null
  return (
    <>
      {stateOfRun(run, reader, states)}
      {isKnown && (
        <div class="mt-1.5 flex items-center gap-3">
          <Meter
            state={{ kind: 'known', done: run.done ?? 0, total: run.total ?? 0 }}
            label={titleOf(operation, reader)}
          />
          <span class="tnum whitespace-nowrap">
            {reader.count(run.done ?? 0)} / {reader.count(run.total ?? 0)}
          </span>
        </div>
      )}
    </>
  )
}

type States = ReturnType<typeof onboardingWords>['bootstrap']['states']

function stateOfRun(run: BootstrapStep['run'], reader: Reader, states: States): string {
  if (run?.waitsUntil) return states.waits(reader.moment(new Date(run.waitsUntil)))
  return run?.startedAt ? states.running(reader.say.time(run.startedAt)) : states.queued('')
}

/** What a pending step waits for: a decision, the step before it, or the directory. */
function pendingWords(step: BootstrapStep, { facts, reader }: LanesProps): string {
  const { states } = onboardingWords(reader.language).bootstrap
  if (heldBackBy(facts.bootstrap)) return states.held
  const before = facts.bootstrap.slice(0, facts.bootstrap.indexOf(step)).filter(isPending).at(-1)
  if (before) return states.after(titleOf(before.operation, reader))
  return facts.bootstrap.some(({ state }) => state === 'active') ? states.next : states.busy
}

const isPending = ({ state }: BootstrapStep) => state === 'pending'

type Outcome = NonNullable<NonNullable<BootstrapStep['run']>['outcome']>

function endedWords(outcome: Outcome, { run }: BootstrapStep, { reader }: LanesProps): string {
  const words = onboardingWords(reader.language).bootstrap
  if (!run?.startedAt || !run.finishedAt) return words.states[outcome]
  const lasted = reader.lasted(Date.parse(run.finishedAt) - Date.parse(run.startedAt))
  return `${words.states[outcome]} ${words.lasted(lasted)}`
}

/** The way to its operation, and the ways to leave out what is to come. */
const AtTheEnd = ({ facts, reader, step }: LanesProps & { step: BootstrapStep }): Child => {
  const { run, state } = step
  return (
    <>
      {run && (
        <NextStepLink href={runHref(run.id)} text={webWords(reader.language).openOperationNumber(run.id)} />
      )}
      {state === 'pending' && facts.state !== 'cancelled' && (
        <>
          {didNotEndWell(step) && <Leave how="skip" facts={facts} reader={reader} step={step} />}
          <Leave how="drop" facts={facts} reader={reader} step={step} />
        </>
      )}
    </>
  )
}

const Leave = ({ facts, how, reader, step }: LanesProps & { step: BootstrapStep; how: 'skip' | 'drop' }) => {
  const words = onboardingWords(reader.language).bootstrap
  const title = titleOf(step.operation, reader)
  return (
    <form method="post" action={`${sessionHref(facts.id)}/bootstrap/${how}`}>
      <HiddenFields values={{ version: String(facts.version), operation: step.operation }} />
      <Button small look="quiet">
        <span aria-hidden="true">{words[how]}</span>
        <span class="sr-only">{how === 'skip' ? words.skipIt(title) : words.dropIt(title)}</span>
      </Button>
    </form>
  )
}
