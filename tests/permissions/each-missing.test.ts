import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { type Runners, workOn } from '../../src/engine/worker/index.ts'
import { checkConnection, reportOfRun } from '../../src/features/connections/index.ts'
import { revokePermission, setGranted } from '../../src/sandbox/change-world.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { intuneOf } from '../../src/sandbox/intune/sizes.ts'
import { type Sandboxed, startSandboxed } from '../world/sandboxed.ts'
import { workerOf } from '../world/workers.ts'
import { openWorld, type SeededTenant, type World } from '../world/world.ts'

const CHECK = 'provider.connection.check'
const CONFIGURATION = 'DeviceManagementConfiguration.Read.All'

/** What an operation reads with: nothing goes without the one, a part is left out without the other. */
interface Needs {
  readonly whole: readonly string[]
  readonly part: readonly string[]
}

/** As the product's documentation tells administrators, written down here once more. */
const READS: Partial<Record<OperationCode, Needs>> = {
  'directory.role_definitions.sync': { whole: ['RoleManagement.Read.Directory'], part: [] },
  'directory.groups.sync': { whole: ['Group.Read.All'], part: [] },
  'inventory.sync': {
    whole: [CONFIGURATION],
    part: ['DeviceManagementScripts.Read.All', 'DeviceManagementApps.Read.All', 'Policy.Read.All'],
  },
}
const OPERATIONS = Object.keys(READS) as OperationCode[]

const EVERY_PERMISSION = [
  'Organization.Read.All',
  'Group.Read.All',
  'RoleManagement.Read.Directory',
  CONFIGURATION,
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementApps.Read.All',
  'DeviceManagementScripts.Read.All',
  'Policy.Read.All',
]

const TABLE = OPERATIONS.flatMap((operation) =>
  EVERY_PERMISSION.map((permission) => {
    const isWhole = READS[operation]?.whole.includes(permission)
    const isPart = READS[operation]?.part.includes(permission)
    return { operation, permission, effect: isWhole ? 'whole' : isPart ? 'part' : 'none' } as const
  }),
)

let world: World
let sandboxed: Sandboxed
let owner: PersonalActor
let workspaceId: number
let runners: Runners
beforeAll(async () => {
  world = await openWorld('postgres')
  sandboxed = await startSandboxed(EVERY_PERMISSION.length + TABLE.length, {
    groups: 5,
    intune: intuneOf(8, 4),
  })
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
  runners = new Map([...sandboxed.runners, [CHECK, checkConnection(sandboxed.providers, OPERATIONS)]])
})
afterAll(async () => {
  await sandboxed?.stop()
  await world?.close()
})

interface Connected {
  readonly tenant: SeededTenant
  readonly directory: LiveDirectory
}

/** A tenant whose administrator granted all but these, and that was checked. */
async function tenantWithout(...missing: readonly string[]): Promise<Connected & { check: RunRow }> {
  const tenant = await sandboxed.connect(world, owner, workspaceId)
  const proof = { kind: 'client_secret', value: tenant.secret, expiresAt: null } as const
  await sandboxed.store(world, owner, tenant.connectionId, proof)
  const directory = sandboxed.sandbox.world.directory(tenant.directoryId)
  directory.faults.conditionalAccessSeconds = 0
  const [app] = directory.apps
  if (!app) throw new Error('The directory has no app.')
  setGranted(
    app,
    EVERY_PERMISSION.filter((permission) => !missing.includes(permission)),
  )
  return { tenant, directory, check: await ended(tenant, CHECK) }
}

type RunRow = Awaited<ReturnType<typeof ended>>

async function ended(tenant: SeededTenant, operation: OperationCode) {
  const outcome = await asked(tenant, operation)
  expect(outcome).toMatchObject({ kind: 'accepted' })
  const worker = workerOf(world, () => expect.fail('Its own runner was not asked.'), { runners })
  await workOn(worker, outcome.run.id)
  expect(worker.reported).toEqual([])
  return world.database.db
    .selectFrom('operation_runs')
    .select(['id', 'tenant_id', 'outcome', 'reason'])
    .where('id', '=', outcome.run.id)
    .executeTakeFirstOrThrow()
}

async function asked(tenant: SeededTenant, operation: OperationCode) {
  const answer = await world.start(owner, tenant, operation)
  if (answer.kind !== 'decided') throw new Error(answer.kind)
  return answer.outcome
}

async function permissionsFailedIn({ id, tenant_id }: RunRow) {
  const report = await reportOfRun(world.database.db, tenant_id, id)
  return report?.checks.filter(({ status, subject }) => subject === 'permission' && status === 'failed')
}

const lacks = (permission: string) => ({ code: 'provider_permission_missing', permissions: [permission] })

describe.each(EVERY_PERMISSION)('without %s', (permission) => {
  test('a check gets in, and every start is answered by what the check saw', async () => {
    const { check, tenant } = await tenantWithout(permission)
    const rows = TABLE.filter((row) => row.permission === permission)
    const effects = new Set<string>(rows.map(({ effect }) => effect))
    const isWhole = effects.has('whole')
    expect(check).toMatchObject({ outcome: 'succeeded', reason: isWhole ? lacks(permission) : null })
    const line = { permission, status: 'failed', severity: isWhole ? 'attention' : 'information' }
    expect(await permissionsFailedIn(check)).toEqual(
      isWhole || effects.has('part') ? [expect.objectContaining(line)] : [],
    )

    for (const { effect, operation } of rows)
      if (effect === 'whole')
        expect(await asked(tenant, operation), operation).toMatchObject({
          kind: 'blocked',
          reason: lacks(permission),
        })
      else
        expect(await ended(tenant, operation), operation).toMatchObject(
          effect === 'none'
            ? { outcome: 'succeeded', reason: null }
            : { outcome: 'partially_succeeded', reason: lacks(permission) },
        )
  })
})

describe.each(TABLE)(
  '$operation while $permission is taken away after the check',
  ({ effect, operation, permission }) => {
    const told = {
      none: 'is not affected',
      part: 'leaves a part out',
      whole: 'fails, and is blocked from then on',
    }[effect]

    test(told, async () => {
      const { directory, tenant } = await tenantWithout()
      revokePermission(directory, permission)

      const run = await ended(tenant, operation)

      const outcome = { none: 'succeeded', part: 'partially_succeeded', whole: 'failed' }[effect]
      expect(run).toMatchObject({ outcome, reason: effect === 'none' ? null : lacks(permission) })
      if (effect === 'whole')
        expect(await asked(tenant, operation)).toMatchObject({ kind: 'blocked', reason: lacks(permission) })
    })
  },
)
