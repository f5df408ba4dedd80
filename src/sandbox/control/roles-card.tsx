import type { SandboxRole } from '../directory.ts'

const PER_PAGE = 50

interface RolesCardProps {
  roles: readonly SandboxRole[]
  address: string
  page: number
}

/** The role definitions of a directory, fifty at a time. */
export function RolesCard({ roles, address, page }: RolesCardProps) {
  const pages = Math.max(1, Math.ceil(roles.length / PER_PAGE))
  const current = Math.min(Math.max(page, 1), pages)
  return (
    <section class="card" aria-labelledby="roles">
      <h2 id="roles">Role definitions</h2>
      <form method="post" action={address} class="row">
        <label>
          New role <input name="displayName" required />
        </label>
        <button type="submit">Add role</button>
      </form>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Kind</th>
              <th>Actions</th>
            </tr>
          </thead>
          <tbody>
            {roles.slice((current - 1) * PER_PAGE, current * PER_PAGE).map((role) => (
              <Role role={role} address={`${address}/${role.id}`} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager current={current} pages={pages} count={roles.length} />
    </section>
  )
}

function Role({ role, address }: { role: SandboxRole; address: string }) {
  return (
    <tr>
      <td>
        <form method="post" action={address} class="row">
          <input
            name="displayName"
            value={role.displayName}
            required
            aria-label={`Name of ${role.displayName}`}
          />
          <button type="submit" class="plain" aria-label={`Rename ${role.displayName}`}>
            Rename
          </button>
        </form>
      </td>
      <td>
        {role.isBuiltIn ? 'built-in' : 'custom'}
        {role.isEnabled ? '' : ', disabled'}
      </td>
      <td>
        <form method="post" action={`${address}/delete`}>
          <button type="submit" class="danger" aria-label={`Delete ${role.displayName}`}>
            Delete
          </button>
        </form>
      </td>
    </tr>
  )
}

function Pager({ current, pages, count }: { current: number; pages: number; count: number }) {
  return (
    <p class="row">
      {current > 1 ? <a href={`?page=${current - 1}#roles`}>Earlier</a> : null}
      <span>
        Page {current} of {pages}, {count} roles
      </span>
      {current < pages ? <a href={`?page=${current + 1}#roles`}>Later</a> : null}
    </p>
  )
}
