import { isPlainText } from '../../kernel/index.ts'
import { KEPT, type Kept, RETENTION_BOUNDS, type Retention } from '../retention/index.ts'

/** What a workspace is called, and how long it keeps its records. */
export interface WorkspaceFacts {
  readonly name: string
  readonly kept: Retention
}

/** What was typed, kept as it was typed. */
export interface TypedWorkspace extends Readonly<Record<Kept, string>> {
  readonly name: string
}
export type WorkspaceField = keyof TypedWorkspace

export type WorkspaceFlaw = 'name_wrong' | 'days_wrong' | 'audit_before_operations'
export type WorkspaceFlaws = Readonly<Partial<Record<WorkspaceField, WorkspaceFlaw>>>

export type ReadWorkspace =
  | { readonly ok: true; readonly facts: WorkspaceFacts }
  | { readonly ok: false; readonly flaws: WorkspaceFlaws }

/** The longest name, in characters; the table says the same. */
export const LONGEST_WORKSPACE_NAME = 200

/** How a form calls the days for which something is kept. */
export const daysField = (kept: Kept) => `${kept}Days`

/** What is stored, as the form shows it. */
export const storedWorkspace = ({ kept, name }: WorkspaceFacts): TypedWorkspace => ({
  name,
  operations: String(kept.operations),
  audit: String(kept.audit),
  notifications: String(kept.notifications),
  directory: String(kept.directory),
  compliance: String(kept.compliance),
})

/** What was typed, over what stands where a field was left out. */
export const typedWorkspace = (
  texts: Readonly<Record<string, string | undefined>>,
  otherwise: TypedWorkspace,
): TypedWorkspace => ({
  name: (texts.name ?? otherwise.name).trim(),
  operations: texts[daysField('operations')] ?? otherwise.operations,
  audit: texts[daysField('audit')] ?? otherwise.audit,
  notifications: texts[daysField('notifications')] ?? otherwise.notifications,
  directory: texts[daysField('directory')] ?? otherwise.directory,
  compliance: texts[daysField('compliance')] ?? otherwise.compliance,
})

/** What a form says of a field that was emptied: nothing at all. */
export const NOTHING_TYPED: TypedWorkspace = {
  name: '',
  operations: '',
  audit: '',
  notifications: '',
  directory: '',
  compliance: '',
}

/** Judges what was typed: facts that can be kept, or what is wrong with each field. */
export function readWorkspace(typed: TypedWorkspace): ReadWorkspace {
  const kept = {
    operations: daysOf('operations', typed),
    audit: daysOf('audit', typed),
    notifications: daysOf('notifications', typed),
    directory: daysOf('directory', typed),
    compliance: daysOf('compliance', typed),
  }
  const { audit, compliance, directory, notifications, operations } = kept
  const flaws: WorkspaceFlaws = {
    ...(!isName(typed.name) && { name: 'name_wrong' }),
    ...Object.fromEntries(KEPT.flatMap((each) => (kept[each] === null ? [[each, 'days_wrong']] : []))),
    ...(audit !== null && operations !== null && audit < operations && { audit: 'audit_before_operations' }),
  }
  if (
    Object.keys(flaws).length > 0 ||
    audit === null ||
    notifications === null ||
    operations === null ||
    directory === null ||
    compliance === null
  )
    return { ok: false, flaws }
  return {
    ok: true,
    facts: { name: typed.name, kept: { audit, compliance, directory, notifications, operations } },
  }
}

const isName = (name: string) => isPlainText(name) && name.length <= LONGEST_WORKSPACE_NAME

function daysOf(kept: Kept, typed: TypedWorkspace): number | null {
  const days = /^[1-9]\d{0,3}$/.test(typed[kept]) ? Number(typed[kept]) : 0
  const { least, most } = RETENTION_BOUNDS[kept]
  return days >= least && days <= most ? days : null
}

/** What would be kept for a shorter time than it is now: then records go that are still there. */
export const shortened = (before: Retention, after: Retention): Kept[] =>
  KEPT.filter((each) => after[each] < before[each])
