import type { Child } from 'hono/jsx'
import { Problem, type ProblemProps } from '../components/index.ts'
import { Brand, Document, type DocumentProps, PRODUCT } from './document.tsx'

export interface BarePageProps extends DocumentProps {
  /** Forms are narrow; text is wide. */
  width?: 'form' | 'text'
}

/** A page without a frame: signing in, setting up, choosing a workspace. */
export const BarePage = ({ width = 'form', children, ...page }: BarePageProps) => (
  <Document {...page}>
    <main class={width === 'text' ? 'bare bare-wide' : 'bare'} id="main" tabindex={-1}>
      <div>
        <p class="bare-brand">
          <Brand />
          {PRODUCT}
        </p>
        <div class="mt-6">{children}</div>
      </div>
    </main>
  </Document>
)

interface ProblemPageProps extends Omit<DocumentProps, 'title' | 'children'> {
  problem: ProblemProps
}

/** A whole page for what went wrong. */
export const ProblemPage = ({ problem, ...page }: ProblemPageProps) => (
  <BarePage width="text" title={problem.title} {...page}>
    <Problem {...problem} />
  </BarePage>
)

/** "or", between two ways to sign in. */
export const Or = ({ children }: { children: Child }) => <div class="or">{children}</div>

export interface WorkspaceChoice {
  /** What the form sends. */
  value: string
  name: string
  /** The reader's role there. */
  role: string
}

interface WorkspaceChoicesProps {
  href: string
  field: string
  choices: readonly WorkspaceChoice[]
}

/** The workspaces this person belongs to; choosing one is a post, because the session remembers it. */
export const WorkspaceChoices = ({ href, field, choices }: WorkspaceChoicesProps) => (
  <form method="post" action={href} class="box overflow-hidden">
    {choices.map((choice) => (
      <button class="choice" type="submit" name={field} value={choice.value}>
        <span class="font-medium">{choice.name}</span>
        <span class="sub">{choice.role}</span>
      </button>
    ))}
  </form>
)
