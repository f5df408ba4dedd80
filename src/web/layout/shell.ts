import type { Language } from '../../kernel/index.ts'
import type { ProgressState, StateName } from '../components/index.ts'
import type { Assets, IconName } from '../look/index.ts'

/** Every word of the frame, in the reader's language. */
export interface ShellWords {
  /** "Skip to content" */
  skip: string
  /** Names the sidebar. */
  workspace: string
  changeWorkspace: string
  findTenant: string
  mainNavigation: string
  whereYouAre: string
  back: string
  more: string
  close: string
  notifications: string
  /** "2 unread" */
  unread: (count: number) => string
  signOut: string
  /** Names the strip of work under way. */
  workingNow: string
  /** "+2 more" */
  moreAtWork: (count: number) => string
}

export interface NavEntry {
  href: string
  icon: IconName
  label: string
  /** "12", "3 active" */
  count?: string
  /** What is counted is at work: the count is renewed with the strip of what is at work. */
  moves?: boolean
  /** Has a place in a phone's dock; at most three do, and the rest is behind "More". */
  docked?: boolean
}

/** Entries under an optional heading. */
export interface NavGroup {
  heading?: string
  entries: readonly NavEntry[]
}

/** One piece of work in the strip. */
export interface ActivityItem {
  href: string
  state: Extract<StateName, 'queued' | 'running' | 'waiting' | 'stopping' | 'likely_stale'>
  /** The state's word, for those who do not see the glyph. */
  stateWord: string
  /** "Sync groups" */
  operation: string
  tenant: string
  /** "until 14:32:10 UTC", of one that waits; the state's word where everybody has to read it. */
  note?: string
  /** Only a measured one is drawn. */
  progress?: Extract<ProgressState, { kind: 'known' }>
}

export interface ActivityState {
  /** At most three are shown. */
  items: readonly ActivityItem[]
  /** How many are at work beyond those shown. */
  beyond: number
  /** The list of all operations under way. */
  allHref: string
  /** Where the strip's fresh state comes from. */
  pollHref: string
}

/** What the frame needs, whatever the page. */
export interface Shell {
  language: Language
  assets: Assets
  theme?: 'pilot-light' | 'pilot-dark'
  words: ShellWords
  /** Without an address there is nothing to change to. */
  workspace: { name: string; href?: string }
  /** Where the search form leads; its field is called `q`. */
  findTenantHref: string
  navigation: readonly NavGroup[]
  user: { name: string; role: string; href?: string; signOutHref: string }
  notifications: { href: string; unread: number }
  activity?: ActivityState
}
