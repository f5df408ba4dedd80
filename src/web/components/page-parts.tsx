import type { Child } from 'hono/jsx'

export interface PageHeaderProps {
  title: string
  /** "Operation #1849": quieter beside the title. */
  aside?: Child
  /** The state, once per page. */
  pill?: Child
  /** The first sentence says what is so and what to do. */
  lead?: Child
  /** Short facts in one line, divided by dots. */
  facts?: readonly Child[]
  /** What can be done with the page's subject. */
  children?: Child
}

/** The head of a page: its name, its state, its first sentence. */
export const PageHeader = ({ title, aside, pill, lead, facts = [], children }: PageHeaderProps) => (
  <div class="page-head">
    <div>
      <div class="page-name">
        <h1>
          {title}
          {aside && <span class="aside-name"> {aside}</span>}
        </h1>
        {pill}
      </div>
      {lead && <p class="page-lead">{lead}</p>}
      {facts.length > 0 && (
        <p class="page-facts">
          {facts.map((fact) => (
            <span>{fact}</span>
          ))}
        </p>
      )}
    </div>
    {children && <div class="page-do">{children}</div>}
  </div>
)

/** The reading column and, beside or below it, what belongs to it. */
export const Columns = ({ aside, label, children }: { aside: Child; label: string; children: Child }) => (
  <div class="cols">
    <div class="min-w-0">{children}</div>
    <aside class="aside" aria-label={label}>
      {aside}
    </aside>
  </div>
)

export interface PartProps {
  id: string
  title: string
  lead?: Child
  /** At the end of the heading's line: a link to the whole list. */
  end?: Child
  children: Child
}

/** A section of a page under its heading. */
export const Part = ({ id, title, lead, end, children }: PartProps) => (
  <section class="part" aria-labelledby={`${id}-title`} id={id} tabindex={-1}>
    <div class="part-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {lead && <p class="part-lead">{lead}</p>}
      {end && <span class="part-end">{end}</span>}
    </div>
    {children}
  </section>
)

/** A section of the aside. */
export const AsidePart = ({ title, children }: { title: string; children: Child }) => (
  <section>
    <h3>{title}</h3>
    {children}
  </section>
)

/** A group inside a part, such as one kind of checks in a report. */
export const SubHeading = ({ children }: { children: Child }) => (
  <h3 class="mt-4 mb-1.5 text-ink-2 !font-medium">{children}</h3>
)
