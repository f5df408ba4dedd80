import type { Db } from '../../../database/index.ts'
import type { GroupKind } from '../../../graph/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import type { Counts } from '../../tenant-lists/index.ts'

const KINDS = ['microsoft_365', 'security', 'mail_enabled_security', 'distribution'] as const

/** Which of a tenant's groups a list shows; all but the last only while present. */
export const GROUP_SHOWS = ['present', ...KINDS, 'dynamic', 'gone'] as const
export type GroupShow = (typeof GROUP_SHOWS)[number]

/** Where a group stands: every filter is a union of these, and every order has an index that begins with them. */
export type Shelf = GroupKind | `${GroupKind}_dynamic` | 'gone'

/** The shelves that a filter leaves. */
export function shelvesOf(show: GroupShow): readonly Shelf[] {
  if (show === 'gone') return ['gone']
  const dynamic = KINDS.map((kind) => `${kind}_dynamic` as const)
  if (show === 'dynamic') return dynamic
  return show === 'present' ? [...KINDS, ...dynamic] : [show, `${show}_dynamic`]
}

/** How many groups each filter leaves, by what stands on the shelves. */
export const countsOf = (onShelf: Readonly<Partial<Record<Shelf, number>>>): Counts<GroupShow> =>
  Object.fromEntries(
    GROUP_SHOWS.map((show) => [show, shelvesOf(show).reduce((sum, shelf) => sum + (onShelf[shelf] ?? 0), 0)]),
  ) as Counts<GroupShow>

/** How many groups of a tenant each filter leaves; kept by the writes, so that nobody counts. */
export async function countGroups(db: Db, tenantId: TenantId): Promise<Counts<GroupShow>> {
  const rows = await db
    .selectFrom('directory_group_counts')
    .select(['shelf', 'groups'])
    .where('tenant_id', '=', tenantId)
    .execute()
  return countsOf(Object.fromEntries(rows.map(({ groups, shelf }) => [shelf, groups])))
}

/** One group of a tenant with the raw facts as Microsoft gave them. */
export const groupById = (db: Db, tenantId: TenantId, id: string) =>
  db
    .selectFrom('directory_groups')
    .select(['group_id as id', 'display_name', 'description', 'mail', 'membership_rule', 'gone_how', 'raw'])
    .select((e) => e.ref('kind').$castTo<GroupKind>().as('kind'))
    .select(['first_seen_at', 'last_seen_at', 'last_seen_run_id', 'changed_at', 'gone_since'])
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', id)
    .executeTakeFirst()

export type SeenGroup = NonNullable<Awaited<ReturnType<typeof groupById>>>
