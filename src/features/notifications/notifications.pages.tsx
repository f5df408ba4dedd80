import { parseReason } from '../../engine/reasons/index.ts'
import { parseRecordId } from '../../kernel/index.ts'
import {
  formOf,
  frameFor,
  nextHref,
  partAsked,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  webWords,
} from '../../web/index.ts'
import { Bell, Page } from '../../web/layout/index.ts'
import { markRead, markUnread, type NotificationRow, notificationsOf } from './notifications.sql.ts'
import { hrefOf, NOTIFICATIONS, Notifications } from './notifications-page.tsx'

const PAGE = 50
const SHOWS = ['all', 'unread'] as const

/** The bell's page: what ended, and marking it as read or unread. */
export const notificationRoutes: Routes = (app, web) => {
  app.get(NOTIFICATIONS, async (c) => {
    const wanted = representationFor(c, null)
    if (wanted === null) return problem(web, c, 'not_acceptable')
    return wanted === 'json' ? listForPrograms(web, c) : notificationsPage(web, c)
  })

  app.get(`${NOTIFICATIONS}/bell`, async (c) => c.html(<Bell shell={await frameFor(web, c)} />))

  app.post(`${NOTIFICATIONS}/read`, async (c) => {
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const id = namedBy(form.texts.id)
    const until = namedBy(form.texts.until)
    if (id === 'nothing' || until === 'nothing') return problem(web, c, 'not_found')
    await markRead(web.db, personOf(c).actor, { id, until })
    return done(c, form.texts.show, { read: true })
  })

  app.post(`${NOTIFICATIONS}/unread`, async (c) => {
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const id = namedBy(form.texts.id)
    if (id === null || id === 'nothing') return problem(web, c, 'not_found')
    await markUnread(web.db, personOf(c).actor, id)
    return done(c, form.texts.show, { read: false })
  })
}

/** The record that a field names; null where it is left out, `nothing` where it can be no record's number. */
const namedBy = (text: string | undefined): number | 'nothing' | null =>
  text === undefined ? null : (parseRecordId(text) ?? 'nothing')

const showOf = (text: string | undefined) => SHOWS.find((show) => show === text) ?? 'all'

/** Back to the list as it was filtered. */
function done(c: Request, show: string | undefined, json: object) {
  if (representationFor(c, null) === 'json') return c.json(json)
  return c.redirect(showOf(show) === 'all' ? NOTIFICATIONS : `${NOTIFICATIONS}?show=unread`, 303)
}

async function notificationsPage(web: Web, c: Request) {
  const { reader } = c.var
  const show = showOf(c.req.query('show'))
  const before = parseRecordId(c.req.query('before') ?? '')
  const after = before === null ? parseRecordId(c.req.query('after') ?? '') : null
  const choice = { show, before, after, limit: PAGE + 1 }
  const found = await notificationsOf(web.db, personOf(c).actor, choice)
  const rows = after === null ? found.slice(0, PAGE) : found.slice(-PAGE)
  const shell = await frameFor(web, c)
  const { nav } = webWords(reader.language)
  const list = (
    <Notifications
      rows={rows}
      show={show}
      unread={shell.notifications.unread}
      pages={pagesOf({ show, before, after }, rows, found.length > PAGE)}
      href={c.req.path + new URL(c.req.url).search}
      reader={reader}
    />
  )
  if (c.req.header('hx-request')) return c.html(list)
  const crumbs = [{ label: shell.workspace.name, href: '/admin' }, { label: nav.notifications }]
  return c.html(
    <Page shell={shell} title={nav.notifications} crumbs={crumbs} at={NOTIFICATIONS}>
      {list}
    </Page>,
  )
}

/** The addresses of the pages beside this one, by the entries at its ends. */
function pagesOf(
  { after, before, show }: { show: string; before: number | null; after: number | null },
  rows: readonly NotificationRow[],
  more: boolean,
) {
  const at = (way: string) => `${NOTIFICATIONS}?show=${show}${way}`
  const [first] = rows
  const last = rows.at(-1)
  const hasNewer = after === null ? before !== null : more
  const hasOlder = after === null ? more : true
  return {
    newer: hasNewer ? at(first ? `&after=${first.id}` : '') : undefined,
    older: hasOlder && last ? at(`&before=${last.id}`) : undefined,
  }
}

/** One part of the list, newest first, with the address of the next. */
async function listForPrograms(web: Web, c: Request) {
  const asked = partAsked(c, 'before', SHOWS)
  if (!asked.ok) return problem(web, c, 'malformed', asked.issues)
  const { beyond, limit } = asked.part
  const choice = { show: showOf(c.req.query('show')), before: beyond, limit: limit + 1 }
  const found = await notificationsOf(web.db, personOf(c).actor, choice)
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return c.json({
    notifications: rows.map(wireNotification),
    ...(last && { next: nextHref(c, 'before', last.id) }),
  })
}

const wireNotification = (row: NotificationRow) => {
  const reason = parseReason(row.reason)
  return {
    id: row.id,
    ...(row.about.kind === 'run' ? { runId: row.about.id } : { waitingStartId: row.about.id }),
    operationType: row.operation,
    outcome: row.outcome,
    ...(reason && { reasonCode: reason.code }),
    tenant: row.tenant_name,
    createdAt: row.created_at.toISOString(),
    read: row.read_at !== null,
    href: hrefOf(row),
  }
}
