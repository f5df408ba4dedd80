import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import { heldBackBy } from '../../engine/waiting/index.ts'
import { Button, LinkButton, Part, ReasonCallout, TickField } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { BootstrapLanes } from './bootstrap-lanes.tsx'
import { Paused } from './bootstrap-paused.tsx'
import { isVerified, type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

export interface BootstrapProps {
  reader: Reader
  facts: SessionFacts
  /** What this installation can carry out of what a bootstrap may contain, in its order. */
  offered: readonly OperationCode[]
}

export const bootstrapHref = ({ id }: SessionFacts) => `${sessionHref(id)}/provider-bootstrap/start`

/** What is to be read for the first time: the choice, and then the order of the work. */
export const BootstrapPart = (props: BootstrapProps) => {
  const { facts } = props
  if (facts.bootstrap.length === 0) return facts.state === 'open' ? <Choice {...props} /> : null
  return (
    <>
      {isToDecide(facts) && <Decision {...props} />}
      <BootstrapLanes {...props} />
      {facts.state === 'open' && <NotSelected {...props} />}
    </>
  )
}

const Choice = ({ facts, offered, reader }: BootstrapProps) => {
  const words = onboardingWords(reader.language).bootstrap
  return (
    <>
      <ReasonCallout size="large" mark="ready" title={words.title} why={words.text}>
        <p class="mt-3">
          <ToActivation facts={facts} reader={reader} primary={false} />
        </p>
      </ReasonCallout>
      <form class="form mt-6" method="post" action={bootstrapHref(facts)}>
        <ChosenConnection facts={facts} />
        <fieldset class="grid gap-3">
          <legend class="field-label">{words.select}</legend>
          {offered.map((code) => {
            const { noun, title, usually } = definitionOf(code).words[reader.language]
            return (
              <TickField
                id={`select-${code}`}
                name="selectedOperations"
                value={code}
                label={title}
                hint={`${noun}, ${usually}`}
                checked
              />
            )
          })}
        </fieldset>
        <div class="form-end">
          <Button look="primary">{words.start}</Button>
        </div>
      </form>
    </>
  )
}

/** The connection that the session has chosen, as the form of a bootstrap sends it. */
export const ChosenConnection = ({ facts }: { facts: SessionFacts }) => (
  <input type="hidden" name="providerConnectionId" value={String(facts.connection?.id ?? '')} />
)

const ToActivation = ({ facts, primary, reader }: Omit<BootstrapProps, 'offered'> & { primary: boolean }) =>
  facts.state === 'open' && isVerified(facts) ? (
    <LinkButton href={sessionHref(facts.id, 'activate')} look={primary ? 'primary' : 'usual'}>
      {onboardingWords(reader.language).bootstrap.skipAll}
    </LinkButton>
  ) : null

/** Whether nothing is at work or to come any more. */
const isOver = ({ bootstrap }: SessionFacts) =>
  bootstrap.every(({ state }) => state === 'finished' || state === 'skipped')

/** Nobody decides about a cancelled session, and nothing of it starts by itself. */
const isToDecide = (facts: SessionFacts) =>
  facts.state === 'open' || (facts.state === 'completed' && !isOver(facts))

const Decision = ({ facts, reader }: BootstrapProps) => {
  const words = onboardingWords(reader.language).bootstrap
  const held = heldBackBy(facts.bootstrap)
  if (held) return <Paused step={held} facts={facts} reader={reader} />
  const count = (state: string) => facts.bootstrap.filter((step) => step.state === state).length
  const sums = words.progress({
    done: count('finished'),
    active: count('active'),
    pending: count('pending'),
    skipped: count('skipped'),
  })
  return (
    <ReasonCallout
      size="large"
      mark={isOver(facts) ? 'ready' : 'running'}
      title={isOver(facts) ? words.allDone : words.oneAfterTheOther(sums)}
      why={isOver(facts) ? words.allDoneText(sums) : words.byItself}
    >
      <p class="mt-3">
        <ToActivation facts={facts} reader={reader} primary />
      </p>
    </ReasonCallout>
  )
}

const NotSelected = ({ facts, offered, reader }: BootstrapProps) => {
  const words = onboardingWords(reader.language).bootstrap
  const rest = offered.filter((code) => !facts.bootstrap.some(({ operation }) => operation === code))
  if (rest.length === 0 || !isVerified(facts)) return null
  return (
    <Part id="not-selected" title={words.notSelected}>
      <ul class="reps">
        {rest.map((code) => {
          const { title, usually } = definitionOf(code).words[reader.language]
          return (
            <li class="rep !items-center tone-rest">
              <span />
              <p class="rep-name">{title}</p>
              <p class="rep-use">{usually}</p>
              <form class="rep-res" method="post" action={bootstrapHref(facts)}>
                <ChosenConnection facts={facts} />
                <input type="hidden" name="selectedOperations" value={code} />
                <Button small>
                  <span aria-hidden="true">{words.add}</span>
                  <span class="sr-only">{words.addIt(title)}</span>
                </Button>
              </form>
            </li>
          )
        })}
      </ul>
    </Part>
  )
}
