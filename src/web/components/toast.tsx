import { Icon } from '../look/index.ts'
import { type AnswerKind, Mark, type StateName } from './mark.tsx'
import { NextStepLink } from './next-step.tsx'

export interface ToastProps {
  kind: AnswerKind | StateName
  /** "Scope busy" */
  word: string
  /** "Sync groups is working on Northwind Traders" */
  text: string
  link?: { href: string; text: string }
  /** The name of the closing button. */
  dismiss: string
}

/** Blocked and failed stay until they are dismissed: somebody has to do something. */
const STAYS: ReadonlySet<string> = new Set<AnswerKind | StateName>(['blocked', 'failed'])

/** The same answer in one line. It is never the only place, and it leaves after eight seconds. */
export const Toast = ({ kind, word, text, link, dismiss }: ToastProps) => (
  <div class="note" {...(STAYS.has(kind) && { 'data-stays': '' })}>
    <Mark name={kind} />
    <div>
      <p class="font-medium">{word}</p>
      <p class="text-ink-2">{text}</p>
      {link && (
        <p class="mt-1">
          <NextStepLink {...link} />
        </p>
      )}
    </div>
    <button type="button" class="icon-btn" aria-label={dismiss} data-dismiss>
      <Icon name="close" size="small" />
    </button>
  </div>
)
