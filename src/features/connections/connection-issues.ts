import type { FieldIssue } from '../../engine/gate/index.ts'
import type { Request } from '../../web/index.ts'
import { formWords } from './connection-form.words.ts'
import type { ConnectionFlaws } from './connection-input.ts'

/** What is wrong with the fields of a body, for a problem document. */
export function issuesOf(c: Request, flaws: ConnectionFlaws): FieldIssue[] {
  const words = formWords(c.var.reader.language)
  return Object.entries(flaws).map(([field, flaw]) => ({ pointer: `/${field}`, detail: words.flaws[flaw] }))
}
