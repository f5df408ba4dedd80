import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import {
  Button,
  EmptyState,
  FilterBar,
  HiddenFields,
  Live,
  NotificationList,
  NotificationRow,
  PageHeader,
  Pagination,
  Part,
} from '../../web/components/index.ts'
import { type Reader, runHref, waitingHref, waitingWords, webWords } from '../../web/index.ts'
import { titleOfNotification } from './notification-title.ts'
import type { NotificationRow as Row } from './notifications.sql.ts'
import { notificationWords } from './notifications.words.ts'

export const NOTIFICATIONS = '/admin/notifications'

export interface NotificationsProps {
  rows: readonly Row[]
  show: 'all' | 'unread'
  unread: number
  pages: { newer: string | undefined; older: string | undefined }
  /** The address of this very list; it keeps itself fresh where the newest are shown. */
  href: string
  reader: Reader
}

/** What ended, newest first and day by day, with what is still unread. */
export const Notifications = (props: NotificationsProps) => {
  const { href, pages, reader, rows, show, unread } = props
  const words = notificationWords(reader.language)
  const [newest] = rows
  return (
    <Live id="notifications" href={pages.newer === undefined ? href : undefined} seconds={5}>
      <PageHeader title={webWords(reader.language).nav.notifications} lead={words.lead}>
        {unread > 0 && newest && (
          <form method="post" action={`${NOTIFICATIONS}/read`}>
            <HiddenFields values={{ until: String(newest.id), show }} />
            <Button>{words.readAll}</Button>
          </form>
        )}
      </PageHeader>
      <div class="mt-4">
        <FilterBar
          label={words.show.label}
          chips={(['all', 'unread'] as const).map((each) => ({
            href: each === 'all' ? NOTIFICATIONS : `${NOTIFICATIONS}?show=${each}`,
            label: words.show[each],
            on: each === show,
            ...(each === 'unread' && unread > 0 && { count: reader.count(unread) }),
          }))}
        />
      </div>
      {rows.length === 0 ? (
        <div class="mt-4">
          <EmptyState {...words.none[show]} />
        </div>
      ) : (
        daysOf(rows, reader).map(({ day, id, rows: ofDay }) => (
          <Part id={id} title={day}>
            <NotificationList>
              {ofDay.map((row) => (
                <Told row={row} show={show} reader={reader} />
              ))}
            </NotificationList>
          </Part>
        ))
      )}
      {(pages.newer || pages.older) && (
        <Pagination label={words.pages} words={{ newer: words.newer, older: words.older }} {...pages} />
      )}
    </Live>
  )
}

const A_DAY_MS = 86_400_000

/** The rows by the days on which their operations ended, in the reader's time zone. */
function daysOf(rows: readonly Row[], { language, say }: Reader, now = new Date()) {
  const { today, yesterday } = notificationWords(language)
  const dayOf = (at: Date) => say.date(at.toISOString())
  const near = new Map([
    [dayOf(new Date(now.getTime() - A_DAY_MS)), yesterday],
    [dayOf(now), today],
  ])
  const days: { day: string; id: string; rows: Row[] }[] = []
  for (const row of rows) {
    const date = dayOf(row.created_at)
    const day = near.get(date) ?? date
    const last = days.at(-1)
    if (last?.day === day) last.rows.push(row)
    else days.push({ day, id: `day-${row.id}`, rows: [row] })
  }
  return days
}

const Told = ({ reader, row, show }: { row: Row; show: 'all' | 'unread'; reader: Reader }) => {
  const words = notificationWords(reader.language)
  const isUnread = row.read_at === null
  return (
    <NotificationRow
      state={row.outcome}
      title={titleOfNotification(row, reader.language)}
      href={hrefOf(row)}
      text={whyOf(row, reader)}
      time={{
        at: row.created_at,
        exact: reader.exact(row.created_at),
        children: reader.ago(row.created_at),
      }}
      {...(isUnread && { unread: words.unread })}
    >
      <form method="post" action={`${NOTIFICATIONS}/${isUnread ? 'read' : 'unread'}`}>
        <HiddenFields values={{ id: String(row.id), show }} />
        <Button small look="quiet">
          {isUnread ? words.readOne : words.unreadOne}
        </Button>
      </form>
    </NotificationRow>
  )
}

/** Where the whole story is. */
export const hrefOf = ({ about }: Row): string =>
  about.kind === 'run' ? runHref(about.id) : waitingHref(about.id)

/** Why it ended so, in one line; of a start that somebody else stopped waiting for, who did. */
function whyOf({ about, reason: kept }: Row, { language, say }: Reader): string | null {
  if (about.kind === 'waiting_start' && about.cancelledBy !== null)
    return waitingWords(language).endedBy(about.cancelledBy)
  const reason = parseReason(kept)
  return reason && wordsFor(reason, language, say).label
}
