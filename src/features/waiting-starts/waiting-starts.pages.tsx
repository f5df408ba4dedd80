import { roleMay } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import {
  cancelWaiting,
  type SeenWaiting,
  waitingStartFor,
  waitingStartsOf,
} from '../../engine/waiting/index.ts'
import { asWorkspaceId, parseDirectoryId, parseRecordId } from '../../kernel/index.ts'
import { EmptyState, LinkButton, Live, PageHeader } from '../../web/components/index.ts'
import {
  forbidden,
  frameFor,
  MOST_LISTED,
  mayStopWaiting,
  nextHref,
  PlaceNow,
  partAsked,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type StartEndpoint,
  WaitingAnswer,
  type Web,
  waitingHref,
  waitingWords,
  webWords,
  wireWaiting,
  workplaceOf,
} from '../../web/index.ts'
import { Page } from '../../web/layout/index.ts'
import { WaitingTable } from './waiting-part.tsx'

/** Starts that wait for their directory: getting in line, the line, one of them, and leaving it. */
export const waitingStartRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    app.post('/admin/t/:tenant/provider-actions/:operation/start-when-free', (c) => {
      const directoryId = parseDirectoryId(c.req.param('tenant'))
      return start(c, {
        surface: 'tenant',
        operation: c.req.param('operation'),
        target: directoryId && { kind: 'directory', directoryId },
        whenFree: true,
      })
    })

    app.get('/admin/waiting-starts', (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      return form === 'json' ? listForPrograms(web, c) : listPage(web, c)
    })

    app.get('/admin/waiting-starts/:waiting', (c) => oneWaiting(web, c))
    app.post('/admin/waiting-starts/:waiting/cancel', (c) => cancelOne(web, c))
  }

async function oneWaiting(web: Web, c: Request) {
  const form = representationFor(c, null)
  if (form === null) return problem(web, c, 'not_acceptable')
  const waiting = await waitingInPath(web, c)
  if (!waiting) return problem(web, c, 'not_found')
  if (!roleMay(waiting.role, 'tenant.operations.view')) return problem(web, c, 'forbidden')
  if (form === 'json') return c.json(wireWaiting(waiting, c.var.reader))
  const isPart = c.req.query('part') === 'answer' && c.req.header('hx-request')
  return isPart ? answerNow(c, waiting) : waitingPage(web, c, waiting)
}

async function cancelOne(web: Web, c: Request) {
  const waiting = await waitingInPath(web, c)
  if (!waiting) return problem(web, c, 'not_found')
  const { actor } = personOf(c)
  if (!mayStopWaiting(waiting, actor))
    return forbidden(web, c, {
      workspaceId: asWorkspaceId(waiting.tenant.workspaceId),
      action: 'waiting_start.cancel',
      targetKind: 'waiting_start',
      targetId: String(waiting.id),
    })
  await cancelWaiting(web.db, waiting.id, actor, c.var.correlationId)
  const now = (await waitingInPath(web, c)) ?? waiting
  if (representationFor(c, null) === 'json') return c.json(wireWaiting(now, c.var.reader))
  if (!c.req.header('hx-request')) return c.redirect(waitingHref(waiting.id), 303)
  return c.html(<WaitingAnswer waiting={now} actor={actor} reader={c.var.reader} takesFocus />)
}

async function waitingInPath(web: Web, c: Request): Promise<SeenWaiting | undefined> {
  const id = parseRecordId(c.req.param('waiting') ?? '')
  return id === null ? undefined : waitingStartFor(web.db, personOf(c).actor, id)
}

/** The place of an answer's waiting start; once it waits no longer, the answer that takes its place. */
function answerNow(c: Request, waiting: SeenWaiting) {
  const props = { waiting, actor: personOf(c).actor, reader: c.var.reader }
  if (waiting.state === 'waiting') return c.html(<PlaceNow {...props} />)
  c.header('HX-Retarget', 'closest .answer')
  return c.html(<WaitingAnswer {...props} />)
}

async function waitingPage(web: Web, c: Request, waiting: SeenWaiting) {
  const { reader } = c.var
  const words = waitingWords(reader.language)
  const shared = webWords(reader.language)
  const { title } = definitionOf(waiting.operation).words[reader.language]
  const tenantHref = `/admin/t/${waiting.tenant.directoryId}`
  const crumbs = [
    { label: shared.operations, href: '/admin/operations' },
    { label: words.list, href: '/admin/waiting-starts' },
    { label: words.number(waiting.id) },
  ]
  return c.html(
    <Page
      shell={await frameFor(web, c)}
      title={`${title} · ${words.number(waiting.id)}`}
      crumbs={crumbs}
      at="/admin/operations"
    >
      <PageHeader title={title} aside={words.number(waiting.id)} lead={waiting.tenant.name} />
      <div class="mt-4">
        <WaitingAnswer waiting={waiting} actor={personOf(c).actor} reader={reader} onItsPage />
      </div>
      <p class="mt-6 flex flex-wrap gap-2">
        <LinkButton href={tenantHref}>{shared.backTo(waiting.tenant.name)}</LinkButton>
        <LinkButton href="/admin/operations" look="quiet">
          {words.backToAll}
        </LinkButton>
      </p>
    </Page>,
  )
}

async function listPage(web: Web, c: Request) {
  const { actor, workspace } = await workplaceOf(web, c)
  const { reader } = c.var
  const waiting = await waitingStartsOf(web.db, workspace.id, actor, { limit: MOST_LISTED })
  const words = waitingWords(reader.language)
  const list = (
    <Live id="waiting-starts" href="/admin/waiting-starts">
      <PageHeader title={words.list} lead={words.groupLead} />
      <div class="mt-4">
        {waiting.length === 0 ? (
          <EmptyState {...words.none} />
        ) : (
          <WaitingTable waiting={waiting} actor={actor} reader={reader} />
        )}
      </div>
    </Live>
  )
  if (c.req.header('hx-request')) return c.html(list)
  const { operations } = webWords(reader.language)
  return c.html(
    <Page
      shell={await frameFor(web, c)}
      title={words.list}
      crumbs={[{ label: operations, href: '/admin/operations' }, { label: words.list }]}
      at="/admin/operations"
    >
      {list}
    </Page>,
  )
}

/** One part of everything that waits, first come first, with the address of the next. */
async function listForPrograms(web: Web, c: Request) {
  const asked = partAsked(c, 'after', [])
  if (!asked.ok) return problem(web, c, 'malformed', asked.issues)
  const { actor, workspace } = await workplaceOf(web, c)
  const { beyond, limit } = asked.part
  const found = await waitingStartsOf(web.db, workspace.id, actor, { after: beyond, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  return c.json({
    waitingStarts: shown.map((waiting) => wireWaiting(waiting, c.var.reader)),
    ...(last && { next: nextHref(c, 'after', last.id) }),
  })
}
