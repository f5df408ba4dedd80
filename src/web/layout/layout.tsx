import type { Child } from 'hono/jsx'
import { Also } from '../components/index.ts'
import { Icon } from '../look/index.ts'
import { Activity } from './activity.tsx'
import { Brand, Document, PRODUCT } from './document.tsx'
import type { NavEntry, NavGroup, Shell } from './shell.ts'

/** One step of where you are; the last one is the page itself and has no address. */
export interface Crumb {
  label: string
  href?: string
}

export interface PageProps {
  shell: Shell
  /** The document's title. */
  title: string
  crumbs: readonly Crumb[]
  /** The navigation entry this page belongs to, by its address. */
  at?: string
  children: Child
}

/** A page in its frame. */
export const Page = ({ shell, title, crumbs, at, children }: PageProps) => (
  <Document
    language={shell.language}
    assets={shell.assets}
    title={title}
    {...(shell.theme && { theme: shell.theme })}
  >
    <a class="skip" href="#main">
      {shell.words.skip}
    </a>
    <div class="shell">
      <Sidebar shell={shell} at={at} />
      <div class="sheet">
        <Bar shell={shell} crumbs={crumbs} />
        {shell.activity && <Activity activity={shell.activity} words={shell.words} />}
        <main id="main" class="page" tabindex={-1}>
          {children}
        </main>
      </div>
      <Dock shell={shell} at={at} />
    </div>
  </Document>
)

interface PartOfFrame {
  shell: Shell
  at: string | undefined
}

const Sidebar = ({ shell, at }: PartOfFrame) => (
  <aside class="side" aria-label={shell.words.workspace}>
    <Workspace shell={shell} />
    <FindTenant shell={shell} id="find-tenant" shortcut />
    <Navigation groups={shell.navigation} label={shell.words.mainNavigation} at={at} />
    <div class="mt-auto">
      <Person shell={shell} />
    </div>
  </aside>
)

const Workspace = ({ shell }: { shell: Shell }) => {
  const { name, href } = shell.workspace
  const face = (
    <>
      <Brand />
      <span>
        <span class="workspace-name">{name}</span>
        <span class="sub">{PRODUCT}</span>
      </span>
    </>
  )
  if (href === undefined) return <div class="workspace">{face}</div>
  return (
    <a class="workspace" href={href}>
      {face}
      <span class="ml-auto text-ink-3">
        <span class="sr-only">, {shell.words.changeWorkspace}</span>
        <Icon name="updown" size="small" />
      </span>
    </a>
  )
}

interface FindTenantProps {
  shell: Shell
  id: string
  shortcut?: boolean
}

const FindTenant = ({ shell, id, shortcut = false }: FindTenantProps) => (
  <search class="block mb-3">
    <form action={shell.findTenantHref} method="get">
      <label class="input is-soft w-full" for={id}>
        <Icon name="search" size="small" />
        <input
          id={id}
          type="search"
          name="q"
          placeholder={shell.words.findTenant}
          aria-label={shell.words.findTenant}
          {...(shortcut && { 'data-slash': '' })}
        />
        {shortcut && <kbd class="text-meta text-ink-3 font-mono">/</kbd>}
      </label>
    </form>
  </search>
)

interface NavigationProps {
  groups: readonly NavGroup[]
  label: string
  at: string | undefined
}

const Navigation = ({ groups, label, at }: NavigationProps) => (
  <nav aria-label={label} class="grid gap-0.5">
    {groups.map((group) => (
      <>
        {group.heading && <p class="nav-head">{group.heading}</p>}
        {group.entries.map((entry) => (
          <NavLink entry={entry} current={entry.href === at} />
        ))}
      </>
    ))}
  </nav>
)

const NavLink = ({ entry, current }: { entry: NavEntry; current: boolean }) => (
  <a class="nav-link" href={entry.href} aria-current={current ? 'page' : undefined}>
    <Icon name={entry.icon} />
    {entry.label}
    {(entry.count || entry.moves) && (
      <span class={entry.moves ? 'nav-count is-moving' : 'nav-count'}>{entry.count}</span>
    )}
  </a>
)

/** The counts that move, wherever the navigation stands; an answer renews them. */
export const MovingCount = ({ shell: { navigation } }: { shell: Pick<Shell, 'navigation'> }) => (
  <Also into=".nav-count.is-moving">
    {navigation.flatMap((group) => group.entries).find((entry) => entry.moves)?.count}
  </Also>
)

const Person = ({ shell }: { shell: Shell }) => {
  const { name, role, href, signOutHref } = shell.user
  const who = (
    <>
      {name}
      <span class="sub">{role}</span>
    </>
  )
  return (
    <div class="person">
      <span class="person-mark" aria-hidden="true">
        {initials(name)}
      </span>
      {href === undefined ? (
        <span class="person-name">{who}</span>
      ) : (
        <a class="person-name" href={href}>
          {who}
        </a>
      )}
      <form method="post" action={signOutHref}>
        <button type="submit" class="icon-btn" aria-label={shell.words.signOut} title={shell.words.signOut}>
          <Icon name="sign-out" />
        </button>
      </form>
    </div>
  )
}

/** Two letters that stand for a name. */
const initials = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return [words[0], last].map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

const Bar = ({ shell, crumbs }: { shell: Shell; crumbs: readonly Crumb[] }) => {
  const back = crumbs.findLast((crumb) => crumb.href !== undefined)
  return (
    <header class="bar">
      {back ? (
        <a
          href={back.href}
          class="icon-btn -ml-2 lg:hidden"
          aria-label={`${shell.words.back}: ${back.label}`}
        >
          <Icon name="left" size="dock" />
        </a>
      ) : (
        <span class="flex lg:hidden">
          <Brand />
        </span>
      )}
      <nav class="crumbs" aria-label={shell.words.whereYouAre}>
        {crumbs.map((crumb, place) => (
          <CrumbItem crumb={crumb} first={place === 0} />
        ))}
      </nav>
      <span class="ml-auto flex items-center gap-1">
        <a href={shell.findTenantHref} class="icon-btn lg:hidden" aria-label={shell.words.findTenant}>
          <Icon name="search" size="bar" />
        </a>
        <Bell shell={shell} />
      </span>
    </header>
  )
}

const CrumbItem = ({ crumb, first }: { crumb: Crumb; first: boolean }) => {
  const divider = !first && (
    <span class="max-lg:hidden" aria-hidden="true">
      /
    </span>
  )
  return (
    <>
      {divider}
      {crumb.href === undefined ? (
        <span aria-current="page">{crumb.label}</span>
      ) : (
        <a href={crumb.href} class="max-lg:hidden">
          {crumb.label}
        </a>
      )}
    </>
  )
}

/** The bell with the number of unread notifications; an answer may renew it by its id. */
export const Bell = ({ shell }: { shell: Pick<Shell, 'notifications' | 'words'> }) => {
  const { href, unread } = shell.notifications
  const name =
    unread > 0 ? `${shell.words.notifications}, ${shell.words.unread(unread)}` : shell.words.notifications
  return (
    <a href={href} class="icon-btn" id="bell" aria-label={name}>
      <Icon name="bell" size="bar" />
      {unread > 0 && <span class="unread">{unread > 99 ? '99+' : unread}</span>}
    </a>
  )
}

const DOCKED = 3

/** A phone's places; the rest opens from below, without a script. */
const Dock = ({ shell, at }: PartOfFrame) => {
  const docked = shell.navigation
    .flatMap((group) => group.entries)
    .filter((entry) => entry.docked)
    .slice(0, DOCKED)
  return (
    <>
      <nav class="dock" aria-label={shell.words.mainNavigation}>
        {docked.map((entry) => (
          <a href={entry.href} aria-current={entry.href === at ? 'page' : undefined}>
            <Icon name={entry.icon} size="dock" />
            <span class="dock-label">{entry.label}</span>
          </a>
        ))}
        <button type="button" popovertarget="more">
          <Icon name="menu" size="dock" />
          <span class="dock-label">{shell.words.more}</span>
        </button>
      </nav>
      <div class="more lg:!hidden" id="more" popover="auto" role="dialog" aria-label={shell.words.more}>
        <div class="more-close">
          <button
            type="button"
            class="icon-btn"
            popovertarget="more"
            popovertargetaction="hide"
            aria-label={shell.words.close}
          >
            <Icon name="close" />
          </button>
        </div>
        <Workspace shell={shell} />
        <FindTenant shell={shell} id="find-tenant-more" />
        <Navigation groups={shell.navigation} label={shell.words.more} at={at} />
        <div class="mt-2 border-t border-line pt-2">
          <Person shell={shell} />
        </div>
      </div>
    </>
  )
}
