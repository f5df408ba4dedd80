import type { LiveDirectory } from '../directory.ts'
import { Layout } from './layout.tsx'

/** The start page: every directory with what stands out about it. */
export function DirectoriesPage({ directories }: { directories: readonly LiveDirectory[] }) {
  return (
    <Layout title="Directories · Sandbox">
      <h1>Directories</h1>
      {directories.map((directory) => (
        <section class="card">
          <h2>
            <a href={`/directories/${directory.id}`}>{directory.displayName}</a>
          </h2>
          <p class="quiet">
            {directory.domain} · <code>{directory.id}</code>
          </p>
          <p>
            {directory.apps.filter((app) => app.installed).length} of {directory.apps.length} applications
            installed · {directory.roleDefinitions.length} role definitions · {directory.graphRequests} Graph
            requests answered
          </p>
          <Faults names={Object.keys(directory.faults)} />
        </section>
      ))}
      <p class="quiet">
        The same as JSON: <a href="/control/directories">/control/directories</a>
      </p>
    </Layout>
  )
}

function Faults({ names }: { names: readonly string[] }) {
  return names.length === 0 ? <p class="quiet">No faults.</p> : <p>Faults: {names.join(', ')}</p>
}
