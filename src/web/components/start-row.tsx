import type { Child } from 'hono/jsx'
import { Button, LinkButton, WhyNot } from './button.tsx'
import { Forecast, type ForecastWords, isHeld } from './forecast.tsx'
import { HiddenFields, type HiddenValues } from './hidden-fields.tsx'

/** A verb with its noun, and one visible word of it for a phone; the spoken name is always whole. */
export interface StartLabel {
  /** "Sync groups" */
  whole: string
  /** "Sync" */
  short?: string
}

export type StartAction =
  | { kind: 'start'; label: StartLabel; href: string; forecast: ForecastWords; hidden?: HiddenValues }
  /** The reader's role does not include it. */
  | { kind: 'denied'; label: StartLabel; why: string }
  /** Not a start yet: leads to where it is prepared, or to the operation under way. */
  | { kind: 'open'; label: StartLabel; href: string; note?: Child; forecast?: ForecastWords }

export interface StartRowProps {
  /** Unique on its page. The answer goes into `#{id}-answer`, the reason stands in `#{id}-reason`. */
  id: string
  /** "Groups" */
  noun: string
  /** "4,118 groups, synced 1 h ago" */
  sub?: Child
  action: StartAction
  /** More about the forecast: a progress bar, or a link to the row that already explains it. */
  more?: Child
  /** Why it would be held. */
  children?: Child
  /** The element that explains a held start, when it stands elsewhere on the page. */
  reasonId?: string
}

/** The list of what can be started here. */
export const StartList = ({ children }: { children: Child }) => <ul class="acts">{children}</ul>

/** One thing to start: what it is, what a click would do, the verb. The answer appears below it, the reason stays. */
export const StartRow = ({ id, noun, sub, action, more, children, reasonId }: StartRowProps) => (
  <li class="act" id={id} tabindex={-1}>
    <div class="a-noun">
      <h3>{noun}</h3>
      {sub && <p class="sub">{sub}</p>}
    </div>
    <div class="a-fore" id={`${id}-forecast`}>
      <BeforeTheClick id={id} action={action} />
      {more && <div class="a-more">{more}</div>}
    </div>
    <div class="a-btn">
      <StartControl id={id} action={action} reasonId={reasonId ?? (children ? `${id}-reason` : undefined)} />
    </div>
    <div class="a-answer" id={`${id}-answer`} aria-live="polite" />
    <div class="a-why" id={`${id}-reason`}>
      {children}
    </div>
  </li>
)

const BeforeTheClick = ({ id, action }: { id: string; action: StartAction }) => {
  if (action.kind === 'denied') return <WhyNot id={`${id}-why`}>{action.why}</WhyNot>
  if (action.kind === 'open' && !action.forecast) return <span class="why-not a-more">{action.note}</span>
  return action.forecast ? <Forecast {...action.forecast} /> : null
}

interface StartControlProps {
  id: string
  action: StartAction
  reasonId: string | undefined
}

const StartControl = ({ id, action, reasonId }: StartControlProps) => {
  if (action.kind === 'start') return <StartForm id={id} action={action} reasonId={reasonId} />
  if (action.kind === 'open') {
    return (
      <LinkButton href={action.href} small>
        <Words label={action.label} />
      </LinkButton>
    )
  }
  return (
    <button type="button" class="btn btn-sm" aria-disabled="true" aria-describedby={`${id}-why`}>
      <Words label={action.label} />
    </button>
  )
}

type StartFormProps = StartControlProps & { action: Extract<StartAction, { kind: 'start' }> }

/** A real form: it posts without a script, and with one its answer is swapped in below. */
const StartForm = ({ id, action, reasonId }: StartFormProps) => {
  const held = isHeld(action.forecast.tone)
  return (
    <form
      id={startFormId(id)}
      method="post"
      action={action.href}
      hx-post={action.href}
      hx-target={`#${id}-answer`}
      hx-swap="innerHTML"
      hx-sync="this:drop"
    >
      <HiddenFields {...(action.hidden && { values: action.hidden })} />
      <Button
        id={`${id}-start`}
        look={held ? 'held' : 'usual'}
        small
        {...(held && reasonId && { describedBy: reasonId })}
      >
        <Words label={action.label} />
      </Button>
    </form>
  )
}

/** The id of a row's form, so that an answer in the row can offer the start once more. */
const startFormId = (id: string) => `${id}-form`

interface StartAgainProps {
  /** The id of the row. */
  id: string
  /** Why now: "The directory is free." */
  why: string
  /** "Sync groups" */
  label: string
}

/** The start of a row once more, inside its answer; only there while a click would queue it. */
export const StartAgain = ({ id, label, why }: StartAgainProps) => (
  <span class="answer-again">
    <span>{why}</span>
    <button type="submit" class="btn btn-sm" form={startFormId(id)}>
      {label}
    </button>
  </span>
)

const Words = ({ label }: { label: StartLabel }) =>
  label.short === undefined ? (
    <span>{label.whole}</span>
  ) : (
    <>
      <span class="md:hidden" aria-hidden="true">
        {label.short}
      </span>
      <span class="max-md:sr-only">{label.whole}</span>
    </>
  )
