import type { LiveDirectory } from '../directory.ts'
import { groupCount } from '../groups.ts'
import { countsOf, policyCount } from '../intune/intune.ts'
import { Layout } from './layout.tsx'

/** The start page: every directory with what stands out about it. */
export function DirectoriesPage({
  directories,
  isRefused,
}: {
  directories: readonly LiveDirectory[]
  isRefused?: boolean
}) {
  return (
    <Layout title="Directories · Sandbox">
      <h1>Directories</h1>
      {directories.map((directory) => (
        <section class="card">
          <h2>
            <a href={`/directories/${directory.id}`}>{directory.displayName}</a>
          </h2>
          <p class="quiet">
            {directory.domain} · directory id <code>{directory.id}</code>
          </p>
          <p>
            {directory.apps.filter((app) => app.installed).length} of {directory.apps.length} applications
            installed · {directory.roleDefinitions.length} role definitions · {groupCount(directory)} groups ·{' '}
            {policyCount(directory.intune)} policies · {countsOf(directory.intune).managedDevices} devices ·{' '}
            {directory.graphRequests} Graph requests answered
          </p>
          <Faults names={Object.keys(directory.faults)} />
        </section>
      ))}
      <section class="card" aria-labelledby="add">
        <h2 id="add">Add a directory</h2>
        {isRefused ? (
          <p role="alert">
            Not added: give a name, a domain such as contoso.example and, if any, a GUID; id and domain must
            be new.
          </p>
        ) : null}
        <form method="post" action="/directories">
          <div class="fields">
            <label>
              Name
              <input name="displayName" required maxlength={120} />
            </label>
            <label>
              Domain
              <input name="domain" required maxlength={253} />
            </label>
            <label>
              Directory id (empty: a new one)
              <input name="id" maxlength={36} />
            </label>
          </div>
          <button type="submit">Add directory</button>
        </form>
        <p class="quiet">For a tenant that TenantPilot knows already, give that tenant’s directory id.</p>
      </section>
      <p class="quiet">
        The same as JSON: <a href="/control/directories">/control/directories</a>
      </p>
    </Layout>
  )
}

function Faults({ names }: { names: readonly string[] }) {
  return names.length === 0 ? <p class="quiet">No faults.</p> : <p>Faults: {names.join(', ')}</p>
}
