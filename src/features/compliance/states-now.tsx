import { Cell, DataTable, HeadCell, Part, Row, RowGroup } from '../../web/components/index.ts'
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
      <DataTable
        layout="plain"
        caption={caption}
        columns={[
          { label: columns.state },
          { label: columns.devices, number: true },
          ...(summary ? [{ label: columns.summary, number: true }] : []),
        ]}
      >
        <RowGroup>
          {told.map((state) => (
            <Row>
              <HeadCell href={`${href}/devices?show=${state}`}>{words.states[state]}</HeadCell>
              <Cell number label={columns.devices}>
                {reader.count(states[state])}
              </Cell>
              {summary && (
                <Cell number label={columns.summary}>
                  {state === 'other' ? '–' : reader.count(summary[state])}
                  {differing.includes(state) && <b> ≠</b>}
                </Cell>
              )}
            </Row>
          ))}
        </RowGroup>
      </DataTable>
    </Part>
  )
}
