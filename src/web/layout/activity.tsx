import { Mark, Meter, percentOf, polling } from '../components/index.ts'
import type { ActivityItem, ActivityState, ShellWords } from './shell.ts'

const SHOWN = 3

interface ActivityProps {
  activity: ActivityState
  words: Pick<ShellWords, 'workingNow' | 'moreAtWork'>
}

/** Work under way in this workspace; asks for itself again, and takes no room while nothing runs. */
export const Activity = ({ activity, words }: ActivityProps) => {
  const shown = activity.items.slice(0, SHOWN)
  const beyond = activity.beyond + activity.items.length - shown.length
  return (
    <nav class="activity" id="activity" aria-label={words.workingNow} {...polling(activity.pollHref, 4)}>
      {shown.length > 0 && (
        <ul>
          {shown.map((item) => (
            <Working {...item} />
          ))}
        </ul>
      )}
      {beyond > 0 && <a href={activity.allHref}>{words.moreAtWork(beyond)}</a>}
    </nav>
  )
}

const Working = ({ href, state, stateWord, operation, tenant, note, progress }: ActivityItem) => (
  <li>
    <a href={href}>
      <Mark name={state} size="small" />
      {note !== stateWord && <span class="sr-only">{stateWord}: </span>}
      <span>
        <span class="activity-name">{operation}</span> · {tenant}
      </span>
      {note && <span class={state === 'likely_stale' ? 'activity-note' : undefined}>{note}</span>}
      {progress && (
        <>
          <Meter state={progress} label={operation} />
          <span>{percentOf(progress.done, progress.total)}%</span>
        </>
      )}
    </a>
  </li>
)
