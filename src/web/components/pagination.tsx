export interface PaginationProps {
  /** "Pages" */
  label: string
  words: { newer: string; older: string }
  newer?: string | undefined
  older?: string | undefined
  /** "14 operations in the last 24 hours" */
  summary?: string
}

/** Newer and older, without page numbers. */
export const Pagination = ({ label, words, newer, older, summary }: PaginationProps) => (
  <nav class="pages" aria-label={label}>
    <p class="sub mr-auto">{summary}</p>
    <Turn href={newer} text={words.newer} />
    <Turn href={older} text={words.older} />
  </nav>
)

const NOT_THERE = { role: 'link', 'aria-disabled': 'true' } as const

/** A page that does not exist keeps its place, so that the other button does not jump under the finger. */
const Turn = ({ href, text }: { href: string | undefined; text: string }) =>
  href === undefined ? (
    <span class="btn btn-sm" {...NOT_THERE}>
      {text}
    </span>
  ) : (
    <a class="btn btn-sm" href={href}>
      {text}
    </a>
  )
