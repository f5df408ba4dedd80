import { Cell, DataTable, HeadCell, Part, Row, RowGroup } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { Moment } from '../tenant-lists/index.ts'
import type { SeenDevice } from './devices.sql.ts'
import type { DeviceWords } from './devices.words.ts'

interface DeviceHistoryProps {
  changes: SeenDevice['changes']
  words: DeviceWords
  reader: Reader
}

/** What became of the state of one device, as snapshots found it. */
export const DeviceHistory = ({ changes, reader, words }: DeviceHistoryProps) => {
  const { caption, columns, none, title } = words.history
  return (
    <Part id="history" title={title}>
      {changes.length === 0 ? (
        <p class="text-ui text-ink-2">{none}</p>
      ) : (
        <DataTable
          layout="plain"
          caption={caption}
          columns={[columns.at, columns.from, columns.to, columns.by].map((label) => ({ label }))}
        >
          <RowGroup>
            {changes.map(({ at, before, runId, state }) => (
              <Row>
                <HeadCell>
                  <Moment at={at} reader={reader} />
                </HeadCell>
                <Cell label={columns.from}>{words.states[before]}</Cell>
                <Cell label={columns.to}>{words.states[state]}</Cell>
                <Cell label={columns.by}>
                  {runId !== null && (
                    <a class="link" href={runHref(runId)}>
                      {webWords(reader.language).operationNumber(runId)}
                    </a>
                  )}
                </Cell>
              </Row>
            ))}
          </RowGroup>
        </DataTable>
      )}
    </Part>
  )
}
