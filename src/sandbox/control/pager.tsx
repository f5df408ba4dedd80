const PER_PAGE = 50

/** A window of fifty on a long list, the nearest there is to the page that was asked for. */
export function pageOf(asked: number, count: number) {
  const pages = Math.max(1, Math.ceil(count / PER_PAGE))
  const current = Math.min(Math.max(Math.floor(asked) || 1, 1), pages)
  return { current, pages, from: (current - 1) * PER_PAGE, to: current * PER_PAGE }
}

interface PagerProps {
  readonly current: number
  readonly pages: number
  /** The query parameter with the number of the page. */
  readonly parameter: string
  /** The heading that a link leads to. */
  readonly anchor: string
  /** Said behind the number, such as how many there are. */
  readonly more?: string
}

/** Earlier, where one is, later; nothing where one page is all there is to say. */
export function Pager({ anchor, current, more = '', pages, parameter }: PagerProps) {
  if (pages === 1 && more === '') return null
  return (
    <p class="row">
      {current > 1 ? <a href={`?${parameter}=${current - 1}#${anchor}`}>Earlier</a> : null}
      <span>
        Page {current} of {pages}
        {more}
      </span>
      {current < pages ? <a href={`?${parameter}=${current + 1}#${anchor}`}>Later</a> : null}
    </p>
  )
}
