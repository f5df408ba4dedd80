import { EmptyState, LinkButton } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { listWords } from './list.words.ts'
import { listHref } from './list-address.ts'
import type { WantedPage } from './list-query.ts'
import type { TenantList } from './tenant-list.ts'

interface EmptyListProps {
  list: TenantList
  href: string
  wanted: WantedPage
  /** Only what begins with what is searched was looked for. */
  onlyBeginnings: boolean
  reader: Reader
}

/** Why a page of a list is empty: nothing was found, the filter leaves none, or the list moved on. */
export const EmptyList = ({ href, list, onlyBeginnings, reader, wanted }: EmptyListProps) => {
  const words = listWords(reader.language)
  const { noMatch } = list.words(reader.language)
  const foundNothing = onlyBeginnings ? words.noneBegins : noMatch.text
  const first = listHref({ href, usual: list.shows[0] }, wanted)
  return (
    <div class="mt-4">
      {wanted.edge ? (
        <EmptyState title={words.beyond.title} text={words.beyond.text}>
          <LinkButton href={first} small>
            {words.beyond.first}
          </LinkButton>
        </EmptyState>
      ) : (
        <EmptyState title={noMatch.title} text={wanted.search ? foundNothing(wanted.search) : noMatch.none}>
          <LinkButton href={href} small>
            {words.clear}
          </LinkButton>
        </EmptyState>
      )}
    </div>
  )
}
