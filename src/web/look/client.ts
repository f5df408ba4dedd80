/** What the browser does beyond HTML. Every page works without it: forms post, links lead, pages reload. */
import 'htmx.org'
import { isSpared, keepLive, noteAsked } from './live.ts'

interface HtmxDetail {
  ctx: {
    sourceElement: Element
    sourceEvent?: Event
    request: { method?: string; submitter?: Element | null }
    response?: { raw: Response }
  }
}

/** An answer that comes sooner needs no spinner. */
const BUSY_AFTER_MILLISECONDS = 250

const page = document.documentElement
page.classList.toggle('can-copy', 'clipboard' in navigator)
page.classList.add('has-script')

const onHtmx = (name: string, act: (detail: HtmxDetail, event: Event) => void) =>
  document.addEventListener(name, (event) => act((event as CustomEvent<HtmxDetail>).detail, event))

const closest = (event: Event, selector: string) =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null

// A page nobody looks at does not poll, and hardly one that is told what changes.
onHtmx('htmx:before:request', ({ ctx }, event) => {
  const { sourceElement: part, sourceEvent } = ctx
  if (sourceEvent?.type === 'every' && (document.hidden || isSpared(part))) event.preventDefault()
  else if (part instanceof HTMLElement && part.dataset.live !== undefined) noteAsked(part)
})
keepLive()

// The pressed control says that it waits. It stays enabled, so that it keeps the focus.
const waiting = new Map<Element, ReturnType<typeof setTimeout>>()
const pressed = ({ ctx }: HtmxDetail) => ctx.request.submitter ?? null

onHtmx('htmx:before:request', (detail) => {
  const control = pressed(detail)
  if (!control) return
  waiting.set(
    control,
    setTimeout(() => control.setAttribute('aria-busy', 'true'), BUSY_AFTER_MILLISECONDS),
  )
})
onHtmx('htmx:finally:request', (detail) => {
  const control = pressed(detail)
  if (!control) return
  clearTimeout(waiting.get(control))
  waiting.delete(control)
  control.removeAttribute('aria-busy')
})

// Who is signed out is sent to another page. It never appears inside this one: what asks by itself keeps still,
// so that nothing typed is lost, and whoever pressed something goes there.
onHtmx('htmx:before:response', ({ ctx }, event) => {
  if (!ctx.response?.raw.redirected) return
  event.preventDefault()
  if (ctx.request.method === 'POST') location.reload()
})

// What keeps itself fresh keeps still while something is pressed, or the thing is gone when it is let go and the
// click never comes. What was held back then is asked for again.
let isPressed = false
let isHeldBack = false
const letGo = () =>
  setTimeout(() => {
    isPressed = false
    if (isHeldBack) document.body.dispatchEvent(new Event('sent'))
    isHeldBack = false
  })
document.addEventListener('pointerdown', () => {
  isPressed = true
})
document.addEventListener('pointerup', letGo)
document.addEventListener('pointercancel', letGo)
onHtmx('htmx:before:swap', ({ ctx }, event) => {
  if (!isPressed || !['every', 'sent', 'changes'].includes(ctx.sourceEvent?.type ?? '')) return
  event.preventDefault()
  isHeldBack = true
})

// Whatever was sent may have changed what the page shows: its live parts look at once.
onHtmx('htmx:finally:request', ({ ctx }) => {
  if (ctx.request.method === 'POST') document.body.dispatchEvent(new Event('sent'))
})

async function copy(control: HTMLElement): Promise<void> {
  const label = control.querySelector<HTMLElement>('[data-copy-label]')
  const before = label?.textContent ?? ''
  await navigator.clipboard.writeText(control.dataset.copy ?? '')
  if (!label || before === control.dataset.copied) return
  label.textContent = control.dataset.copied ?? before
  setTimeout(() => {
    label.textContent = before
  }, 2000)
}

document.addEventListener('click', (event) => {
  const copying = closest(event, '[data-copy]')
  if (copying) void copy(copying)
})

// A file that is chosen is put into its field, so that it is sent like what is typed.
document.addEventListener('change', (event) => {
  const picker = event.target
  if (!(picker instanceof HTMLInputElement) || picker.dataset.fills === undefined) return
  const field = document.getElementById(picker.dataset.fills)
  const file = picker.files?.[0]
  if (!file || !(field instanceof HTMLTextAreaElement)) return
  void file.text().then((text) => {
    field.value = text
  })
})

const typing = (event: Event) => closest(event, 'input, textarea, select, [contenteditable="true"]') !== null

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return
  const search = document.querySelector<HTMLInputElement>('[data-slash]')
  if (!search?.checkVisibility()) return
  event.preventDefault()
  search.focus()
})
