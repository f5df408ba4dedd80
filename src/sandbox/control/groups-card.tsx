import type { Group } from '@microsoft/microsoft-graph-types'
import { groupsBetween, type WithGroups } from '../groups.ts'
import { GROUP_KINDS, groupIdOf } from '../made-up-groups.ts'

const PER_PAGE = 50

interface GroupsCardProps {
  directory: WithGroups
  address: string
  page: number
}

/** The groups of a directory, fifty at a time, and the soft-deleted ones that can be restored. */
export function GroupsCard({ directory, address, page }: GroupsCardProps) {
  const { changes, count } = directory.groups
  const pages = Math.max(1, Math.ceil(count / PER_PAGE))
  const current = Math.min(Math.max(page, 1), pages)
  const restorable = [...changes].filter(([, { state }]) => state === 'soft_deleted').slice(-PER_PAGE)
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
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Mail</th>
              <th>Actions</th>
            </tr>
          </thead>
          <tbody>
            {groupsBetween(directory, (current - 1) * PER_PAGE, current * PER_PAGE).map((group) => (
              <GroupRow group={group} address={`${address}/${group.id}`} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="row">
        {current > 1 ? <a href={`?groups=${current - 1}#groups`}>Earlier</a> : null}
        <span>
          Page {current} of {pages}
        </span>
        {current < pages ? <a href={`?groups=${current + 1}#groups`}>Later</a> : null}
      </p>
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

const GroupRow = ({ group, address }: { group: Group; address: string }) => (
  <tr>
    <td>
      <form method="post" action={address} class="row">
        <input
          name="displayName"
          value={group.displayName ?? ''}
          required
          aria-label={`Name of ${group.displayName}`}
        />
        <button type="submit" class="plain" aria-label={`Rename ${group.displayName}`}>
          Save name
        </button>
      </form>
    </td>
    <td>{group.mail}</td>
    <td>
      <form method="post" action={`${address}/delete`} class="row">
        <button type="submit" class="danger" aria-label={`Delete ${group.displayName}`}>
          Delete
        </button>
        <button
          type="submit"
          class="danger"
          name="forGood"
          value="yes"
          aria-label={`Delete ${group.displayName} for good`}
        >
          For good
        </button>
      </form>
    </td>
  </tr>
)
