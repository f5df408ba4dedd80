import type { Child } from 'hono/jsx'

/** Something with a name that can be renamed and deleted. */
export interface Named {
  readonly address: string
  readonly name: string
  readonly about: Child
  /** It cannot be deleted. */
  readonly isFixed?: boolean
}

interface NamedTableProps {
  readonly things: readonly Named[]
  /** What the middle column is about. */
  readonly about: string
  /** Deleting may leave something to restore, or not. */
  readonly canGoForGood?: boolean
}

/** Names in fields of their own, each with what can be done to it. */
export function NamedTable({ about, canGoForGood = false, things }: NamedTableProps) {
  return (
    <table class="named stacked">
      <thead>
        <tr>
          <th>Name</th>
          <th>{about}</th>
          <th>Actions</th>
        </tr>
      </thead>
      <tbody>
        {things.map((thing) => (
          <tr>
            <td>
              <NameForm {...thing} />
            </td>
            <td>{thing.about}</td>
            <td>{thing.isFixed ? null : <DeleteForm {...thing} canGoForGood={canGoForGood} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const NameForm = ({ address, name }: Named) => (
  <form method="post" action={address} class="row">
    <input name="displayName" value={name} required maxlength={256} aria-label={`Name of ${name}`} />
    <button type="submit" class="plain" aria-label={`Rename ${name}`}>
      Rename
    </button>
  </form>
)

const DeleteForm = ({ address, canGoForGood, name }: Named & { canGoForGood: boolean }) => (
  <form method="post" action={`${address}/delete`} class="row">
    <button type="submit" class="danger" aria-label={`Delete ${name}`}>
      Delete
    </button>
    {canGoForGood ? (
      <button type="submit" class="danger" name="forGood" value="yes" aria-label={`Delete ${name} for good`}>
        For good
      </button>
    ) : null}
  </form>
)
