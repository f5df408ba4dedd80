import type { OwnWorkspace } from '../access/index.ts'
import { roleMay, workspacesOf } from '../access/index.ts'
import { definitionOf } from '../engine/catalog/index.ts'
import { type ActiveRun, type FrameFacts, frameFacts } from './frame.sql.ts'
import type { ActivityItem, ActivityState, Shell } from './layout/index.ts'
import { themeOf } from './problems.tsx'
import type { Reader } from './reader.ts'
import { personOf } from './signed-in.ts'
import type { Request, Web } from './web.ts'
import { webWords } from './words.ts'

/** The frame of a page: navigation, workspace, person, bell and what is at work. */
export async function frameFor(web: Web, c: Request): Promise<Shell> {
  const { actor, workspace, workspaces } = await workplaceOf(web, c)
  const facts = await frameFacts(web.db, actor, workspace.id)
  const { reader } = c.var
  const words = webWords(reader.language)
  return {
    language: reader.language,
    assets: web.assets,
    ...themeOf(c),
    words: words.shell,
    workspace: { name: workspace.name, ...(workspaces.length > 1 && { href: '/admin/workspaces' }) },
    findTenantHref: '/admin/tenants',
    navigation: navigation(facts, reader, roleMay(workspace.role, 'workspace.onboarding.manage')),
    user: {
      name: actor.name,
      role: words.roles[workspace.role],
      href: '/admin/account',
      signOutHref: '/sign-out',
    },
    notifications: { href: '/admin/notifications', unread: facts.unread },
    activity: activityOf(facts, reader),
  }
}

/** The person, the workspaces they belong to, and the one that this request works in. */
export async function workplaceOf(web: Web, c: Request) {
  const { actor, workspaceId } = personOf(c)
  const workspaces = await workspacesOf(web.db, actor)
  const workspace = workspaces.find(({ id }) => id === workspaceId) ?? onlyOne(workspaces)
  if (!workspace) throw new NoWorkspaceChosen(workspaces.length)
  return { actor, workspace, workspaces }
}

/** The session has not chosen among several workspaces yet, or the person belongs to none. */
export class NoWorkspaceChosen extends Error {
  readonly choices: number
  constructor(choices: number) {
    super('No workspace is chosen')
    this.choices = choices
  }
}

const onlyOne = (workspaces: readonly OwnWorkspace[]) => (workspaces.length === 1 ? workspaces[0] : undefined)

/** The places of the product, with their counts. */
export function navigation(facts: FrameFacts, reader: Reader, mayOnboard: boolean): Shell['navigation'] {
  const { nav } = webWords(reader.language)
  const active = facts.active > 0 ? { count: nav.active(facts.active) } : {}
  return [
    {
      entries: [
        { href: '/admin', icon: 'overview', label: nav.overview },
        {
          href: '/admin/tenants',
          icon: 'tenants',
          label: nav.tenants,
          count: String(facts.tenants),
          docked: true,
        },
        {
          href: '/admin/operations',
          icon: 'operations',
          label: nav.operations,
          ...active,
          moves: true,
          docked: true,
        },
        { href: '/admin/provider-connections', icon: 'connections', label: nav.connections, docked: true },
        ...(mayOnboard
          ? [{ href: '/admin/onboarding', icon: 'onboarding' as const, label: nav.onboarding }]
          : []),
      ],
    },
    {
      heading: nav.workspace,
      entries: [
        { href: '/admin/notifications', icon: 'bell', label: nav.notifications },
        { href: '/admin/members', icon: 'members', label: nav.members },
        { href: '/admin/settings', icon: 'settings', label: nav.settings },
      ],
    },
  ]
}

/** What is at work, for the strip in the frame. */
export const activityOf = (facts: FrameFacts, reader: Reader): ActivityState => ({
  items: facts.shown.map((run) => activityItem(run, reader)),
  beyond: facts.active - facts.shown.length,
  allHref: '/admin/operations?show=active',
  pollHref: '/admin/activity',
})

function activityItem(run: ActiveRun, { language, moment }: Reader): ActivityItem {
  const { states, waitsUntil } = webWords(language)
  const state = activityState(run)
  const known = run.done !== null && run.total !== null
  return {
    href: `/admin/operations/${run.id}`,
    state,
    stateWord: states[state],
    operation: definitionOf(run.operation).words[language].title,
    tenant: run.tenant,
    ...(state === 'waiting' && run.waitsUntil && { note: waitsUntil(moment(new Date(run.waitsUntil))) }),
    ...(state === 'likely_stale' && { note: states.likely_stale }),
    ...(known && { progress: { kind: 'known' as const, done: run.done ?? 0, total: run.total ?? 0 } }),
  }
}

/** The state of a run at work; one that is silent for longer than its kind ever is needs somebody, and is called so. */
function activityState(
  run: Pick<ActiveRun, 'operation' | 'silentSeconds' | 'status' | 'stopping' | 'waitsUntil'>,
): ActivityItem['state'] {
  if (run.stopping) return 'stopping'
  if (run.waitsUntil) return 'waiting'
  const isSilent = (run.silentSeconds ?? 0) > definitionOf(run.operation).staleAfterSeconds
  return isSilent ? 'likely_stale' : run.status
}
