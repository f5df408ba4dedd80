import { definitionOf } from '../../engine/catalog/index.ts'
import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { type InEveryLanguage, parseRecordId } from '../../kernel/index.ts'
import {
  Button,
  EmptyState,
  NotificationList,
  NotificationRow,
  PageHeader,
} from '../../web/components/index.ts'
import {
  formOf,
  frameFor,
  personOf,
  problem,
  type Reader,
  type Request,
  type Routes,
  representationFor,
  type Web,
  webWords,
  workplaceOf,
} from '../../web/index.ts'
import { Bell, Page } from '../../web/layout/index.ts'
import { markRead, notificationsOf, type NotificationRow as Row } from './notifications.sql.ts'

const SHOWN = 100

const WORDS: InEveryLanguage<{
  lead: string
  none: { title: string; text: string }
  readAll: string
  readOne: string
  unread: string
  title: (operation: string, tenant: string, state: string) => string
}> = {
  en: {
    lead: 'One for each operation that you started, when it ended.',
    none: {
      title: 'Nothing to tell yet',
      text: 'When an operation that you started ends, it is told here once.',
    },
    readAll: 'Mark all as read',
    readOne: 'Mark as read',
    unread: 'unread',
    title: (operation, tenant, state) => `${operation} in ${tenant}: ${state}`,
  },
  de: {
    lead: 'Eine für jeden selbst gestarteten Vorgang, sobald er endet.',
    none: {
      title: 'Noch nichts zu melden',
      text: 'Endet ein selbst gestarteter Vorgang, steht es hier genau einmal.',
    },
    readAll: 'Alle als gelesen markieren',
    readOne: 'Als gelesen markieren',
    unread: 'ungelesen',
    title: (operation, tenant, state) => `${operation} in ${tenant}: ${state}`,
  },
}

/** The bell's page: what ended, and marking it as read. */
export const notificationRoutes: Routes = (app, web) => {
  app.get('/admin/notifications', async (c) => {
    const rows = await notificationsOf(web.db, personOf(c).actor, SHOWN)
    if (representationFor(c, null) === 'json') return c.json({ notifications: rows.map(wireNotification) })
    return notificationsPage(web, c, rows)
  })

  app.get('/admin/notifications/bell', async (c) => c.html(<Bell shell={await frameFor(web, c)} />))

  app.post('/admin/notifications/read', async (c) => {
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const id = form.texts.id === undefined ? null : parseRecordId(form.texts.id)
    if (form.texts.id !== undefined && id === null) return problem(web, c, 'not_found')
    await markRead(web.db, personOf(c).actor, id)
    if (representationFor(c, null) === 'json') return c.json({ read: true })
    return c.redirect('/admin/notifications', 303)
  })
}

async function notificationsPage(web: Web, c: Request, rows: readonly Row[]) {
  const { reader } = c.var
  const words = WORDS[reader.language]
  const { nav } = webWords(reader.language)
  const { workspace } = await workplaceOf(web, c)
  return c.html(
    <Page
      shell={await frameFor(web, c)}
      title={nav.notifications}
      crumbs={[{ label: workspace.name, href: '/admin' }, { label: nav.notifications }]}
      at="/admin/notifications"
    >
      <PageHeader title={nav.notifications} lead={words.lead}>
        {rows.some(({ read_at }) => read_at === null) && (
          <form method="post" action="/admin/notifications/read">
            <Button>{words.readAll}</Button>
          </form>
        )}
      </PageHeader>
      <div class="mt-4">
        {rows.length === 0 ? <EmptyState {...words.none} /> : <Rows rows={rows} reader={reader} />}
      </div>
    </Page>,
  )
}

const Rows = ({ reader, rows }: { rows: readonly Row[]; reader: Reader }) => {
  const words = WORDS[reader.language]
  const { states } = webWords(reader.language)
  return (
    <NotificationList>
      {rows.map((row) => {
        const reason = parseReason(row.reason)
        return (
          <NotificationRow
            state={row.outcome}
            title={words.title(
              definitionOf(row.operation).words[reader.language].title,
              row.tenant_name,
              states[row.outcome],
            )}
            href={`/admin/operations/${row.run_id}`}
            text={reason && wordsFor(reason, reader.language, reader.say).label}
            time={{
              at: row.created_at,
              exact: reader.exact(row.created_at),
              children: reader.ago(row.created_at),
            }}
            {...(row.read_at === null && { unread: words.unread })}
          >
            {row.read_at === null && (
              <form method="post" action="/admin/notifications/read">
                <input type="hidden" name="id" value={String(row.id)} />
                <Button small look="quiet">
                  {words.readOne}
                </Button>
              </form>
            )}
          </NotificationRow>
        )
      })}
    </NotificationList>
  )
}

const wireNotification = (row: Row) => ({
  id: row.id,
  runId: row.run_id,
  operationType: row.operation,
  outcome: row.outcome,
  tenant: row.tenant_name,
  createdAt: row.created_at.toISOString(),
  read: row.read_at !== null,
  href: `/admin/operations/${row.run_id}`,
})
