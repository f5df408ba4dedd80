import { Time } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import type { Reading } from './last-reading.sql.ts'
import { listWords } from './list.words.ts'

interface FreshnessProps {
  reading: Reading
  /** How many entries are there. */
  present: number
  /** What found the news, where that is no sync. */
  found?: ((news: string) => string) | undefined
  reader: Reader
}

/** Of when a list is, how many it holds, and what the last sync found. */
export const Freshness = ({ found, present, reader, reading }: FreshnessProps) => {
  const words = listWords(reader.language)
  const { at, counts, isPartial, runId } = reading
  return (
    <>
      <Time at={at} exact={reader.exact(at)}>
        {words.asOf(reader.say.time(at.toISOString()))}, {reader.ago(at)}
      </Time>
      {isPartial && ` · ${words.inPart}`}
      {' · '}
      {words.present(reader.count(present))}
      {runId !== null && (
        <>
          , {(found ?? words.found)(words.news(counts, reader.count))}
          {' · '}
          <a class="link" href={runHref(runId)}>
            {webWords(reader.language).operationNumber(runId)}
          </a>
        </>
      )}
    </>
  )
}
