import type { SandboxRole } from '../directory.ts'
import { NamedTable } from './named-table.tsx'
import { Pager, pageOf } from './pager.tsx'

interface RolesCardProps {
  roles: readonly SandboxRole[]
  address: string
  page: number
}

/** The role definitions of a directory, fifty at a time. */
export function RolesCard({ roles, address, page }: RolesCardProps) {
  const { current, from, pages, to } = pageOf(page, roles.length)
  const things = roles.slice(from, to).map((role) => ({
    address: `${address}/${role.id}`,
    name: role.displayName,
    about: `${role.isBuiltIn ? 'built-in' : 'custom'}${role.isEnabled ? '' : ', disabled'}`,
  }))
  return (
    <section class="card" aria-labelledby="roles">
      <h2 id="roles">Role definitions</h2>
      <form method="post" action={address} class="row">
        <label>
          New role <input name="displayName" required />
        </label>
        <button type="submit">Add role</button>
      </form>
      <NamedTable things={things} about="Kind" />
      <Pager
        current={current}
        pages={pages}
        parameter="page"
        anchor="roles"
        more={`, ${roles.length} roles`}
      />
    </section>
  )
}
