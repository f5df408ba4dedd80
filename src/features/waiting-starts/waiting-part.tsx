import type { PersonalActor } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import {
  Cell,
  DataTable,
  HeadCell,
  Part,
  Row,
  RowGroup,
  StateBadge,
  Time,
} from '../../web/components/index.ts'
import { type Reader, StopWaiting, waitingHref, waitingWords, waitsFor, webWords } from '../../web/index.ts'

interface WaitingTableProps {
  waiting: readonly SeenWaiting[]
  actor: PersonalActor
  reader: Reader
}

/** The starts that wait, as a small group beside a list of operations; nothing while none does. */
export const WaitingPart = (props: WaitingTableProps) => {
  if (props.waiting.length === 0) return null
  const words = waitingWords(props.reader.language)
  return (
    <Part id="waiting" title={words.group} lead={words.groupLead}>
      <WaitingTable {...props} />
    </Part>
  )
}

/** Waiting starts in rows, first come first: what it is, what it waits for, whose it is. */
export const WaitingTable = ({ actor, reader, waiting }: WaitingTableProps) => {
  const words = waitingWords(reader.language)
  return (
    <DataTable
      layout="operations"
      caption={words.group}
      columns={[
        { label: words.columns.place },
        { label: webWords(reader.language).operation },
        { label: words.columns.tenant },
        { label: words.columns.waitsFor },
        { label: words.columns.asked },
        { label: words.columns.since, number: true },
      ]}
    >
      <RowGroup>
        {waiting.map((one) => (
          <WaitingRow waiting={one} actor={actor} reader={reader} />
        ))}
      </RowGroup>
    </DataTable>
  )
}

const WaitingRow = ({
  actor,
  reader,
  waiting,
}: Omit<WaitingTableProps, 'waiting'> & { waiting: SeenWaiting }) => {
  const words = waitingWords(reader.language)
  const since = new Date(waiting.since)
  return (
    <Row live>
      <Cell at="state">
        <StateBadge state="waiting">{words.place(waiting.place ?? 1)}</StateBadge>
      </Cell>
      <HeadCell at="op" href={waitingHref(waiting.id)}>
        {definitionOf(waiting.operation).words[reader.language].title}
      </HeadCell>
      <Cell at="tenant">
        <a class="link-quiet" href={`/admin/t/${waiting.tenant.directoryId}`}>
          {waiting.tenant.name}
        </a>
      </Cell>
      <Cell at="res">
        {waitsFor(waiting, reader)}
        <StopWaiting waiting={waiting} actor={actor} reader={reader} inAnswer={false} />
      </Cell>
      <Cell at="who">{waiting.person.name}</Cell>
      <Cell at="when" number>
        <Time at={since} exact={reader.exact(since)}>
          {reader.age(since)}
        </Time>
      </Cell>
    </Row>
  )
}
