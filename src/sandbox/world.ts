import { type Clock, systemClock } from '../kernel/index.ts'
import type { CentralApp, LiveDirectory, SandboxApp, SandboxDirectory } from './directory.ts'
import { newGroups } from './groups.ts'
import { newIntune } from './intune/intune.ts'
import { makeRoles } from './made-up-roles.ts'
import { peopleOf } from './people.ts'
import { newTraffic } from './traffic.ts'

/** Every directory of the running sandbox. What is changed here is what Microsoft answers from then on. */
export interface SandboxWorld {
  readonly directories: readonly LiveDirectory[]
  readonly centralApps: readonly CentralApp[]
  /** The directory with this id or domain, in any letter case. */
  find(idOrDomain: string): LiveDirectory | null
  /** The same, for callers who know that it exists; throws otherwise. */
  directory(idOrDomain: string): LiveDirectory
  /** An application of a directory; throws when there is none. */
  app(idOrDomain: string, clientId: string): SandboxApp
  /** Adds a directory; null when there is one with this id or domain already. */
  add(given: SandboxDirectory): LiveDirectory | null
  /** Makes everything as it was at the start. */
  reset(): void
}

/** A world of its own: the given directories are copied, and what is in them made up. */
export function createWorld(
  given: readonly SandboxDirectory[],
  centralApps: readonly CentralApp[] = [],
  clock: Clock = systemClock,
): SandboxWorld {
  const directories: LiveDirectory[] = []
  const reset = () =>
    void directories.splice(0, directories.length, ...given.map((one) => liveDirectory(one, clock)))
  const find = (idOrDomain: string) =>
    directories.find(({ id, domain }) => [id, domain].some((name) => sameName(name, idOrDomain))) ?? null
  const directory = (idOrDomain: string) => present(find(idOrDomain), `directory ${idOrDomain}`)
  const app = (idOrDomain: string, clientId: string) =>
    present(findApp(directory(idOrDomain), clientId), `application ${clientId}`)
  const add = (given: SandboxDirectory) => {
    if (find(given.id) || find(given.domain)) return null
    const added = liveDirectory(given, clock)
    directories.push(added)
    return added
  }
  reset()
  return { directories, centralApps, find, directory, app, add, reset }
}

/** The application as this directory knows it, installed or not. */
export const findApp = (directory: LiveDirectory, clientId: string): SandboxApp | null =>
  directory.apps.find((app) => sameName(app.clientId, clientId)) ?? null

const liveDirectory = (given: SandboxDirectory, clock: Clock): LiveDirectory => ({
  ...structuredClone(given),
  people: peopleOf(given.id, given.domain),
  roleDefinitions: makeRoles(given.id, given.roleDefinitions),
  groups: newGroups(given.groups),
  intune: newIntune(given, clock),
  graphRequests: 0,
  traffic: newTraffic(),
})

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function present<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`The sandbox has no ${what}.`)
  return value
}
