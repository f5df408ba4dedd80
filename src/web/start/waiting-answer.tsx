import type { Child } from 'hono/jsx'
import { type PersonalActor, roleMay } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import { nextStepsFor, parseReason, wordsFor } from '../../engine/reasons/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import { Answer, Button, type NextStep, NextStepLink, StateNow } from '../components/index.ts'
import type { Reader } from '../reader.ts'
import { webWords } from '../words.ts'
import { heldBy } from './holder.tsx'
import { waitingWords } from './waiting.words.ts'
import { runHref } from './wire.ts'
import { waitingHref } from './wire-waiting.ts'

export interface WaitingProps {
  waiting: SeenWaiting
  actor: PersonalActor
  reader: Reader
  /** It takes the place of the answer whose button was pressed. */
  takesFocus?: boolean
  /** It stands on its own page, which needs no link to itself. */
  onItsPage?: boolean
}

/** A waiting start as an answer: its place while it waits, then what came of it. */
export const WaitingAnswer = (props: WaitingProps) => {
  const { reader, waiting } = props
  if (waiting.state === 'waiting') return <InLine {...props} />
  if (waiting.state === 'refused') return <Refused {...props} />
  const words = waitingWords(reader.language)
  const { answers } = webWords(reader.language)
  if (waiting.state === 'cancelled' || waiting.state === 'skipped' || !waiting.run) {
    const when = reader.say.time(waiting.endedAt ?? waiting.since)
    const left = waiting.state === 'skipped' ? 'skipped' : 'cancelled'
    return (
      <Answer
        kind="cancelled"
        takesFocus={props.takesFocus ?? false}
        word={`${words.states[left]}.`}
        sentence={words[left](waiting.cancelledBy ?? '', when)}
      />
    )
  }
  const title = titleOf(props)
  const { id } = waiting.run
  const isOwn = waiting.state === 'started'
  return (
    <Answer
      kind={isOwn ? 'accepted' : 'deduped'}
      word={`${isOwn ? words.states.started : answers.deduped}.`}
      sentence={isOwn ? words.started(title, waiting.tenant.name, id) : words.joined(title, id)}
      meta={askedBy(props)}
      open={openRun(id, reader)}
      follows={`${runHref(id)}?part=state`}
    />
  )
}

const InLine = (props: WaitingProps) => {
  const { reader, waiting } = props
  const words = waitingWords(reader.language)
  return (
    <Answer
      kind="waiting"
      takesFocus={props.takesFocus ?? false}
      word={`${words.states.waiting}.`}
      sentence={words.startsByItself(titleOf(props), waiting.tenant.name)}
      meta={askedBy(props)}
      {...(!props.onItsPage && { open: { href: waitingHref(waiting.id), text: words.open } })}
    >
      <PlaceNow {...props} />
      {waiting.isFollowed && <p class="sub">{words.followed(waiting.person.name)}</p>}
      <StopWaiting {...props} />
    </Answer>
  )
}

/** Its place and what it waits for, asked again and again; once it waits no longer, the answer is replaced. */
export const PlaceNow = ({ reader, waiting }: WaitingProps) => {
  const words = waitingWords(reader.language)
  return (
    <StateNow href={`${waitingHref(waiting.id)}?part=answer`}>
      <span class="sub">{[words.place(waiting.place ?? 1), waitsFor(waiting, reader)].join(' · ')}</span>
    </StateNow>
  )
}

/** What a start waits for: the run in the way, the step before it, or just its turn. */
export function waitsFor(waiting: SeenWaiting, reader: Reader): string {
  const words = waitingWords(reader.language)
  if (waiting.isHeld) return heldBy({ holder: waiting.holder, reader })
  return waiting.waitsInBootstrap ? words.inBootstrap : words.free
}

const Refused = (props: WaitingProps) => {
  const { reader, waiting } = props
  const { language, say } = reader
  const words = waitingWords(language)
  const reason = parseReason(waiting.reason)
  const said = reason && wordsFor(reason, language, say)
  return (
    <Answer
      kind="blocked"
      word={`${words.states.refused}${said ? `: ${said.label}` : ''}.`}
      sentence={`${words.refused} ${said?.explanation ?? ''}`}
      meta={askedBy(props)}
      nextSteps={stepsOf(props)}
      {...(waiting.run && { open: openRun(waiting.run.id, reader) })}
    />
  )
}

function stepsOf({ reader, waiting }: WaitingProps): NextStep[] {
  const reason = parseReason(waiting.reason)
  if (!reason) return []
  const context = {
    directoryId: waiting.tenant.directoryId,
    connectionId: waiting.connectionId,
    runId: waiting.run?.id ?? null,
    may: (capability: Parameters<typeof roleMay>[1]) => roleMay(waiting.role, capability),
  }
  return nextStepsFor(reason, context, reader.language, reader.say).map(({ href, label }) =>
    href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
  )
}

/**
 * Ends the waiting, for the person whose it is and for those who may cancel operations there; of a step of a bootstrap
 * the way to its session, where it can be left out.
 */
export const StopWaiting = ({ inAnswer = true, ...props }: WaitingProps & { inAnswer?: boolean }): Child => {
  const { actor, reader, waiting } = props
  const words = waitingWords(reader.language)
  if (waiting.sessionId !== null && roleMay(waiting.role, 'workspace.onboarding.manage'))
    return <NextStepLink href={`/admin/onboarding/${waiting.sessionId}`} text={words.openOnboarding} />
  if (!mayStopWaiting(waiting, actor)) return null
  const href = `${waitingHref(waiting.id)}/cancel`
  return (
    <form method="post" action={href} {...(inAnswer ? replacesAnswer(href) : { class: 'mt-1' })}>
      <Button small>
        <span aria-hidden="true">{words.cancel}</span>
        <span class="sr-only">{words.cancelIt(titleOf(props), waiting.tenant.name)}</span>
      </Button>
    </form>
  )
}

const replacesAnswer = (href: string) => ({
  'hx-post': href,
  'hx-target': 'closest .answer',
  'hx-swap': 'outerHTML',
  'hx-sync': 'this:drop',
})

/** Whether somebody may end the waiting: a person their own, and everybody what they may cancel there; no bootstrap's step. */
export const mayStopWaiting = (
  { person, role, sessionId }: SeenWaiting,
  { kind, userId }: PersonalActor,
): boolean =>
  sessionId === null &&
  ((kind === 'user' && person.id === userId) || roleMay(role, 'tenant.operations.cancel'))

const titleOf = ({ reader, waiting }: WaitingProps) =>
  definitionOf(waiting.operation).words[reader.language].title

const askedBy = ({ reader, waiting }: WaitingProps) =>
  waitingWords(reader.language).asked(waiting.person.name, reader.say.time(waiting.since))

const openRun = (id: number, { language }: Reader) => ({
  href: runHref(id),
  text: webWords(language).openOperationNumber(id),
})
