import { groupsBetween, type WithGroups } from '../groups.ts'
import { GROUP_KINDS, groupIdOf } from '../made-up-groups.ts'
import { NamedTable } from './named-table.tsx'
import { Pager, pageOf } from './pager.tsx'

/** How many soft-deleted groups are offered to restore. */
const RESTORABLE = 50

interface GroupsCardProps {
  directory: WithGroups
  address: string
  page: number
}

/** The groups of a directory, fifty at a time, and the soft-deleted ones that can be restored. */
export function GroupsCard({ directory, address, page }: GroupsCardProps) {
  const { changes, count } = directory.groups
  const { current, from, pages, to } = pageOf(page, count)
  const restorable = [...changes].filter(([, { state }]) => state === 'soft_deleted').slice(-RESTORABLE)
  const things = groupsBetween(directory, from, to).map(({ displayName, id, mail }) => ({
    address: `${address}/${id}`,
    name: displayName ?? '',
    about: mail,
  }))
  return (
    <section class="card" aria-labelledby="groups">
      <h2 id="groups">Groups</h2>
      <form method="post" action={address} class="row">
        <label>
          New group <input name="displayName" required maxlength={256} />
        </label>
        <label>
          Kind{' '}
          <select name="kind">
            {GROUP_KINDS.map((kind) => (
              <option value={kind}>{kind}</option>
            ))}
          </select>
        </label>
        <button type="submit">Add group</button>
      </form>
      <NamedTable things={things} about="Mail" canGoForGood />
      <Pager current={current} pages={pages} parameter="groups" anchor="groups" />
      {restorable.map(([index, { set }]) => (
        <form method="post" action={`${address}/${groupIdOf(directory.id, index)}/restore`} class="row">
          <span>Soft deleted: {set.displayName ?? <code>{groupIdOf(directory.id, index)}</code>}</span>
          <button type="submit" class="plain">
            Restore
          </button>
        </form>
      ))}
    </section>
  )
}
