import { legible } from '../../../kernel/index.ts'
import { Part } from '../../../web/components/index.ts'
import type { TenantList } from '../../tenant-lists/index.ts'
import { isReadAnew } from '../sync-state.sql.ts'
import { findGroups, type ListedGroup } from './find-groups.sql.ts'
import { countGroups, GROUP_SHOWS, type GroupShow, groupById, type SeenGroup } from './groups.sql.ts'
import { type GroupWords, groupWords } from './groups.words.ts'

/** The groups of a tenant's directory, and the sync that reads what has changed of them. */
export const GROUPS: TenantList<GroupShow, GroupWords, ListedGroup, SeenGroup> = {
  tab: 'groups',
  surface: 'groups',
  operation: 'directory.groups.sync',
  view: 'tenant.directory.view',
  path: 'directory/groups',
  plural: 'groups',
  shows: GROUP_SHOWS,
  words: groupWords,
  below: ({ description, mail }) => mail ?? description,
  columns: [
    { label: ({ columns }) => columns.kind, cell: ({ kind }, { kinds }) => kinds[kind] },
    { label: ({ columns }) => columns.membership, cell: membershipOf },
  ],
  facts: (group, words) => [
    { label: words.columns.kind, value: words.kinds[group.kind] },
    { label: words.columns.membership, value: membershipOf(group, words) },
    ...(group.mail
      ? [{ label: words.mail, value: <span class="break-all">{legible(group.mail)}</span> }]
      : []),
  ],
  moreFacts: () => [],
  goneHow: ({ gone_how }, words) =>
    gone_how === null ? null : (words.goneHow[gone_how as keyof typeof words.goneHow] ?? null),
  parts: ({ membership_rule }, words) =>
    membership_rule !== null && (
      <Part id="rule" title={words.rule} lead={words.ruleLead}>
        <pre class="mono overflow-x-auto text-ui" tabindex={0}>
          {legible(membership_rule)}
        </pre>
      </Part>
    ),
  json: ({ gone_how, kind, mail, membership_rule }) => ({
    mail,
    kind,
    membershipRule: membership_rule,
    goneHow: gone_how,
  }),
  find: findGroups,
  count: countGroups,
  remark: async (db, tenantId, { isReading, reader }) => {
    const { anew } = groupWords(reader.language)
    if (!(await isReadAnew(db, tenantId, 'all_groups_v1'))) return null
    return isReading ? anew.going_on : anew.stopped
  },
  one: groupById,
}

function membershipOf({ membership_rule }: ListedGroup | SeenGroup, words: GroupWords): string {
  return membership_rule === null ? words.assigned : words.dynamic
}
