import { type OwnWorkspace, roleMay } from '../../access/index.ts'
import {
  forbidden,
  formOf,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { ShortenPage } from './shorten-page.tsx'
import { olderThan, saveWorkspace, workspaceFacts } from './workspace.sql.ts'
import { workspaceWords } from './workspace.words.ts'
import {
  daysField,
  NOTHING_TYPED,
  readWorkspace,
  shortened,
  storedWorkspace,
  type TypedWorkspace,
  typedWorkspace,
  type WorkspaceFacts,
  type WorkspaceField,
  type WorkspaceFlaws,
} from './workspace-input.ts'
import { WorkspacePage } from './workspace-page.tsx'

const PATH = '/admin/settings/workspace'
const MANAGE = 'workspace.settings.manage'

/** What a workspace is called and how long it keeps its records: every member sees it, owners change it. */
export const workspaceRoutes: Routes = (app, web) => {
  app.get(PATH, async (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    const { workspace } = await workplaceOf(web, c)
    const facts = await workspaceFacts(web.db, workspace.id)
    return form === 'json' ? c.json(asJson(facts)) : page(web, c, storedWorkspace(facts), {})
  })

  app.post(PATH, async (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    const { workspace } = await workplaceOf(web, c)
    if (!mayChange(c, workspace))
      return forbidden(web, c, {
        action: 'workspace.update',
        targetKind: 'workspace',
        targetId: String(workspace.id),
        workspaceId: workspace.id,
      })
    const form = await formOf(web, c)
    return form.ok ? change(web, c, form.texts) : form.answer
  })
}

/** What concerns every tenant is changed by a person who reaches them all; a key only looks. */
const mayChange = (c: Request, { reach, role }: OwnWorkspace): boolean =>
  personOf(c).actor.kind === 'user' && reach === 'all' && roleMay(role, MANAGE)

type Texts = Readonly<Record<string, string | undefined>>

/** Changes the workspace that its owner works in, after a word about what goes. */
async function change(web: Web, c: Request, texts: Texts): Promise<Response> {
  const { actor, workspace } = await workplaceOf(web, c)
  const before = await workspaceFacts(web.db, workspace.id)
  const typed = typedWorkspace(texts, isForm(c) ? NOTHING_TYPED : storedWorkspace(before))
  const read = readWorkspace(typed)
  if (!read.ok) return refused(web, c, typed, read.flaws)
  const goes = shortened(before.kept, read.facts.kept)
  if (goes.length > 0 && !CONFIRMED.includes(texts.confirm ?? ''))
    return confirmFirst(web, c, before, read.facts)
  const by = { actor, correlationId: c.var.correlationId }
  await saveWorkspace(web.db, workspace.id, by, read.facts)
  return representationFor(c, null) === 'json'
    ? c.json(asJson(read.facts))
    : c.redirect(`${PATH}?done=saved`, 303)
}

/** What a program says, and what the tick of a form says. */
const CONFIRMED = ['yes', 'on']

/** A program may leave out what shall stay; a form sends everything, and an emptied field is empty. */
const isForm = (c: Request) => (c.req.header('content-type') ?? '').toLowerCase().includes('urlencoded')

/** A workspace as programs read it. */
const asJson = ({ kept, name }: WorkspaceFacts) => ({
  name,
  operationsDays: kept.operations,
  auditDays: kept.audit,
  notificationsDays: kept.notifications,
  directoryDays: kept.directory,
  complianceDays: kept.compliance,
})

/** A program gets the fields that are wrong, a person the form with what was typed. */
function refused(web: Web, c: Request, typed: TypedWorkspace, flaws: WorkspaceFlaws) {
  if (representationFor(c, null) !== 'json') return page(web, c, typed, flaws)
  const words = workspaceWords(c.var.reader.language)
  const fields = Object.keys(flaws) as WorkspaceField[]
  return problem(
    web,
    c,
    'malformed',
    fields.map((field) => ({
      pointer: field === 'name' ? '/name' : `/${daysField(field)}`,
      detail: words.flawOf(field, flaws[field] ?? 'days_wrong'),
    })),
  )
}

/** Keeping records for a shorter time removes some: what goes is said before it does. */
async function confirmFirst(web: Web, c: Request, before: WorkspaceFacts, wanted: WorkspaceFacts) {
  const words = workspaceWords(c.var.reader.language)
  if (representationFor(c, null) === 'json')
    return problem(web, c, 'malformed', [{ pointer: '/confirm', detail: words.confirmMissing }])
  const { workspace } = await workplaceOf(web, c)
  const older = await olderThan(web.db, workspace.id, wanted.kept)
  const props = { shell: await frameFor(web, c), reader: c.var.reader, before, wanted, older }
  return c.html(<ShortenPage {...props} />)
}

/** Whether the address says that the page comes after a change. */
const isSaved = (c: Request) => c.req.method === 'GET' && c.req.query('done') === 'saved'

async function page(web: Web, c: Request, typed: TypedWorkspace, flaws: WorkspaceFlaws) {
  const { workspace } = await workplaceOf(web, c)
  const shell = await frameFor(web, c)
  const props = {
    shell,
    reader: c.var.reader,
    typed,
    flaws,
    mayChange: mayChange(c, workspace),
    saved: isSaved(c),
  }
  return c.html(<WorkspacePage {...props} />, Object.keys(flaws).length > 0 ? 422 : 200)
}
