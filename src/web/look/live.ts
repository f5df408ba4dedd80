/**
 * The stream of what has changed, as long as the page is looked at: its live parts look when they are concerned, not
 * in intervals. Where the stream cannot be had or breaks, they go on asking as if there were none.
 */

interface Told {
  all?: true
  changes?: { kind: string; id: number; tenant: string }[]
}

/** A part asks no more often than this, in milliseconds, however much moves; the last change is never left out. */
const ASKS_EVERY = 1000
/** Parts that have intervals ask this often, in milliseconds, although the stream says nothing. */
const ASKS_ANYWAY_EVERY = 30_000
/** The server gives a sign of life every twenty seconds; after two that did not come, the stream counts as broken. */
const SILENT_FOR = 50_000
/** Until it is asked for a stream again that was refused. */
const REFUSED_FOR = 60_000

let source: EventSource | null = null
let position: string | null = null
let isHeard = false
let silence: ReturnType<typeof setTimeout> | undefined

const askedAt = new WeakMap<Element, number>()
const due = new WeakMap<Element, ReturnType<typeof setTimeout>>()

/** Notes that a part asks now. */
export const noteAsked = (part: Element) => askedAt.set(part, performance.now())

/** Whether a part need not ask in this interval, because it would have been told. */
export const isSpared = (part: Element) =>
  isHeard && performance.now() - (askedAt.get(part) ?? 0) < ASKS_ANYWAY_EVERY

/** Keeps the stream while the page is looked at. A page in the background must not keep connections from others. */
export function keepLive(): void {
  const change = () => (document.hidden ? close() : open())
  document.addEventListener('visibilitychange', change)
  addEventListener('pagehide', close)
  addEventListener('pageshow', change)
  change()
}

function open(): void {
  if (source || document.hidden || !document.querySelector('[data-live]')) return
  const opened = new EventSource(`/admin/live${position ? `?since=${position}` : ''}`)
  source = opened
  opened.addEventListener('changes', (event) => {
    position = event.lastEventId
    isHeard = true
    listenOn()
    pass(JSON.parse(event.data))
  })
  opened.addEventListener('error', () => {
    isHeard = false
    if (opened.readyState !== EventSource.CLOSED) return // it comes back by itself, from where it was
    close()
    setTimeout(open, REFUSED_FOR)
  })
}

function close(): void {
  source?.close()
  source = null
  isHeard = false
  clearTimeout(silence)
}

function listenOn(): void {
  clearTimeout(silence)
  silence = setTimeout(() => {
    close()
    open()
  }, SILENT_FOR)
}

function pass({ all, changes = [] }: Told): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const [kind, id] = (part.dataset.live ?? '').split(' ')
    const concerned =
      all ||
      (!kind
        ? changes.length > 0
        : changes.some((change) =>
            kind === 'tenant' ? change.tenant === id : change.kind === kind && String(change.id) === id,
          ))
    if (concerned) wake(part)
  }
}

function wake(part: HTMLElement): void {
  if (due.has(part)) return
  const wait = (askedAt.get(part) ?? Number.NEGATIVE_INFINITY) + ASKS_EVERY - performance.now()
  due.set(
    part,
    setTimeout(
      () => {
        due.delete(part)
        part.dispatchEvent(new CustomEvent('changes'))
      },
      Math.max(0, wait),
    ),
  )
}
