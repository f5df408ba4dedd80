/** A process of its own that plays Microsoft 365 with directories of the sizes it is told. */
import { randomUUID } from 'node:crypto'
import { renameGroup } from '../../src/sandbox/groups.ts'
import { contoso, intuneOf, startSandbox } from '../../src/sandbox/index.ts'
import { countsOf, policyCount } from '../../src/sandbox/intune/intune.ts'
import { groupIdOf } from '../../src/sandbox/made-up-groups.ts'

/** A directory as somebody who signs in to it knows it. */
export interface BenchDirectory {
  readonly id: string
  readonly clientId: string
  readonly secret: string
  readonly groups: number
  readonly devices: number
  readonly policies: number
}

/** How many of what a directory has. */
export type Size = Readonly<Partial<Record<'groups' | 'devices' | 'policies', number>>>

export type ToSandbox =
  | { readonly kind: 'start'; readonly sizes: readonly Size[] }
  /** Renames so many groups, spread over the whole directory. */
  | { readonly kind: 'change'; readonly directory: string; readonly changes: number }
  | { readonly kind: 'requests'; readonly directory: string }

let world: Awaited<ReturnType<typeof startSandbox>>['world']

process.on('message', async (told: ToSandbox) => process.send?.(await answer(told)))

async function answer(told: ToSandbox): Promise<unknown> {
  if (told.kind === 'start') return started(told.sizes)
  const directory = world.directory(told.directory)
  if (told.kind === 'requests') return directory.graphRequests
  const apart = Math.floor(directory.groups.count / told.changes)
  for (let change = 0; change < told.changes; change++)
    renameGroup(directory, groupIdOf(directory.id, change * apart), `Renamed ${randomUUID()}`)
  return told.changes
}

const READS = [
  'Group.Read.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementScripts.Read.All',
  'DeviceManagementApps.Read.All',
  'Policy.Read.All',
]

/** How many policies and devices a directory has. */
function there({ world: { directory } }: Awaited<ReturnType<typeof startSandbox>>, id: string) {
  const { intune } = directory(id)
  return { ...countsOf(intune), policies: policyCount(intune) }
}

async function started(sizes: readonly Size[]): Promise<{ url: string; directories: BenchDirectory[] }> {
  const [app] = contoso().apps
  if (!app) throw new Error('The directory has no app.')
  const directories = sizes.map(({ devices = 0, groups = 0, policies = 0 }, index) =>
    contoso({
      id: randomUUID(),
      domain: `directory${index}.example`,
      groups,
      intune: intuneOf(policies, devices),
      faults: { conditionalAccessSeconds: 0 },
      apps: [{ ...app, granted: [...app.granted, ...READS] }],
    }),
  )
  const sandbox = await startSandbox({ port: 0, directories, tokenLifetimeSeconds: 86_400 })
  world = sandbox.world
  const secret = app.secrets[0]?.value ?? ''
  return {
    url: sandbox.url,
    directories: directories.map(({ groups, id }, index) => {
      const { managedDevices: devices, policies } = there(sandbox, id)
      return { id, clientId: app.clientId, secret, groups: sizes[index]?.groups ?? groups, devices, policies }
    }),
  }
}
