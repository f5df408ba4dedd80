import type { Child } from 'hono/jsx'

interface LiveProps {
  id: string
  /** Where the fresh state of this very element comes from; nothing is asked without it. */
  href?: string | undefined
  seconds?: number
  /** Nothing moves here now: asked again only when something changes, or was sent from the page, such as a start. */
  rests?: boolean
  children: Child
}

/**
 * A part of a page that keeps itself fresh. The answer is this element again; once it comes without an address,
 * asking ends. Problems are not shown in its place: the next try may succeed. The answer to a start stays.
 */
export const Live = ({ id, href, seconds = 2, rests = false, children }: LiveProps) => (
  <div id={id} {...polling(href, seconds, rests)}>
    {children}
  </div>
)

/**
 * The attributes of an element that asks for itself again: when the page is told that something in it has changed, or
 * has sent something itself, and in intervals where it is not told.
 */
export const polling = (href: string | undefined, seconds: number, rests = false) =>
  href === undefined
    ? {}
    : {
        'hx-get': href,
        'hx-trigger': `${rests ? '' : `every ${seconds}s, `}sent from:body, changes`,
        'data-live': watchedAt(href),
        'hx-swap': 'outerMorph',
        'hx-status:4xx': 'swap:none',
        'hx-status:5xx': 'swap:none',
      }

/** What an element of this address shows: one operation, one tenant, or anything of the workspace. */
function watchedAt(href: string): string {
  const [, operation, tenant] = /^\/admin\/(?:operations\/(\d+)|t\/([\da-f-]+))/.exec(href) ?? []
  if (operation) return `operation ${operation}`
  return tenant ? `tenant ${tenant}` : ''
}

interface AlsoProps {
  /** Which elements of the page, as a selector. */
  into: string
  how?: 'innerHTML' | 'outerHTML' | 'outerMorph' | 'beforeend'
  children: Child
}

/** A further place that an answer changes beside its own, such as a count. */
export const Also = ({ into, how = 'innerHTML', children }: AlsoProps) => (
  <hx-partial hx-target={into} hx-swap={how}>
    {children}
  </hx-partial>
)
