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
  /** What is asked for before a start, although only a part is left out where it is lost after that. */
  readonly partOnceStarted?: readonly string[]
}

/** As the product's documentation tells administrators, written down here once more. */
const READS: Partial<Record<OperationCode, Needs>> = {
  'directory.role_definitions.sync': { whole: ['RoleManagement.Read.Directory'], part: [] },
  'directory.groups.sync': { whole: ['Group.Read.All'], part: [] },
  'inventory.sync': {
    whole: [CONFIGURATION],
    part: ['DeviceManagementScripts.Read.All', 'DeviceManagementApps.Read.All', 'Policy.Read.All'],
  },
  'compliance.snapshot': {
    whole: [CONFIGURATION, 'DeviceManagementManagedDevices.Read.All'],
    part: [],
    partOnceStarted: [CONFIGURATION],
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

type Effect = 'whole' | 'part' | 'none'

function effectOf(needs: Needs | undefined, permission: string): Effect {
  if (needs?.whole.includes(permission)) return 'whole'
  return needs?.part.includes(permission) ? 'part' : 'none'
}

const TABLE = OPERATIONS.flatMap((operation) =>
  EVERY_PERMISSION.map((permission) => {
    return { operation, permission, effect: effectOf(READS[operation], permission) }
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

/** What a start comes to when a permission is known to be missing. */
async function expectAnswer(tenant: SeededTenant, { effect, operation, permission }: (typeof TABLE)[number]) {
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
}

describe.each(EVERY_PERMISSION)('without %s', (permission) => {
  test('a check gets in, and every start is answered by what the check saw', async () => {
    const { check, tenant } = await tenantWithout(permission)
    const rows = TABLE.filter((row) => row.permission === permission)
    const isWhole = rows.some(({ effect }) => effect === 'whole')
    expect(check).toMatchObject({ outcome: 'succeeded', reason: isWhole ? lacks(permission) : null })
    const line = { permission, status: 'failed', severity: isWhole ? 'attention' : 'information' }
    expect(await permissionsFailedIn(check)).toEqual(
      rows.some(({ effect }) => effect !== 'none') ? [expect.objectContaining(line)] : [],
    )
    for (const row of rows) await expectAnswer(tenant, row)
  })
})

const lossOf = ({ effect, operation, permission }: (typeof TABLE)[number]): Effect =>
  READS[operation]?.partOnceStarted?.includes(permission) ? 'part' : effect

const ONCE_STARTED = TABLE.map((row) => ({
  ...row,
  loses: lossOf(row),
}))

const OUTCOME = { none: 'succeeded', part: 'partially_succeeded', whole: 'failed' } as const

describe.each(ONCE_STARTED)(
  '$operation while $permission is taken away after the check',
  ({ effect, loses, operation, permission }) => {
    const told = { none: 'is not affected', part: 'leaves a part out', whole: 'fails' }[loses]

    test(`${told}${effect === 'whole' ? ', and is blocked from then on' : ''}`, async () => {
      const { directory, tenant } = await tenantWithout()
      revokePermission(directory, permission)

      const run = await ended(tenant, operation)

      const reason = loses === 'none' ? null : lacks(permission)
      expect(run).toMatchObject({ outcome: OUTCOME[loses], reason })
      if (effect === 'whole')
        expect(await asked(tenant, operation)).toMatchObject({ kind: 'blocked', reason: lacks(permission) })
    })
  },
)
