import { Part } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { complianceWords } from './compliance.words.ts'
import { differingStates } from './differing-states.ts'
import type { Snapshot } from './snapshots.sql.ts'
import { STATES } from './states.ts'

interface StatesNowProps {
  /** The address of the page. */
  href: string
  newest: Snapshot
  reader: Reader
}

/** How many devices stand in each state, counted from the devices and by Microsoft, and what to think of a difference. */
export const StatesNow = ({ href, newest, reader }: StatesNowProps) => {
  const { devices, states, summary } = newest
  const words = complianceWords(reader.language)
  const { caption, columns, differs, agrees, missing, title } = words.now
  const differing = summary ? differingStates(states, summary) : []
  const told = STATES.filter((state) => states[state] > 0 || differing.includes(state))
  const note = summary ? (differing.length > 0 ? differs : agrees) : missing
  if (devices === 0 && differing.length === 0) return null
  return (
    <Part id="states" title={title} lead={note}>
      <table class="numbers states-now">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.state}</th>
            <th scope="col" class="num">
              {columns.devices}
            </th>
            {summary && (
              <th scope="col" class="num">
                {columns.summary}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {told.map((state) => (
            <tr>
              <th scope="row" class="!font-normal">
                <a class="link-quiet" href={`${href}/devices?show=${state}`}>
                  {words.states[state]}
                </a>
              </th>
              <td class="num font-medium">{reader.count(states[state])}</td>
              {summary && (
                <td class="num text-ink-2">
                  {differing.includes(state) && <span class="sr-only">{words.now.other} </span>}
                  {differing.includes(state) && <b aria-hidden="true">≠ </b>}
                  {state === 'other' ? '–' : reader.count(summary[state])}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}
