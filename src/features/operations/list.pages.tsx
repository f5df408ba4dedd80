import type { PersonalActor } from '../../access/index.ts'
import { waitingStartsOf } from '../../engine/waiting/index.ts'
import { parseRecordId } from '../../kernel/index.ts'
import {
  frameFor,
  nextHref,
  partAsked,
  problem,
  type Request,
  representationFor,
  type Web,
  webWords,
  workplaceOf,
} from '../../web/index.ts'
import { Page } from '../../web/layout/index.ts'
import { filterChoices, lookedThroughTo, type RunChoice, runCounts, runsOf } from './find-runs.sql.ts'
import { OperationsList } from './list-page.tsx'
import {
  ALLOWED,
  type FilterField,
  listHref,
  type ReadFilter,
  readRunFilter,
  SHOWS,
  type Show,
} from './run-filter.ts'
import { filterWords } from './run-filter.words.ts'
import { wireRow } from './wire-run.ts'

const PAGE = 50

type Place = Pick<RunChoice, 'after' | 'before'>

/** The list of operations under the filters of its address, as a page or for programs. */
export async function listPage(web: Web, c: Request) {
  const wanted = representationFor(c, null)
  if (wanted === null) return problem(web, c, 'not_acceptable')
  const { reader } = c.var
  const read = readRunFilter(c.req.query(), reader.timeZone)
  if (wanted === 'json') return listForPrograms(web, c, read)
  const { actor, workspace } = await workplaceOf(web, c)
  const show = SHOWS.find((each) => each === c.req.query('show')) ?? 'all'
  const place = {
    before: parseRecordId(c.req.query('before') ?? ''),
    after: parseRecordId(c.req.query('after') ?? ''),
  }
  const { edge, more, runs } = await found(web, workspace.id, actor, {
    ...place,
    show,
    filter: read.filter,
    limit: PAGE,
  })
  const at = (way: string) => `${listHref(show, read.typed)}&${way}`
  const list = (
    <OperationsList
      runs={runs}
      show={show}
      read={read}
      choices={await filterChoices(web.db, workspace.id, actor)}
      counts={await runCounts(web.db, workspace.id, actor, read.filter)}
      pages={pagesOf(place, runs, more, at)}
      lookOn={edge === null ? null : at(`${place.after ? 'after' : 'before'}=${edge}`)}
      href={c.req.path + new URL(c.req.url).search}
      reader={reader}
      line={
        isAboutWaiting(show, place, read)
          ? { waiting: await waitingStartsOf(web.db, workspace.id, actor, { limit: PAGE }), actor }
          : null
      }
    />
  )
  if (c.req.header('hx-request')) return c.html(list)
  const words = webWords(reader.language)
  return c.html(
    <Page
      shell={await frameFor(web, c)}
      title={words.operations}
      crumbs={[{ label: workspace.name, href: '/admin' }, { label: words.operations }]}
      at="/admin/operations"
    >
      {list}
    </Page>,
  )
}

/** Waiting starts stand above the first page of a list that nothing narrows. */
const isAboutWaiting = (show: Show, { after, before }: Place, { typed }: ReadFilter) =>
  show !== 'attention' && after === null && before === null && Object.keys(typed).length === 0

/** One page of what a filter wants, whether there is more, and where looking ended if that was before the page was full. */
async function found(
  web: Web,
  workspaceId: Parameters<typeof runsOf>[1],
  actor: PersonalActor,
  choice: RunChoice,
) {
  const { after = null, limit } = choice
  const all = await runsOf(web.db, workspaceId, actor, { ...choice, limit: limit + 1 })
  const more = all.length > limit
  const edge = more ? null : await lookedThroughTo(web.db, workspaceId, choice)
  return { runs: after === null ? all.slice(0, limit) : all.slice(-limit), more, edge }
}

function pagesOf(
  { after = null, before = null }: Place,
  runs: readonly { id: number }[],
  more: boolean,
  at: (way: string) => string,
) {
  const [first] = runs
  const last = runs.at(-1)
  const hasNewer = after === null ? before !== null : more
  const hasOlder = after === null ? more : true
  return {
    newer: hasNewer && first ? at(`after=${first.id}`) : undefined,
    older: hasOlder && last ? at(`before=${last.id}`) : undefined,
  }
}

/** One part of the list, newest first, with the address of the next. */
async function listForPrograms(web: Web, c: Request, read: ReadFilter) {
  const asked = partAsked(c, 'before', SHOWS)
  const issues = [...(asked.ok ? [] : asked.issues), ...issuesOf(c, read)]
  if (!asked.ok || issues.length > 0) return problem(web, c, 'malformed', issues)
  const { actor, workspace } = await workplaceOf(web, c)
  const { beyond, limit } = asked.part
  const show: Show = SHOWS.find((each) => each === c.req.query('show')) ?? 'all'
  const choice = { show, filter: read.filter, before: beyond, limit }
  const { edge, more, runs } = await found(web, workspace.id, actor, choice)
  const next = more ? runs.at(-1)?.id : edge
  return c.json({
    operations: runs.map(wireRow),
    ...(next && { next: nextHref(c, 'before', next) }),
  })
}

/** What is wrong with each field of a filter, for programs; the tenant is looked at with the part. */
function issuesOf(c: Request, { wrong }: ReadFilter) {
  const words = filterWords(c.var.reader.language)
  const says = (field: FilterField) => {
    if (field === 'from' || field === 'to') return words.time
    if (field === 'initiator') return words.personId
    return words.oneOf((ALLOWED[field] ?? []).join(', '))
  }
  return wrong
    .filter((field) => field !== 'tenant')
    .map((field) => ({ pointer: `/${field}`, detail: says(field) }))
}
